import { byNumber } from '../kinds/rule.ts'
import type { BandId, Instrument } from '../kinds/risk/instrument.ts'
import type { Followed } from './observation.ts'
import { type Proportion, proportion } from './proportion.ts'

/** What was seen of the people in one band. Those whose band was a range stand under the range, and in no band. */
export type BandFinding = { atLeast: BandId; atMost: BandId; happened: Proportion }

/** Every band of the instrument, empty ones too, from the lowest; then the ranges that occur. */
export function findingsByBand({ bands }: Instrument, observations: readonly Followed[]): BandFinding[] {
  const ids = bandsInOrder(bands)
  const ranges = ids.flatMap((atLeast, from) => ids.slice(from).map((atMost) => ({ atLeast, atMost })))
  return ranges
    .map(({ atLeast, atMost }) => {
      const those = observations.filter(({ band }) => band.atLeast === atLeast && band.atMost === atMost)
      return { atLeast, atMost, happened: proportion(those.filter(({ happened }) => happened).length, those.length) }
    })
    .filter(({ atLeast, atMost, happened }) => atLeast === atMost || happened.of > 0)
    .sort((one, other) => Number(one.atLeast !== one.atMost) - Number(other.atLeast !== other.atMost))
}

/** A higher band in which it happened to a smaller share of the people than in a lower one. With few people it means little. */
export type OutOfOrder = { lower: BandId; higher: BandId; few: boolean }

/** Compares bands with people in them, neighbours first skipped over where empty; shares are compared exactly. */
export function bandsOutOfOrder(findings: readonly BandFinding[]): OutOfOrder[] {
  const filled = findings.filter(({ atLeast, atMost, happened }) => atLeast === atMost && happened.of > 0)
  return filled.flatMap((higher, index) => {
    const lower = filled[index - 1]
    if (!lower || higher.happened.count * lower.happened.of >= lower.happened.count * higher.happened.of) return []
    return [{ lower: lower.atLeast, higher: higher.atLeast, few: lower.happened.few || higher.happened.few }]
  })
}

/**
 * Taking everybody in this band and above as "in danger": of those with whom it happened, how many were taken (sensitivity);
 * of the others, how many were not (specificity). Both by the highest band possible and by the lowest.
 */
export type ThresholdFinding = {
  from: BandId
  /** As the product shows people: by `atMost`. */
  byAtMost: { sensitivity: Proportion; specificity: Proportion }
  byAtLeast: { sensitivity: Proportion; specificity: Proportion }
}

/** One for each band but the lowest: from there everybody would be taken. */
export function findingsByThreshold({ bands }: Instrument, observations: readonly Followed[]): ThresholdFinding[] {
  const ids = bandsInOrder(bands)
  const happened = observations.filter((each) => each.happened)
  const not = observations.filter((each) => !each.happened)
  const split = (end: 'atLeast' | 'atMost', from: number) => {
    const isTaken = ({ band }: Followed) => ids.indexOf(band[end]) >= from
    return {
      sensitivity: proportion(happened.filter(isTaken).length, happened.length),
      specificity: proportion(not.filter((each) => !isTaken(each)).length, not.length),
    }
  }
  return ids.slice(1).map((from, index) => ({ from, byAtMost: split('atMost', index + 1), byAtLeast: split('atLeast', index + 1) }))
}

const bandsInOrder = (bands: Instrument['bands']): BandId[] => byNumber(bands).map(([id]) => id)
