import type { Day } from '../language/facts.ts'
import { own } from '../language/scope.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import type { ScaleId, ScoreId } from '../rule-set/scale.ts'
import type { Filling } from './filling.ts'
import { type Comparable, type ReliableChange, reliableChange } from './reliable-change.ts'
import { type ScaleResult, scoreScale } from './score-scale.ts'

export type ScoredFilling = {
  case: string | null
  on: Day | null
  result: ScaleResult
  /** The first filling of the case, which this one is compared with; null where this is the first. */
  since: Day | null
  /** For each score of which the publisher names the figure; empty where this is the first. */
  changes: Readonly<Record<ScoreId, ReliableChange>>
}

/**
 * Scores every filling, each case in the order of its days, and compares it with the first of its case.
 * @throws Error for a scale that the rule set does not have, and for answers that it would refuse
 */
export function scoreFillings(ruleSet: Pick<RuleSet, 'document'>, scale: ScaleId, fillings: readonly Filling[]): ScoredFilling[] {
  const cases = new Map<string | null, Filling[]>()
  for (const filling of fillings) cases.set(filling.case, [...(cases.get(filling.case) ?? []), filling])
  return [...cases].flatMap(([id, unordered]) => {
    const ofCase = unordered.sort((one, other) => ((one.on ?? '') < (other.on ?? '') ? -1 : 1))
    const results = ofCase.map(({ answers }) => resultOf(ruleSet, scale, answers))
    return ofCase.map(({ on }, index) => ({
      case: id,
      on,
      result: results[index]!,
      since: index === 0 ? null : (ofCase[0]?.on ?? null),
      changes: index === 0 ? {} : reliableChanges(ruleSet, results[0]!, results[index]!),
    }))
  })
}

/** The reliable change of every score of which the publisher names the figure. */
export function reliableChanges(
  ruleSet: Pick<RuleSet, 'document'>,
  before: Comparable,
  after: Comparable,
): Record<ScoreId, ReliableChange> {
  const scores = own(ruleSet.document.scales, after.scale)?.scores ?? {}
  const withFigure = Object.entries(scores).filter(([, { reliableChange: figure }]) => figure !== undefined)
  return Object.fromEntries(withFigure.map(([id]) => [id, reliableChange(ruleSet, id, before, after)]))
}

function resultOf(ruleSet: Pick<RuleSet, 'document'>, scale: ScaleId, answers: Filling['answers']): ScaleResult {
  const outcome = scoreScale(ruleSet, scale, answers)
  if (!outcome.ok) throw new Error(outcome.issues.map(({ message }) => message).join('; '))
  return outcome.result
}
