import { type Bitmap, type Bitmaps, placesIn } from './bitmaps.ts'
import { type Move, moves } from './move.ts'
import type { Swap } from './simulate.ts'
import type { StandingOfMany, Step, Steps } from './standing-of-many.ts'

/**
 * Whether what is open may come out otherwise. `all`: whatever it is. `not-comparable`: of nobody can anything be told.
 * `rules`: where an open rule is not the same, or is open under one rule set only.
 */
export type MayMove = 'nothing' | 'all' | 'not-comparable' | { rules: (id: string) => boolean }

/** What the change from one standing to another comes to, for every case: what `judgeOf` says of one. */
export function movesOfMany(before: StandingOfMany, after: StandingOfMany, mayMove: MayMove, bits: Bitmaps): Record<Move, Bitmap> {
  if (mayMove === 'not-comparable') return { up: bits.none, down: bits.none, 'cannot-tell': bits.all, unchanged: bits.none }
  const care = stepOfMany(before.care, after.care, bits)
  const pace = stepOfMany(before.pace, after.pace, bits)
  const down = bits.union([care.down, bits.without(pace.down, care.up)])
  const rest = bits.without(bits.all, bits.union([down, care.up]))
  const cannotTell =
    mayMove === 'nothing' ? bits.none : bits.intersection([rest, unsettled(before.care, bits), openOtherwise(before, after, mayMove, bits)])
  const up = bits.union([care.up, bits.without(bits.intersection([rest, pace.up]), cannotTell)])
  return { up, down, 'cannot-tell': cannotTell, unchanged: bits.without(rest, bits.union([cannotTell, up])) }
}

/** An end that falls is down, whatever else rises. */
function stepOfMany(before: Steps, after: Steps, bits: Bitmaps): { up: Bitmap; down: Bitmap } {
  if (before === after) return { up: bits.none, down: bits.none }
  const pairs: (readonly [Bitmap, Bitmap])[] = []
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name) ?? [], after.get(name) ?? []]
    for (const value of new Set([...was, ...is].map((step) => step.value))) {
      const [one, other] = [reaching(was, value), reaching(is, value)]
      pairs.push([one?.least ?? bits.none, other?.least ?? bits.none], [one?.most ?? bits.none, other?.most ?? bits.none])
    }
  }
  const [down, risen] = bits.apart(pairs.filter(([one, other]) => one !== other))
  return { up: bits.without(risen, down), down }
}

/** The cases that have so much or more: the step with the least value that is not below it. */
const reaching = (steps: readonly Step[], value: number): Step | undefined => steps.findLast((step) => step.value >= value)

/** Where the ends are apart. */
const unsettled = (steps: Steps, bits: Bitmaps): Bitmap => bits.apart([...steps.values()].flat().map(({ least, most }) => [most, least]))[0]

/** Where what is open is not the same, or not in the same order. */
function openOtherwise({ open: before }: StandingOfMany, { open: after }: StandingOfMany, mayMove: MayMove, bits: Bitmaps): Bitmap {
  if (typeof mayMove === 'string') return bits.all
  const ids = [...new Set([...before.keys(), ...after.keys()])]
  const apart = ids.flatMap((id) => {
    const [one, other] = [before.get(id) ?? bits.none, after.get(id) ?? bits.none]
    if (!mayMove.rules(id)) return [one, other]
    return one === other ? [] : [bits.difference(one, other)]
  })
  return bits.union([bits.none, ...apart, ...inOtherOrder(before, after, bits)])
}

/** Two rules that change places, where both are open. */
function inOtherOrder(before: StandingOfMany['open'], after: StandingOfMany['open'], bits: Bitmaps): Bitmap[] {
  const ids = [...before.keys()].filter((id) => after.has(id))
  const placeNow = new Map([...after.keys()].map((id, place) => [id, place]))
  return ids.flatMap((id, place) => {
    const overtaken = ids.slice(place + 1).filter((later) => placeNow.get(id)! > placeNow.get(later)!)
    return overtaken.map((later) => bits.intersection([before.get(id)!, before.get(later)!]))
  })
}

/** So many cases stood so before, and stand so after. */
export function swapsOfMany(
  before: StandingOfMany['words'],
  after: StandingOfMany['words'],
  moved: Readonly<Record<Move, Bitmap>>,
): Swap[] {
  const texts = [...new Set(after.map(({ text }) => text))]
  const known = codesOf(before)
  const counts = new Int32Array(known.texts.length * texts.length * moves.length)
  after.forEach(({ text, cases }) => {
    moves.forEach((move, at) =>
      countCodes(known.codes, cases, moved[move], counts, texts.length * moves.length, texts.indexOf(text) * moves.length + at),
    )
  })
  return known.texts.flatMap((one, place) =>
    texts.flatMap((other, placeNow) =>
      moves.flatMap((move, at): Swap[] => {
        const count = counts[(place * texts.length + placeNow) * moves.length + at]!
        return count === 0 ? [] : [{ before: one, after: other, move, count }]
      }),
    ),
  )
}

/** For each code, how many cases with it are in both. Of each code the count stands `stride` behind that of the one before. */
function countCodes(codes: Uint16Array, these: Bitmap, those: Bitmap, counts: Int32Array, stride: number, first: number): void {
  for (let word = 0; word < these.length; word++) {
    for (let bits = these[word]! & those[word]!; bits !== 0; bits &= bits - 1) {
      counts[codes[word * 32 + 31 - Math.clz32(bits & -bits)]! * stride + first]!++
    }
  }
}

/** The words of the published rule set are counted for each draft: for each case the place of its text. */
function codesOf(words: StandingOfMany['words']): { texts: readonly string[]; codes: Uint16Array } {
  const known = remembered.get(words)
  if (known) return known
  const texts = [...new Set(words.map(({ text }) => text))]
  const codes = new Uint16Array(32 * (words[0]?.cases.length ?? 0))
  for (const { text, cases } of words) for (const place of placesIn(cases)) codes[place] = texts.indexOf(text)
  remembered.set(words, { texts, codes })
  return { texts, codes }
}
const remembered = new WeakMap<StandingOfMany['words'], { texts: readonly string[]; codes: Uint16Array }>()
