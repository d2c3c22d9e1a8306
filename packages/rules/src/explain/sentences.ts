import type { Issue } from '../issue.ts'
import type { Outcomes } from '../kinds/index.ts'
import type { RuleTrace } from '../kinds/kind.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'

export function sentencesOf<Id extends KindId>(_ruleSet: RuleSet, _kind: Id, _decision: Outcomes[Id], _rules: RuleTrace[], _problems: Issue[]): string[] {
  return []
}
