import type { RiskOutcome } from '../kinds/index.ts'
import { byNumber } from '../kinds/rule.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'
import type { Move } from './move.ts'

/** Where each band begins, lowest first, in 100 of the greatest possible score. */
export type BandStarts = readonly number[]

export const bandStarts = ({ instrument }: ResolvedDocument): BandStarts => byNumber(instrument?.bands ?? {}).map(([, { from }]) => from)

/**
 * Forms that no beginning of a band can tell apart: the same points for certain and at most, and the same band forced
 * whatever the score. Each such class is judged once, by whole numbers, however many cases are in it.
 */
export type BandClass = { least: number; most: number; of: number; forced: number; mayBeForced: number }

export type BandRange = { atLeast: number; atMost: number }

/** What a form comes to apart from where bands begin. `order`: the bands, lowest first. */
export function bandClass(outcome: RiskOutcome, order: readonly string[]): BandClass {
  const { floors, patterns, mayStillFire, scoreRange } = outcome
  const highest = (all: readonly { band: string }[]) => all.reduce((most, { band }) => Math.max(most, order.indexOf(band)), 0)
  return {
    least: scoreRange.atLeast.points,
    most: scoreRange.atMost.points,
    of: scoreRange.atLeast.of,
    forced: highest([...floors, ...patterns]),
    mayBeForced: highest([...mayStillFire.floors, ...mayStillFire.patterns]),
  }
}

/** The band of every total, and for each forced band how many totals up to there end in another band than before. */
export class BandTable {
  private readonly bands: Uint8Array
  private readonly elsewhere: readonly Uint16Array[]

  /** `of`: the greatest possible score. `published`: where bands begin now, to compare with. */
  constructor(starts: BandStarts, of: number, published: BandStarts = starts) {
    this.bands = bandsOf(starts, of)
    const before = bandsOf(published, of)
    this.elsewhere = starts.map((_, forced) => {
      const counts = new Uint16Array(of + 1)
      let count = 0
      for (let points = 0; points <= of; points++) {
        if (Math.max(forced, before[points] ?? 0) !== Math.max(forced, this.bands[points] ?? 0)) count++
        counts[points] = count
      }
      return counts
    })
  }

  rangeOf({ least, most, forced, mayBeForced }: BandClass): BandRange {
    const atLeast = Math.max(forced, this.bands[least] ?? 0)
    return { atLeast, atMost: Math.max(atLeast, mayBeForced, this.bands[most] ?? 0) }
  }

  /** The move of every case in the class, on the safe side. An open form that stays in its range may still end elsewhere. */
  moveOf({ least, most, forced }: BandClass, before: BandRange, after: BandRange): Move {
    if (after.atLeast < before.atLeast || after.atMost < before.atMost) return 'down'
    if (after.atLeast > before.atLeast || after.atMost > before.atMost) return 'up'
    if (before.atLeast === before.atMost) return 'unchanged'
    const counts = this.elsewhere[forced]
    const below = least === 0 ? 0 : (counts?.[least - 1] ?? 0)
    return (counts?.[most] ?? 0) > below ? 'cannot-tell' : 'unchanged'
  }
}

/** Whole numbers on both sides, so nothing is rounded. */
function bandsOf(starts: BandStarts, of: number): Uint8Array {
  const bands = new Uint8Array(of + 1)
  for (let points = 0; points <= of; points++)
    for (let i = 1; i < starts.length; i++) if (100 * points >= (starts[i] ?? 0) * of) bands[points] = i
  return bands
}
