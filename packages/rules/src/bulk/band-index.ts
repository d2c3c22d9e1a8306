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

export function rangeOf({ least, most, of, forced, mayBeForced }: BandClass, starts: BandStarts): BandRange {
  const atLeast = Math.max(forced, bandAt(least, of, starts))
  return { atLeast, atMost: Math.max(atLeast, mayBeForced, bandAt(most, of, starts)) }
}

/** The move of every case in the class, on the safe side. An open form that stays in its range may still end elsewhere. */
export function moveOf(one: BandClass, before: BandRange, after: BandRange, starts: readonly [BandStarts, BandStarts]): Move {
  if (after.atLeast < before.atLeast || after.atMost < before.atMost) return 'down'
  if (after.atLeast > before.atLeast || after.atMost > before.atMost) return 'up'
  if (before.atLeast === before.atMost) return 'unchanged'
  return couldDiffer(one, starts) ? 'cannot-tell' : 'unchanged'
}

function couldDiffer({ least, most, of, forced }: BandClass, [before, after]: readonly [BandStarts, BandStarts]): boolean {
  for (let points = least; points <= most; points++)
    if (Math.max(forced, bandAt(points, of, before)) !== Math.max(forced, bandAt(points, of, after))) return true
  return false
}

function bandAt(points: number, of: number, starts: BandStarts): number {
  let band = 0
  for (let i = 1; i < starts.length; i++) if (100 * points >= (starts[i] ?? 0) * of) band = i
  return band
}
