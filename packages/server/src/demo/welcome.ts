import type { Config } from '../config.ts'
import { dayIn, type Instant } from '../platform/clock.ts'

export type WelcomeParts = { config: Config; url: string; embedded: boolean; demo: boolean; development: boolean; now: Instant }

/** What a newcomer reads after `start`: what runs, what it is not for, what to click. */
export function welcome({ config, url, embedded, demo, development, now }: WelcomeParts): string {
  const lines = ['', `Plumbline listens on ${url}`, '']
  if (embedded)
    lines.push(
      `  database   embedded (PGlite), ${config.database.kind === 'pglite' && config.database.directory ? `in ${config.database.directory}` : 'in memory'}: for trying out, never for real people's data.`,
      '             It survives a killed process, not a power cut. Set DATABASE_URL for PostgreSQL.',
    )
  else lines.push('  database   PostgreSQL')
  if (demo)
    lines.push(
      `  demo       CDARS Phoenix and Step by Step with a year of invented cases and groups; the clock starts on its last day, ${dayIn(now)}:`,
      '             registers to write, removals and completions to confirm, concerns that are overdue.',
    )
  if (development) {
    lines.push('  sign-in    development only (no OIDC issuer is set): tokens for the demo’s people, from this machine only.', '')
    lines.push(`Open ${url}/graphql: every tab is a task that works, already signed in. Press ▶.`)
    lines.push(
      `From a terminal:`,
      `  curl -s ${url}/graphql -H "authorization: Bearer $(curl -s ${url}/development/token/intake-worker@step-by-step)" \\`,
      `    -H 'content-type: application/json' -d '{"query":"{ viewer { name roles } }"}'`,
    )
  }
  lines.push('', 'Stop with Ctrl-C.')
  return lines.join('\n')
}
