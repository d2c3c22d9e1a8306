import { byNumber } from '../kinds/rule.ts'
import type { BandId, FactorId } from '../kinds/risk/instrument.ts'
import { factorNames } from '../kinds/risk/evidence.ts'
import type { DecisionInput } from '../language/facts.ts'
import { decide, type RuleSet } from '../rule-set/rule-set.ts'

/** What lifts a band besides the patterns: a critical answer by itself, or the points together. `isOpen`: it may, while answers are open. */
export type InstrumentPart =
  | { what: 'floor'; factor: FactorId; fact: string; band: BandId; isOpen: boolean }
  /** `points` of the complete form, and how many of them are `over` what leaves the band wanted, or `short` of what reaches it. */
  | { what: 'points'; points: number; of: number; over: number; isOpen: boolean }
  | { what: 'points'; points: number; of: number; short: number }

/** Whatever by itself makes the band higher than this one, or may. */
export function answersAbove(ruleSet: RuleSet, input: DecisionInput, band: BandId): InstrumentPart[] {
  const { floors, mayStillFire, scoreRange } = decide(ruleSet, 'risk', input)
  const bands = bandsOf(ruleSet)
  const step = bands.findIndex(({ id }) => id === band)
  const isAbove = (id: BandId) => bands.findIndex((each) => each.id === id) > step
  const floor =
    (isOpen: boolean) =>
    (each: { factor: FactorId; band: BandId }): InstrumentPart => ({
      what: 'floor',
      factor: each.factor,
      fact: factorNames(each.factor).answer,
      band: each.band,
      isOpen,
    })
  const next = bands[step + 1]
  const { atLeast, atMost } = scoreRange
  const needed = next ? leastPoints(next.from, atLeast.of) : Number.POSITIVE_INFINITY
  const points: InstrumentPart[] =
    atMost.points < needed
      ? []
      : atLeast.points >= needed
        ? [{ what: 'points', points: atLeast.points, of: atLeast.of, over: atLeast.points - needed + 1, isOpen: false }]
        : [{ what: 'points', points: atMost.points, of: atMost.of, over: atMost.points - needed + 1, isOpen: true }]
  return [
    ...floors.filter((each) => isAbove(each.band)).map(floor(false)),
    ...mayStillFire.floors.filter((each) => isAbove(each.band)).map(floor(true)),
    ...points,
  ]
}

/** Whatever by itself would bring the band to this one: a critical answer that forces it, or points. */
export function answersReaching(ruleSet: RuleSet, input: DecisionInput, band: BandId): InstrumentPart[] {
  const { scoreRange } = decide(ruleSet, 'risk', input)
  const { instrument } = ruleSet.document
  const critical = byNumber(instrument?.factors ?? {}).flatMap(([factor, { floor }]): InstrumentPart[] =>
    floor && Object.values(floor).includes(band) ? [{ what: 'floor', factor, fact: factorNames(factor).answer, band, isOpen: true }] : [],
  )
  const { points, of } = scoreRange.atLeast
  const short = leastPoints(fromOf(ruleSet, band), of) - points
  return short > 0 ? [...critical, { what: 'points', points, of, short }] : critical
}

/** Whether a critical answer, or the points of what is answered, bring at least this band by themselves. */
export function isHeldByAnswers(ruleSet: RuleSet, input: DecisionInput, band: BandId): boolean {
  const { floors, scoreRange } = decide(ruleSet, 'risk', input)
  const { points, of } = scoreRange.atLeast
  return floors.some((floor) => floor.band === band) || points >= leastPoints(fromOf(ruleSet, band), of)
}

const fromOf = (ruleSet: RuleSet, band: BandId): number => bandsOf(ruleSet).find(({ id }) => id === band)?.from ?? 0
const bandsOf = ({ document }: RuleSet) => byNumber(document.instrument?.bands ?? {}).map(([id, { from }]) => ({ id, from }))
/** The fewest whole points of the form that make so many in 100. */
const leastPoints = (from: number, of: number): number => Math.ceil((from * of) / 100)
