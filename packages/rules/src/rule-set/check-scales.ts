import { byNumber } from '../kinds/rule.ts'
import { suggestion } from '../language/did-you-mean.ts'
import { escaped } from '../language/pointer.ts'
import { checkBands, type Scores } from '../kinds/check-bands.ts'
import type { ResolvedDocument } from './document.ts'
import type { Refuse } from './extend.ts'
import { reachedScores } from './reached-scores.ts'
import { reachOf, type Scale, type ScaleScore, sizeOf, subscalesOf } from './scale.ts'

/** So many means have a common denominator that a double holds. */
const MOST_MEANS = 4
/** Sums looked at for all bands of all scales. Some milliseconds. */
const MOST_SUMS = 100_000

/** Whether the parts of every scale fit together. */
export function checkScales({ scales }: ResolvedDocument, refuse: Refuse): void {
  const budget = { left: MOST_SUMS }
  for (const [id, scale] of Object.entries(scales)) {
    const at = `/scales/${escaped(id)}`
    const { minimum, maximum } = scale.answers
    if (minimum >= maximum)
      refuse('empty-bounds', `${at}/answers`, `the minimum ${minimum} is not below the maximum ${maximum}`, 'swap them')
    checkOrder(scale.subscales, `${at}/subscales`, refuse)
    checkOrder(scale.scores, `${at}/scores`, refuse)
    checkItems(scale, at, refuse)
    checkAsking(scale, at, refuse)
    for (const [name, score] of Object.entries(scale.scores)) checkScore(score, scale, `${at}/scores/${escaped(name)}`, budget, refuse)
  }
}

/** Order comes from numbers, so no two may be equal. */
function checkOrder(entries: Readonly<Record<string, { number: number }>>, at: string, refuse: Refuse): void {
  const holders = new Map<number, string>()
  const free = Math.max(0, ...Object.values(entries).map((entry) => entry.number)) + 1
  for (const [id, { number }] of Object.entries(entries)) {
    const other = holders.get(number)
    if (other === undefined) holders.set(number, id)
    else refuse('duplicate-number', `${at}/${escaped(id)}/number`, `"${other}" has number ${number} already`, `${free} is free`)
  }
}

/** Item numbers stand in every subscale or in none; each from 1 up to the last is in exactly one. */
function checkItems({ subscales }: Scale, at: string, refuse: Refuse): void {
  const entries = Object.entries(subscales)
  if (entries.length === 0) return refuse('empty-scale', `${at}/subscales`, 'there is no subscale', 'name one')
  const numbered = entries.filter(([, { items }]) => typeof items !== 'number')
  if (numbered.length === 0) return
  const bare = entries.find(([, { items }]) => typeof items === 'number')
  if (bare)
    return refuse(
      'item-numbers',
      `${at}/subscales/${escaped(bare[0])}/items`,
      'other subscales name the numbers of their items, and this one does not',
      'name them in all, or in none',
    )
  const holders = new Map<number, string>()
  const count = entries.reduce((sum, [, subscale]) => sum + sizeOf(subscale), 0)
  for (const [id, { items }] of entries) {
    for (const [index, item] of (items as readonly number[]).entries()) {
      const place = `${at}/subscales/${escaped(id)}/items/${index}`
      const other = holders.get(item)
      if (other !== undefined) refuse('item-numbers', place, `item ${item} stands in "${other}" already`, 'an item counts once')
      else if (item > count) refuse('item-numbers', place, `there are ${count} items, and this is number ${item}`, `write 1 to ${count}`)
      holders.set(item, other ?? id)
    }
  }
}

function checkAsking({ subscales, answers: { maximum } }: Scale, at: string, refuse: Refuse): void {
  for (const [id, { asksAbove }] of Object.entries(subscales)) {
    if (asksAbove !== undefined && asksAbove >= maximum)
      refuse(
        'never-asks',
        `${at}/subscales/${escaped(id)}/asksAbove`,
        `no answer is above ${asksAbove}: the most is ${maximum}`,
        `write ${maximum - 1} or less`,
      )
  }
}

function checkScore(score: ScaleScore, scale: Scale, at: string, budget: { left: number }, refuse: Refuse): void {
  const { formula, missingAllowed, cutOff, bands, reliableChange } = score
  const named = subscalesOf(formula)
  if (!checkNames(named, scale, `${at}/formula`, refuse)) return
  if (formula.by === 'means' && named.length > MOST_MEANS)
    return refuse(
      'too-many',
      `${at}/formula`,
      `${named.length} means are added up or taken away; ${MOST_MEANS} are allowed`,
      'take some away',
    )
  const sizes = named.map((id) => sizeOf(scale.subscales[id]!))
  const items = formula.by === 'means' ? Math.min(...sizes) : sizes.reduce((sum, size) => sum + size, 0)
  if (missingAllowed >= items)
    return refuse(
      'nothing-answered',
      `${at}/missingAllowed`,
      `there would be a score with no answer at all: it rests on ${items} items`,
      `write ${items - 1} or less`,
    )
  const { least, most } = reachOf(formula, scale)
  if (cutOff !== undefined && (cutOff <= least || cutOff > most))
    refuse('out-of-reach', `${at}/cutOff`, `the score goes from ${least} to ${most}, and ${cutOff} divides nothing`, 'look it up again')
  if (bands) {
    checkOrder(bands, `${at}/bands`, refuse)
    const scores = reachedScores(score, scale, budget)
    checkBands(bands, `${at}/bands`, scores, refuse)
    checkBandsReached(bands, `${at}/bands`, scores, refuse)
  }
  if (reliableChange && reliableChange.atLeast > most - least)
    refuse(
      'out-of-reach',
      `${at}/reliableChange/atLeast`,
      `the score goes from ${least} to ${most}, and never changes by ${reliableChange.atLeast}`,
      'look it up again',
    )
}

function checkBandsReached(bands: NonNullable<ScaleScore['bands']>, at: string, { most, within }: Scores, refuse: Refuse): void {
  byNumber(bands).forEach(([id, { from }], index, inOrder) => {
    const next = inOrder[index + 1]?.[1].from
    if (next !== undefined && next <= from) return
    if (within({ low: from, lowCounts: true, high: next ?? most, highCounts: next === undefined })) return
    const end = next === undefined ? `the score goes up to ${most}` : `the next begins at ${next}`
    refuse('out-of-reach', `${at}/${escaped(id)}/from`, `no score is in "${id}": it begins at ${from}, and ${end}`, 'look it up again')
  })
}

/** Every subscale there is, and none twice. */
function checkNames(named: readonly string[], { subscales }: Scale, at: string, refuse: Refuse): boolean {
  const known = Object.keys(subscales)
  const unknown = named.filter((id) => !known.includes(id))
  for (const id of unknown) refuse('unknown-subscale', at, `there is no subscale "${id}"`, suggestion(id, known).help)
  const twice = named.find((id, index) => named.indexOf(id) !== index)
  if (twice !== undefined) refuse('duplicate-subscale', at, `the subscale "${twice}" stands here twice`, 'name it once')
  return unknown.length === 0 && twice === undefined
}
