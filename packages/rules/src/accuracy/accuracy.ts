import type { Instrument } from '../kinds/risk/instrument.ts'
import type { Score } from '../kinds/risk/index.ts'
import { areaUnderCurve, type AreaUnderCurve } from './area-under-curve.ts'
import { type BandFinding, bandsOutOfOrder, findingsByBand, findingsByThreshold, type OutOfOrder, type ThresholdFinding } from './bands.ts'
import { checkObservations, type Followed, type Observation } from './observation.ts'
import { proportion, type Proportion } from './proportion.ts'

/** What was looked for afterwards, and how long: without it no figure can be read. */
export type AccuracyQuestion = { happening: string; withinMonths: number }

export type Accuracy = {
  instrument: { id: string; version: string }
  question: AccuracyQuestion
  /** All observations; those of which nobody could find out what happened are in no other figure. */
  observed: number
  notKnown: number
  /** Of those followed up, with how many it happened. */
  happened: Proportion
  /** Of the scores. `withoutScore` were followed up and had too many unknown answers to be scored. */
  curve: { area: AreaUnderCurve | null; withoutScore: number }
  bands: BandFinding[]
  outOfOrder: OutOfOrder[]
  thresholds: ThresholdFinding[]
  /** Fewer than 200 followed up: too few to move bands or weights by (docs: the instrument is not validated). */
  tooFewToRecalibrate: boolean
}

/** Closed cases with a follow-up from which recalibrating is worth looking at. Plumbline design, with the instrument. */
const ENOUGH_TO_RECALIBRATE = 200

/**
 * Discrimination, calibration by band, and what each threshold would have caught and missed.
 * Those who were treated because of a result did not go on untreated: a low figure in a high band can be the programme at work.
 *
 * @throws RangeError where the question names nothing, or a length of time that is not a whole number of months from 1 up;
 * and for an observation that cannot be one: no figure is worked out of the rest
 */
export function accuracyOf(instrument: Instrument, question: AccuracyQuestion, observations: readonly Observation[]): Accuracy {
  if (question.happening.trim() === '') throw new RangeError('say what was looked for afterwards')
  if (!Number.isInteger(question.withinMonths) || question.withinMonths < 1) throw new RangeError('say within how many months, 1 or more')
  checkObservations(instrument, observations)
  const followed = observations.filter((each): each is Followed => each.happened !== null)
  const bands = findingsByBand(instrument, followed)
  const scoresOf = (wanted: boolean): Score[] => followed.flatMap(({ score, happened }) => (score && happened === wanted ? [score] : []))
  const [scoresWith, scoresWithout] = [scoresOf(true), scoresOf(false)]
  return {
    instrument: { id: instrument.id, version: instrument.version },
    question,
    observed: observations.length,
    notKnown: observations.length - followed.length,
    happened: proportion(followed.filter(({ happened }) => happened).length, followed.length),
    curve: {
      area: areaUnderCurve(scoresWith, scoresWithout),
      withoutScore: followed.length - scoresWith.length - scoresWithout.length,
    },
    bands,
    outOfOrder: bandsOutOfOrder(bands),
    thresholds: findingsByThreshold(instrument, followed),
    tooFewToRecalibrate: followed.length < ENOUGH_TO_RECALIBRATE,
  }
}
