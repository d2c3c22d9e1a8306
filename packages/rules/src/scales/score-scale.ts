import type { Issue } from '../issue.ts'
import { suggestion } from '../language/did-you-mean.ts'
import { own } from '../language/scope.ts'
import { byNumber } from '../kinds/rule.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { type Formula, type Scale, type ScaleBandId, type ScaleId, type ScaleScore, type ScoreId, subscalesOf } from '../rule-set/scale.ts'
import { compare, type Fraction, fraction, minus, plus } from './fraction.ts'
import { type AnsweredItem, type Item, type ItemAnswer, readAnswers, type ScaleAnswers } from './read-answers.ts'

/** One score of a questionnaire. */
export type Scored = {
  /** `complete`: every item answered. `prorated`: scaled to those answered, as the publisher allows. `unknown`: too many are missing. */
  status: 'complete' | 'prorated' | 'unknown'
  /** In points; null while unknown. */
  value: Fraction | null
  /** What it could come to if the missing items were answered, both ends included. One point where none is missing. */
  range: { atLeast: Fraction; atMost: Fraction }
  /** What is missing, in the order of the subscales. */
  missing: Item[]
  /**
   * Whether it is at or above the publisher's cut-off; null where the scale has none.
   * While the score is unknown, the range says so where it lies on one side.
   */
  reachesCutOff: 'yes' | 'no' | 'cannot-tell' | null
  /**
   * The bands of the publisher that it can be in, by their ids: one and the same where there is a score, and those at the ends of the
   * range while it is unknown. Null where the scale names none.
   */
  band: { atLeast: ScaleBandId; atMost: ScaleBandId } | null
}

export type ScaleResult = {
  scale: ScaleId
  /** Of the scoring. */
  version: string
  scores: Readonly<Record<ScoreId, Scored>>
  /** Questions for safeguarding: items that are answered above where the scale asks, whatever any score says. */
  risks: AnsweredItem[]
  /** Items that would ask so and were left out. Missing is not safe. */
  openRisks: Item[]
}

export type ScoreOutcome = { ok: true; result: ScaleResult } | { ok: false; issues: Issue[] }

/**
 * Scores the answers to an outside questionnaire, as the scale in this rule set says. Exact: nothing is rounded.
 * Refused, with the place in `answers`, is what cannot be an answer; nothing is guessed, and nothing is thrown.
 * A score says nothing of danger by itself, and no rule reads it.
 */
export function scoreScale(ruleSet: Pick<RuleSet, 'document'>, scaleId: ScaleId, answers: ScaleAnswers): ScoreOutcome {
  const { scales } = ruleSet.document
  const scale = own(scales, scaleId)
  if (!scale) {
    const help = suggestion(scaleId, Object.keys(scales)).help
    const message = `there is no scale "${scaleId}"`
    return { ok: false, issues: [{ severity: 'error', code: 'unknown-scale', at: '', message, ...(help ? { help } : {}) }] }
  }
  const issues: Issue[] = []
  const items = readAnswers(scale, answers, (issue) => issues.push(issue))
  if (issues.length > 0) return { ok: false, issues }
  const asking = items.filter(({ subscale }) => scale.subscales[subscale]!.asksAbove !== undefined)
  return {
    ok: true,
    result: {
      scale: scaleId,
      version: scale.version,
      scores: Object.fromEntries(scoresOf(scale).map(([id, score]) => [id, scoreOf(score, scale, items)])),
      risks: asking.filter(({ subscale, answer }) => answer !== null && answer > scale.subscales[subscale]!.asksAbove!),
      openRisks: asking.filter(isMissing).map(placeOf),
    },
  }
}

/** The scores of a scale in their order, the one that stands for the whole questionnaire first. */
export const scoresOf = (scale: Scale): [ScoreId, ScaleScore][] => byNumber(scale.scores)

const isMissing = ({ answer }: AnsweredItem): boolean => answer === null
const placeOf = ({ subscale, item }: AnsweredItem): Item => ({ subscale, item })

function scoreOf(score: ScaleScore, scale: Scale, items: readonly AnsweredItem[]): Scored {
  const { formula, missingAllowed, cutOff, bands } = score
  const named = subscalesOf(formula)
  const counted = named.flatMap((id) => items.filter(({ subscale }) => subscale === id))
  const missing = counted.filter(isMissing)
  const lacks =
    formula.by === 'means' ? Math.max(...named.map((id) => missing.filter((each) => each.subscale === id).length)) : missing.length
  const status = missing.length === 0 ? 'complete' : lacks <= missingAllowed ? 'prorated' : 'unknown'
  const value = status === 'unknown' ? null : computed(formula, counted)
  const range = { atLeast: extreme(formula, scale, counted, 'minimum'), atMost: extreme(formula, scale, counted, 'maximum') }
  const band = bands ? { atLeast: bandOf(bands, value ?? range.atLeast), atMost: bandOf(bands, value ?? range.atMost) } : null
  return { status, value, range, missing: missing.map(placeOf), reachesCutOff: reaching(cutOff, value, range), band }
}

/** Items left out are taken as the mean of the others: that is what scaling to those answered comes to. */
function computed(formula: Formula, items: readonly AnsweredItem[]): Fraction {
  if (formula.by === 'mean') return mean(items, formula.times)
  if (formula.by === 'sum') return mean(items, items.length)
  const of = (id: string) =>
    mean(
      items.filter(({ subscale }) => subscale === id),
      formula.times,
    )
  const added = formula.plus.map(of).reduce(plus)
  return formula.minus.map(of).reduce(minus, added)
}

function mean(items: readonly AnsweredItem[], times: number): Fraction {
  const answers = items.map(({ answer }) => answer).filter((answer): answer is number => answer !== null)
  return fraction(answers.reduce((sum, answer) => sum + answer, 0) * times, answers.length)
}

/** The score with every missing item answered as it would make it least, or most. */
function extreme(formula: Formula, { answers }: Scale, items: readonly AnsweredItem[], end: 'minimum' | 'maximum'): Fraction {
  const other = end === 'minimum' ? 'maximum' : 'minimum'
  const isTakenAway = (subscale: string) => formula.by === 'means' && formula.minus.includes(subscale)
  const filled = (subscale: string, answer: ItemAnswer) => answer ?? answers[isTakenAway(subscale) ? other : end]
  return computed(
    formula,
    items.map((each) => ({ ...each, answer: filled(each.subscale, each.answer) })),
  )
}

function reaching(cutOff: number | undefined, value: Fraction | null, { atLeast, atMost }: Scored['range']): Scored['reachesCutOff'] {
  if (cutOff === undefined) return null
  const reaches = (score: Fraction) => compare(score, fraction(cutOff, 1)) >= 0
  if (value) return reaches(value) ? 'yes' : 'no'
  return reaches(atLeast) ? 'yes' : reaches(atMost) ? 'cannot-tell' : 'no'
}

/** The highest band that has begun. The lowest begins at the least score, or below. */
function bandOf(bands: NonNullable<ScaleScore['bands']>, score: Fraction): ScaleBandId {
  const inOrder = byNumber(bands)
  return (inOrder.findLast(([, { from }]) => compare(score, fraction(from, 1)) >= 0) ?? inOrder[0]!)[0]
}
