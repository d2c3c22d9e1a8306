import type { Outcomes } from '../kinds/index.ts'
import { byNumber } from '../kinds/rule.ts'
import type { DecisionInput } from '../language/facts.ts'
import type { KindId } from '../rule-set/document.ts'
import { decide, type RuleSet } from '../rule-set/rule-set.ts'
import { alike, openRules } from './alike.ts'
import { couldEndElsewhere } from './band-reach.ts'
import { isSettled, type Move, paceOf, stepOf } from './move.ts'
import { type Standing, type StandingOf, standings } from './standing.ts'

/** One case under two rule sets. */
export type Judgement<Id extends KindId = KindId> = {
  move: Move
  before: Verdict<Id>
  after: Verdict<Id>
}
export type Verdict<Id extends KindId = KindId> = { outcome: Outcomes[Id]; standing: Standing }

/** Judges cases one by one with the evaluator that decides every case. The reference for whatever is faster. */
export type Judge = <Id extends KindId>(kind: Id, input: DecisionInput) => Judgement<Id>

export function judgeOf(before: RuleSet, after: RuleSet): Judge {
  const same = alike(before, after)
  const hasSameBands = bandNames(before) === bandNames(after)
  const mayMove = <Id extends KindId>(kind: Id, one: Outcomes[Id], other: Outcomes[Id], input: DecisionInput): boolean => {
    if (same.kind(kind)) return false
    if (kind === 'risk' && same.riskButBands()) return couldEndElsewhere(one as Outcomes['risk'], before.document, after.document)
    if (kind === 'risk' && !same.instrument()) return true
    const read: (outcome: Outcomes[Id], unknown: () => string[]) => readonly string[] = openRules[kind]
    const open = read(one, () => unknownRules(before, kind, input))
    const openNow = read(other, () => unknownRules(after, kind, input))
    return open.join() !== openNow.join() || open.some((rule) => !same.rule(kind, rule))
  }
  return (kind, input) => {
    const one = verdict(before, kind, input)
    const other = verdict(after, kind, input)
    const moveOf = (): Move => {
      if (kind === 'risk' && !hasSameBands) return 'cannot-tell'
      const step = stepOf(one.standing, other.standing)
      if (step !== 'same') return step
      const pace = paceOf(one.standing, other.standing)
      if (pace === 'down') return 'down'
      if (!isSettled(one.standing) && mayMove(kind, one.outcome, other.outcome, input)) return 'cannot-tell'
      return pace === 'same' ? 'unchanged' : pace
    }
    return { move: moveOf(), before: one, after: other }
  }
}

function verdict<Id extends KindId>(ruleSet: RuleSet, kind: Id, input: DecisionInput): Verdict<Id> {
  const outcome = decide(ruleSet, kind, input)
  const standingOf: StandingOf<Id> = standings[kind]
  return { outcome, standing: standingOf(outcome, ruleSet.document) }
}

const unknownRules = ({ kinds }: RuleSet, kind: KindId, input: DecisionInput): string[] =>
  kinds[kind].rules(input).flatMap(({ rule, result }) => (result === 'unknown' ? [rule] : []))

/** Bands of other names, or in another order, cannot be compared. */
export const bandNames = ({ document }: RuleSet): string =>
  byNumber(document.instrument?.bands ?? {})
    .map(([id]) => id)
    .join()
