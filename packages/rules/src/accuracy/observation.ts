import type { BandId, Instrument } from '../kinds/risk/instrument.ts'
import type { Score } from '../kinds/risk/index.ts'
import { byNumber } from '../kinds/rule.ts'

/**
 * A past result beside what was seen afterwards.
 * `happened` answers one question that the evaluator has written down, with its length of time ("a new assault reported within
 * six months"); null where nobody could find out.
 */
export type Observation = {
  /** Null where too many answers were unknown to score. */
  score: Score | null
  band: { atLeast: BandId; atMost: BandId }
  happened: boolean | null
}

/** An observation of which the afterwards is known. */
export type Followed = Observation & { happened: boolean }

/** @throws RangeError naming the first, from 0, whose outcome is no yes, no or null, whose score is no share, or whose bands the instrument does not have in this order */
export function checkObservations({ bands }: Instrument, observations: readonly Observation[]): void {
  const ids = byNumber(bands).map(([id]) => id)
  for (const [index, { score, band, happened }] of observations.entries()) {
    if (happened !== null && typeof happened !== 'boolean') throw new RangeError(`observation ${index}: "happened" is true, false or null`)
    if (score !== null) checkScore(score, `observation ${index}`)
    const [least, most] = [ids.indexOf(band.atLeast), ids.indexOf(band.atMost)]
    if (least < 0 || most < least)
      throw new RangeError(`observation ${index}: the instrument has no bands from "${band.atLeast}" to "${band.atMost}"`)
  }
}

/** @throws RangeError for what is no share: such a score is neither higher nor lower than any */
export function checkScore({ points, of }: Score, which: string): void {
  if (!(of > 0 && points >= 0 && Number.isFinite(points) && Number.isFinite(of)))
    throw new RangeError(`${which}: a score is so many points of so many, and this is ${points} of ${of}`)
}

/** Smaller than, equal or greater than zero, as one score is lower than, equal to or higher than the other. Exact. */
export const compareScores = (one: Score, other: Score): number => one.points * other.of - other.points * one.of
