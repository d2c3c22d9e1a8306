import { suggestion } from '../language/did-you-mean.ts'
import { own } from '../language/scope.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import type { ScoreId } from '../rule-set/scale.ts'
import { compare, fraction, minus } from './fraction.ts'
import type { ScaleResult } from './score-scale.ts'

/** `no-reliable-change`: less than the error of measurement, which says that nothing was shown, and not that nothing changed. */
export type ReliableChange = 'better' | 'worse' | 'no-reliable-change' | 'cannot-tell'

/** What two fillings are compared by. */
export type Comparable = Pick<ScaleResult, 'scale' | 'version' | 'scores'>

/**
 * Whether a score changed by more than the error of measurement, by the publisher's own figure.
 * `cannot-tell` while one of the two is unknown, where they were scored by another scale or version than this rule set's,
 * and where the scale names no figure. On a person's own account a change is never evidence of safety.
 * @throws Error where the scale has no score of that name
 */
export function reliableChange(ruleSet: Pick<RuleSet, 'document'>, score: ScoreId, before: Comparable, after: Comparable): ReliableChange {
  const scale = own(ruleSet.document.scales, before.scale)
  if (!scale || before.scale !== after.scale || before.version !== scale.version || after.version !== scale.version) return 'cannot-tell'
  const definition = own(scale.scores, score)
  if (!definition) {
    const { help } = suggestion(score, Object.keys(scale.scores))
    throw new Error(`the scale "${before.scale}" has no score "${score}"${help ? `: ${help}` : ''}`)
  }
  const [one, other] = [own(before.scores, score)?.value, own(after.scores, score)?.value]
  const { reliableChange: figure } = definition
  if (!one || !other || !figure) return 'cannot-tell'
  const change = minus(other, one)
  const atLeast = fraction(figure.atLeast, 1)
  const isHigher = compare(change, atLeast) >= 0
  const isLower = compare(minus(one, other), atLeast) >= 0
  if (!isHigher && !isLower) return 'no-reliable-change'
  return isHigher === (figure.better === 'higher') ? 'better' : 'worse'
}
