import { canonicalJson, type RuleSet } from '@plumbline/rules'
import {
  type Comparable,
  type Fraction,
  type Item,
  reachOf,
  type ReliableChange,
  reliableChanges,
  type Scale,
  type ScaleResult,
  type Scored,
  scoresOf,
} from '@plumbline/rules/scales'
import type { OutsideResult } from './outside-result.ts'

/** What a questionnaire was scored as. The answers themselves are not kept: the form is, and risk items are named by their numbers. */
export type Scoring = Comparable & {
  scores: Readonly<Record<string, Scored & { label: string; number: number }>>
  /** Items that ask, whatever any score says. */
  risks: readonly Item[]
  /** Items that would ask so and were left out. */
  openRisks: readonly Item[]
}

/** As it is kept: no answer of any item is in it. */
export function scoringText({ scale: id, version, scores, risks, openRisks }: ScaleResult, scale: Scale): string {
  const kept: Scoring = {
    scale: id,
    version,
    scores: Object.fromEntries(scoresOf(scale).map(([score, { label, number }]) => [score, { ...scores[score]!, label, number }])),
    risks: risks.map(({ subscale, item }) => ({ subscale, item })),
    openRisks,
  }
  return canonicalJson(kept)
}

export const scoringOf = ({ scoring }: OutsideResult): Scoring | null => (scoring === null ? null : (JSON.parse(scoring) as Scoring))

/** The score that stands for the whole questionnaire, as a result of another tool is kept. Rounded to hundredths; null while unknown. */
export function asResult(
  { scores }: ScaleResult,
  scale: Scale,
): { scoreInHundredths: number | null; outOf: number | null; band: string | null } {
  const [id, { formula, bands }] = scoresOf(scale)[0]!
  const { value, band } = scores[id]!
  const { least, most } = reachOf(formula, scale)
  const isSettled = band !== null && band.atLeast === band.atMost
  return {
    scoreInHundredths: value && Math.round((100 * value.numerator) / value.denominator),
    outOf: value && Math.max(1, Math.ceil(Math.abs(least)), Math.ceil(Math.abs(most))),
    band: isSettled ? (bands?.[band.atLeast]?.label ?? null) : null,
  }
}

/**
 * For each score of which the publisher names the figure, whether it changed by more than the error of measurement.
 * An earlier result that was recorded as it came holds a rounded score: where the rounding decides, it cannot be told.
 */
export function changesBetween(ruleSet: RuleSet, before: OutsideResult, after: Scoring): Record<string, ReliableChange> {
  const earlier = scoringOf(before)
  if (earlier) return reliableChanges(ruleSet, earlier, after)
  const hundredths = before.scoreInHundredths
  const scale = ruleSet.document.scales[after.scale]
  const rounded = (from: number): Record<string, ReliableChange> =>
    reliableChanges(
      ruleSet,
      recordedAs(before, after, scale, hundredths === null ? null : { numerator: 2 * hundredths + from, denominator: 200 }),
      after,
    )
  const [least, most] = [rounded(-1), rounded(1)]
  return Object.fromEntries(Object.entries(least).map(([id, change]) => [id, most[id] === change ? change : 'cannot-tell']))
}

/** A result as it came, as if it had been scored to this value. */
function recordedAs(
  { tool, toolVersion }: OutsideResult,
  { scores }: Scoring,
  scale: Scale | undefined,
  value: Fraction | null,
): Comparable {
  const [id] = (scale && scoresOf(scale)[0]) ?? []
  return { scale: tool, version: toolVersion, scores: id && scores[id] ? { [id]: { ...scores[id], value } } : {} }
}
