import type { BandId } from '../kinds/risk/instrument.ts'
import type { Score } from '../kinds/risk/index.ts'

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

/** Smaller than, equal or greater than zero, as one score is lower than, equal to or higher than the other. Exact. */
export const compareScores = (one: Score, other: Score): number => one.points * other.of - other.points * one.of
