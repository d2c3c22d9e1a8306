import { byNumber } from '../kinds/rule.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'

/** Where each band begins, lowest first, in 100 of the greatest possible score. */
export type BandStarts = readonly number[]

export const bandStarts = ({ instrument }: ResolvedDocument): BandStarts => byNumber(instrument?.bands ?? {}).map(([, { from }]) => from)

/** The band of every total up to the greatest, by its place from the lowest. Whole numbers on both sides, so nothing is rounded. */
export function bandsOfTotals(starts: BandStarts, of: number): Uint8Array {
  const bands = new Uint8Array(of + 1)
  for (let points = 0; points <= of; points++)
    for (let i = 1; i < starts.length; i++) if (100 * points >= (starts[i] ?? 0) * of) bands[points] = i
  return bands
}

/** For each band that may be forced, how many totals up to there end in another band than before. */
export function elsewhere(before: Uint8Array, after: Uint8Array, bands: number): readonly Uint32Array[] {
  return Array.from({ length: bands }, (_, forced) => {
    let count = 0
    return Uint32Array.from(after, (band, points) => {
      if (Math.max(forced, before[points] ?? 0) !== Math.max(forced, band)) count++
      return count
    })
  })
}
