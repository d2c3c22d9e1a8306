import type { RiskOutcome } from '@plumbline/rules'
import { Temporal } from 'temporal-polyfill'
import type { Day } from '../../platform/clock.ts'
import { bandIn, higher, highestBand, lowestBand, type Form } from './form.ts'
import type { ShownRiskStatus } from './enums.ts'

/** The final band as far as it is known. */
export type BandRange = { atLeast: string; atMost: string }

/** What the rules said. `outcome` is null when they said nothing; with a review and an outcome, unusable answers counted as unknown. */
export type Said<Outcome> = { outcome: Outcome | null; needsHumanReview: boolean }

/**
 * The band before judgement. Where a person must look because the rules could not decide, it is never lower than the one before,
 * and may be anything above what is known.
 */
export function computedRange(form: Form, { outcome, needsHumanReview }: Said<RiskOutcome>, before: BandRange | null): BandRange {
  if (outcome && !needsHumanReview) return outcome.band
  const known = [lowestBand(form).id, outcome?.band.atLeast, before?.atLeast].filter((id) =>
    form.bands.some((band) => band.id === id),
  ) as string[]
  return { atLeast: known.reduce((one, other) => higher(form, one, other)), atMost: highestBand(form).id }
}

/** Judgement lifts the lower end, and the upper one where it would otherwise lie below. */
export const raised = (form: Form, range: BandRange, to: readonly string[]): BandRange =>
  to.reduce((sofar, band) => ({ atLeast: higher(form, sofar.atLeast, band), atMost: higher(form, sofar.atMost, band) }), range)

/** What rests on his word alone is never more than provisional. */
export function statusOf({ outcome, needsHumanReview }: Said<RiskOutcome>): ShownRiskStatus {
  if (!outcome || needsHumanReview) return 'needs-human-review'
  return outcome.selfReportOnly && (outcome.status === 'complete' || outcome.status === 'prorated') ? 'provisional' : outcome.status
}

/** Signed as the lowest band, an assessment must rest on somebody else's word as well. */
export const isLowOnOwnWord = (form: Form, outcome: RiskOutcome): boolean =>
  outcome.selfReportOnly && outcome.band.atMost === lowestBand(form).id

/** Every factor was asked, and the lowest band does not rest on his own account alone. */
export const isSignable = (form: Form, outcome: RiskOutcome | null): boolean =>
  !outcome || (outcome.unanswered.length === 0 && !isLowOnOwnWord(form, outcome))

/** Days until the risk is looked at again, from the day it was assessed: by the highest band possible, sooner while the result is provisional. */
export function reviewDays(form: Form, said: Said<RiskOutcome>, final: BandRange): number {
  const status = statusOf(said)
  const byBand = bandIn(form, final.atMost).reviewDays
  return Math.min(
    byBand,
    said.outcome?.reviewWithinDays ?? byBand,
    status === 'complete' || status === 'prorated' ? byBand : form.provisionalReviewDays,
  )
}
export const daysAfter = (day: Day, days: number): Day => Temporal.PlainDate.from(day).add({ days }).toString()

/** The band in words, never by its lower end alone: `at least medium, possibly high`; `not known, possibly very high`. */
export function bandInWords(form: Form, { atLeast, atMost }: BandRange): string {
  const [least, most] = [bandIn(form, atLeast).label.toLowerCase(), bandIn(form, atMost).label.toLowerCase()]
  if (least === most) return least
  return `${atLeast === lowestBand(form).id ? 'not known' : `at least ${least}`}, possibly ${most}`
}
