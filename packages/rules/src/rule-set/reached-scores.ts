import { type Reached, type Scores, type Stretch, wholesWithin } from '../kinds/check-bands.ts'
import { reachOf, type Scale, type ScaleScore, sizeOf, subscalesOf } from './scale.ts'

/** The scores, in points, of forms that lack no item, or as few as the score may. `budget` is in sums looked at. */
export function reachedScores({ formula, missingAllowed }: ScaleScore, scale: Scale, budget: { left: number }): Scores {
  const sizes = subscalesOf(formula).map((id) => sizeOf(scale.subscales[id]!))
  const items = sizes.reduce((sum, size) => sum + size, 0)
  const { least, most } = reachOf(formula, scale)
  if (formula.by === 'means') {
    const signs = sizes.map((_, index) => (index < formula.plus.length ? 1 : -1))
    const sums = signs.map((sign, index): SignedMean => ({ sign, size: sizes[index]! }))
    return { least, most, within: (stretch) => ofMeans(sums, missingAllowed, stretch, formula.times, scale.answers, budget) }
  }
  const times = formula.by === 'sum' ? items : formula.times
  const mean: SignedMean = { sign: 1, size: items }
  return { least, most, within: (stretch) => ofMeans([mean], missingAllowed, stretch, times, scale.answers, budget) }
}

type SignedMean = { sign: number; size: number }
/** What one mean adds when its answers add up to so much: `perPoint` for each, over the common denominator. */
type Term = { perPoint: number; least: number; most: number }
type Found = Reached | 'not-settled' | undefined

function ofMeans(
  means: readonly SignedMean[],
  missingAllowed: number,
  stretch: Stretch,
  times: number,
  answers: Scale['answers'],
  budget: { left: number },
): Found {
  for (const answered of everyChoice(means.map(({ size }) => Array.from({ length: missingAllowed + 1 }, (_, missing) => size - missing)))) {
    if (--budget.left < 0) return 'not-settled'
    const under = answered.reduce(commonMultiple, 1)
    const terms = means.map(({ sign }, index): Term => {
      const count = answered[index]!
      return { perPoint: (sign * under) / count, least: answers.minimum * count, most: answers.maximum * count }
    })
    const [first, last] = wholesWithin(stretch, times, under)
    if (first > last) continue
    const over = sumWithin(terms, first, last, budget)
    if (over === 'not-settled') return over
    if (over !== undefined) return { over: over * times, under }
  }
  return undefined
}

/** A sum of the terms that lies from `first` to `last`. All terms but the last are tried; the last one is computed. */
function sumWithin(
  [term, ...others]: readonly Term[],
  first: number,
  last: number,
  budget: { left: number },
): number | 'not-settled' | undefined {
  if (!term) return undefined
  const { perPoint, least, most } = term
  if (others.length === 0) {
    if (--budget.left < 0) return 'not-settled'
    const [near, far] = perPoint > 0 ? [first, last] : [last, first]
    const points = Math.max(least, Math.ceil(near / perPoint))
    return points <= Math.min(most, Math.floor(far / perPoint)) ? points * perPoint : undefined
  }
  for (let points = least; points <= most; points++) {
    const rest = sumWithin(others, first - points * perPoint, last - points * perPoint, budget)
    if (rest !== undefined) return rest === 'not-settled' ? rest : rest + points * perPoint
  }
  return undefined
}

function* everyChoice([choices, ...others]: readonly (readonly number[])[]): Generator<number[]> {
  if (!choices) return yield []
  for (const choice of choices) for (const rest of everyChoice(others)) yield [choice, ...rest]
}

function commonMultiple(one: number, other: number): number {
  let [greater, less] = [one, other]
  while (less !== 0) [greater, less] = [less, greater % less]
  return (one / greater) * other
}
