import type { Issue } from '../issue.ts'
import type { FactsOf } from './facts-of.ts'
import { load } from './load.ts'
import type { RuleSet } from './rule-set.ts'

/** A document that stands in a program does not load. `issues` says why, one for each fault. */
export class RuleSetRefused extends Error {
  override name = 'RuleSetRefused'
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super(issues.map(({ at, message, help }) => `${at || 'the root'}: ${message}${help === undefined ? '' : ` (${help})`}`).join('\n'))
    this.issues = issues
  }
}

/**
 * A rule set that stands in a program, as a literal or an imported JSON file. Its facts are typed: a misspelt one does not compile.
 * Documents that come from elsewhere are read with `load`.
 *
 * @param parents the documents it builds on, the nearest first
 * @throws RuleSetRefused when it does not load: whoever wrote the program has to mend it
 */
export function defineRuleSet<const Own extends object, const Parents extends readonly object[] = []>(
  document: Own,
  parents?: Parents,
): RuleSet<FactsOf<[Own, ...Parents]>> {
  const result = load<FactsOf<[Own, ...Parents]>>(
    JSON.stringify(document),
    (parents ?? []).map((parent) => JSON.stringify(parent)),
  )
  if (!result.ok) throw new RuleSetRefused(result.issues)
  return result.ruleSet
}
