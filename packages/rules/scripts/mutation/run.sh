#!/usr/bin/env bash
# Breaks the language and the kinds of rules in every small way and counts what the tests notice: scripts/mutation/run.sh [files, comma-separated].
# Stryker comes from the package registry when this is run and is no dependency: nobody else needs its hundred packages.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec npx -y -p @stryker-mutator/core@9.6.1 stryker run scripts/mutation/stryker.config.json ${1:+--mutate "$1"}
