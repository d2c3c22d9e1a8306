import { escaped } from '../language/pointer.ts'
import { byNumber } from './rule.ts'

type Refuse = (code: string, at: string, message: string, help: string) => void

/** Where a band begins, in percent or in points; and, if somebody wrote it down, the highest score that is still in it. Both count. */
export type BandEnds = { number: number; from: number; to?: number }

/** An exact score that can come out: `over` ÷ `under`. `inWords` says how it comes about, where that is more than the number. */
export type Reached = { over: number; under: number; inWords?: string }

/** Between two scores. An end that does not count is left out. */
export type Stretch = { low: number; lowCounts: boolean; high: number; highCounts: boolean }

/** Which scores can come out at all. */
export type Scores = {
  least: number
  most: number
  /** One within a stretch, or undefined where there is none. `not-settled`: there were too many ways to look at. */
  within: (stretch: Stretch) => Reached | 'not-settled' | undefined
}

/**
 * Whether every score that can come out belongs to one band. A band goes up to where the next one begins;
 * what it says of its highest score is compared with that, and refused where a real score shows that it is not so.
 */
export function checkBands(bands: Readonly<Record<string, BandEnds>>, at: string, scores: Scores, refuse: Refuse): void {
  const inOrder = byNumber(bands)
  const [lowest] = inOrder
  if (!lowest) return refuse('no-bands', at, 'there is no band', 'name one at least')
  const [id, { from }] = lowest
  if (from > scores.least)
    refuse(
      'band-gap',
      `${at}/${escaped(id)}/from`,
      `${scores.least} is in no band: the lowest, "${id}", begins at ${from}`,
      `start "${id}" at ${scores.least}`,
    )
  inOrder.forEach(([name, band], index) => checkEnd([name, band], inOrder[index + 1], at, scores, refuse))
}

type Named = readonly [id: string, band: BandEnds]

function checkEnd([id, { from, to }]: Named, next: Named | undefined, at: string, scores: Scores, refuse: Refuse): void {
  if (next && next[1].from <= from)
    return refuse(
      'band-overlap',
      `${at}/${escaped(next[0])}/from`,
      `"${next[0]}" begins at ${next[1].from}, not above "${id}"`,
      `start "${next[0]}" above ${from}`,
    )
  if (to === undefined) return
  const place = `${at}/${escaped(id)}/to`
  if (to < from) return refuse('empty-bounds', place, `"${id}" ends at ${to} and begins at ${from}`, 'swap them')
  if (!next) {
    if (to < scores.most)
      refuse(
        'band-gap',
        place,
        `${scores.most} is in no band: the highest, "${id}", ends at ${to}`,
        `let it end at ${scores.most}, or leave "to" out`,
      )
    return
  }
  const [above, { from: begins }] = next
  const isGap = to < begins
  const stretch = { low: Math.min(to, begins), high: Math.max(to, begins), lowCounts: !isGap, highCounts: !isGap }
  const witness = scores.within(stretch)
  if (!witness) return
  const named = `"${id}" ends at ${to} and "${above}" begins at ${begins}`
  const help = isGap ? 'leave "to" out: a band goes up to where the next one begins' : `let "${id}" end below ${begins}, or leave "to" out`
  const which = isGap ? 'in no band' : 'in two bands'
  refuse(
    isGap ? 'band-gap' : 'band-overlap',
    place,
    witness === 'not-settled'
      ? `it was not settled whether some score is ${which}: ${named}`
      : `${scoreInWords(witness, stretch)} is ${which}: ${named}`,
    help,
  )
}

/** With as many decimals as it takes to be seen within the stretch. Six do: bands begin at whole numbers, and no total is above half a million. */
function scoreInWords({ over, under, inWords }: Reached, stretch: Stretch): string {
  const score = over / under
  const decimals = [0, 1, 2, 3, 4, 5, 6].find((digits) => {
    const shown = Number(score.toFixed(digits))
    return isWithin(shown, stretch) && (digits >= 2 || shown === score)
  })
  const shown = Number(score.toFixed(decimals))
  return inWords === undefined ? `${shown}` : `${shown} (${inWords})`
}

const isWithin = (score: number, { low, lowCounts, high, highCounts }: Stretch): boolean =>
  (lowCounts ? score >= low : score > low) && (highCounts ? score <= high : score < high)

/** The first and the last whole `over` for which `times` × `over` ÷ `under` lies within the stretch. */
export function wholesWithin({ low, lowCounts, high, highCounts }: Stretch, times: number, under: number): [first: number, last: number] {
  const first = lowCounts ? Math.ceil((low * under) / times) : Math.floor((low * under) / times) + 1
  const last = highCounts ? Math.floor((high * under) / times) : Math.ceil((high * under) / times) - 1
  return [first, last]
}
