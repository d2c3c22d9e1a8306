import { kindIds, type KindId } from '../rule-set/document.ts'
import type { Effects } from './effect.ts'
import { together } from './reach.ts'

/**
 * What a change can do to cases, by how it is written:
 * `wording` to none; `additive` to none, something is there that was not, or the other way round, and no outcome rests on it;
 * `moves-up`, `moves-down` to some, and only that way; `cannot-tell`: to some, and which way is for a trial on past cases to show.
 */
export const changeClasses = ['moves-down', 'cannot-tell', 'moves-up', 'additive', 'wording'] as const
export type ChangeClass = (typeof changeClasses)[number]

export type Change = {
  class: ChangeClass
  /** JSON pointer into the resolved document: an id, never a place in a list. */
  at: string
  /** The kinds of rule whose outcome it may move. */
  kinds: KindId[]
  /** `missesAllowed 0 → 1 (Misses allowed where a provider removes for missing)`. One line, without a full stop. */
  inWords: string
}

/** A change of which is known what it may move. `otherwise`: what it is where it moves nothing. */
export function change(at: string, inWords: string, effects: Effects, otherwise: 'wording' | 'additive'): Change {
  const kinds = kindIds.filter((kind) => effects[kind] !== undefined && effects[kind] !== 'same')
  const effect = together(kinds.map((kind) => effects[kind] ?? 'same'))
  const classes = { same: otherwise, wider: 'moves-up', narrower: 'moves-down', unclear: 'cannot-tell' } as const
  return { class: classes[effect], at, kinds, inWords: inWords.replaceAll(/\s+/g, ' ') }
}

/** Texts that explain and decide nothing. */
export function wordingOf<Key extends string>(
  at: string,
  named: string,
  before: Readonly<Partial<Record<Key, unknown>>>,
  after: Readonly<Partial<Record<Key, unknown>>>,
  keys: readonly Key[],
): Change[] {
  return keys
    .filter((key) => before[key] !== after[key])
    .map((key) => change(`${at}/${key}`, `${named}: ${key} ${quoted(before[key])} → ${quoted(after[key])}`, {}, 'wording'))
}

export const quoted = (value: unknown): string =>
  value === undefined ? 'none' : typeof value === 'string' ? `“${value}”` : JSON.stringify(value)

/** What two records have in common and what only one of them has, in the order of the ids. */
export function matched<Value>(before: Readonly<Record<string, Value>>, after: Readonly<Record<string, Value>>) {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return ids.map((id) => ({
    id,
    before: Object.hasOwn(before, id) ? before[id] : undefined,
    after: Object.hasOwn(after, id) ? after[id] : undefined,
  }))
}
