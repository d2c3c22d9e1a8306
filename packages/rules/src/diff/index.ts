import type { DocumentRef, RuleSet } from '../rule-set/rule-set.ts'
import { type Change, type ChangeClass, changeClasses } from './change.ts'
import { instrumentChanges } from './instrument.ts'
import { otherChanges } from './other.ts'
import { parameterChanges } from './parameters.ts'
import { scaleChanges } from './scales.ts'
import { conditionChanges, ruleChanges } from './rules.ts'

export type { Change, ChangeClass } from './change.ts'
export { changeClasses } from './change.ts'
export { rulesThatDecideOtherwise } from './deciding.ts'

export type Difference = {
  before: DocumentRef
  after: DocumentRef
  /** The gravest of the changes: `moves-down` first, `wording` last. Null when nothing differs. */
  class: ChangeClass | null
  /** The gravest first. */
  changes: Change[]
}

/**
 * What differs between two rule sets, in plain English, matched by id and with everything inherited folded in.
 * How a change is classified follows from how it is written, not from trying it: `simulate` shows whom it moves.
 */
export function diff(before: RuleSet, after: RuleSet): Difference {
  const [one, other] = [before.document, after.document]
  const changes = [
    ...parameterChanges(one, other),
    ...conditionChanges({ before, after }),
    ...ruleChanges({ before, after }),
    ...instrumentChanges(one, other),
    ...scaleChanges(one, other),
    ...otherChanges(before, after),
  ]
  const sorted = changeClasses.flatMap((each) => changes.filter((change) => change.class === each))
  return {
    before: { id: before.id, version: before.version },
    after: { id: after.id, version: after.version },
    class: sorted[0]?.class ?? null,
    changes: sorted,
  }
}
