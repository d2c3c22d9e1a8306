import { type Reached, type Scores, type Stretch, wholesWithin } from '../check-bands.ts'
import type { Instrument } from './instrument.ts'

/** In words of 64 points looked at, and a few for each factor. Some milliseconds. */
const MOST_STEPS = 600_000

/**
 * The scores, in percent, of forms on which no answer is open, or as few as still give a score: which are left open changes
 * what the points are divided by.
 */
export function reachedScores({ factors, missing }: Instrument): Scores {
  const weights = new Map<number, number>()
  for (const { weight } of Object.values(factors)) weights.set(weight, (weights.get(weight) ?? 0) + 1)
  const budget = { left: MOST_STEPS }
  return {
    least: 0,
    most: 100,
    within: (stretch) => {
      const count = Object.keys(factors).length
      for (let open = 0; open <= Math.min(missing.provisional, count - 1); open++) {
        const found = withOpen(open, stretch, weights, budget)
        if (found) return found
      }
      return undefined
    },
  }
}

type Weights = ReadonlyMap<number, number>

/** With so many factors open, whichever they are: only their weights count. */
function withOpen(open: number, stretch: Stretch, weights: Weights, budget: { left: number }): Reached | 'not-settled' | undefined {
  for (const answered of leavingOut(open, [...weights])) {
    const of = 2 * answered.reduce((sum, [weight, count]) => sum + weight * count, 0)
    const [first, last] = wholesWithin(stretch, 100, of)
    budget.left -= stepsFor(answered, first > last ? 0 : of)
    if (budget.left < 0) return 'not-settled'
    const points = firstTotal(answered, first, last)
    if (points !== undefined)
      return {
        over: 100 * points,
        under: of,
        inWords: `${points} of ${of} points${open === 0 ? '' : `, ${open} open`}`,
      }
  }
  return undefined
}

type Counts = readonly (readonly [weight: number, count: number])[]

const countOf = (weights: Counts): number => weights.reduce((sum, [, count]) => sum + count, 0)
const stepsFor = (answered: Counts, of: number): number => answered.length ** 2 + countOf(answered) * (8 + of / 64)

/** Every way to leave out so many, by weight. */
function* leavingOut(open: number, weights: Counts): Generator<Counts> {
  const [first, ...others] = weights
  if (!first) return yield []
  const [weight, count] = first
  const least = Math.max(0, open - countOf(others))
  for (let left = Math.min(open, count); left >= least; left--)
    for (const rest of leavingOut(open - left, others)) yield left === count ? rest : [[weight, count - left], ...rest]
}

/** The least total from `first` to `last` that answers of these weights add up to, each absent, possible or present. One bit for each total. */
function firstTotal(answered: Counts, first: number, last: number): number | undefined {
  if (first > last) return undefined
  let totals = 1n
  for (const [weight, count] of answered)
    for (let index = 0; index < count; index++) totals |= (totals << BigInt(weight)) | (totals << BigInt(2 * weight))
  const window = (totals >> BigInt(first)) & ((1n << BigInt(last - first + 1)) - 1n)
  return window === 0n ? undefined : first + (window & -window).toString(2).length - 1
}
