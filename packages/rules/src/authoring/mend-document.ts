import type { Issue } from '../issue.ts'
import { didYouMean } from '../language/did-you-mean.ts'
import { escaped } from '../language/pointer.ts'
import { isRecord } from '../language/values.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'
import type { PutRight } from './echoes.ts'
import { ALWAYS, anyOfShape, segmentsOf, shapeAt, valueAt } from './shape-at.ts'

/** A document while it is put right: a copy, changed in place. */
export type Draft = {
  document: unknown
  inherited: ResolvedDocument | undefined
  /** Ids and versions that `extends` can name. */
  parents: readonly { id: string; version: string }[]
  right: PutRight
  /** The next number that nobody has. */
  free: number
}

/** Puts right what an issue is about, in whatever way lets the rest be read. False where there is no way. */
export function putRight(draft: Draft, { at, code }: Issue): boolean {
  const segments = segmentsOf(at)
  if (at === '/extends') return code === 'unknown-parent' && withMeantParent(draft)
  const conditions = segments[0] === 'conditions' && segments.length > 1 ? 2 : segments[2] === 'conditions' ? 3 : 0
  if (conditions > 0 && code !== 'id-form' && code !== 'needs-removal' && segments.length >= conditions)
    return put(draft, segments.slice(0, conditions), ALWAYS)
  const done = remedies[code]?.(draft, segments)
  return done ?? (formCodes.has(code) ? reshaped(draft, segments) : false)
}

/** The last resort: the whole entry, section or value is taken out. What it defined is lost. */
export function takeOut({ document, right }: Draft, { at }: Issue): boolean {
  const segments = segmentsOf(at)
  const unit = segments.slice(0, segments[0] === 'remove' ? 3 : segments[0] === 'instrument' || segments[0] === 'locked' ? 1 : 2)
  const [part = '', id = ''] = unit
  const name =
    part === 'parameters' ? `parameter.${id}` : part === 'facts' || part === 'conditions' ? id : part === 'instrument' ? part : ''
  if (name !== '') right.lost.add(name)
  right.places.add(pointer(unit))
  return remove(document, unit)
}

type Remedy = (draft: Draft, segments: readonly string[]) => boolean

const dropped: Remedy = ({ document, right }, segments) => {
  right.places.add(pointer(segments))
  return remove(document, segments)
}

const fromInherited: Remedy = (draft, segments) => {
  if (segments[0] !== 'instrument') return dropped(draft, segments)
  const value = valueAt(draft.inherited, segments)
  return (
    value !== undefined &&
    put(draft, segments, segments.at(-1) === 'factors' ? { ...record(value), ...record(valueAt(draft.document, segments)) } : value)
  )
}

/** By code, where the form alone does not say what would be right. */
const remedies: Readonly<Record<string, Remedy>> = {
  'unknown-key': renamed,
  'forbidden-key': dropped,
  'no-parent': dropped,
  'unknown-replaced': dropped,
  'unknown-removal': dropped,
  'loosened-bound': dropped,
  locked: fromInherited,
  'band-gap': withoutEnd,
  'band-overlap': withoutEnd,
  'empty-bounds': withoutEnd,
  'needs-replaces': (draft, segments) => put(draft, [...segments, 'replaces'], true),
  'removed-and-written': (draft, segments) => dropped(draft, segments) && put(draft, [...segments.slice(1), 'replaces'], true),
  'duplicate-number': (draft, segments) =>
    put(draft, segments, segments[0] === 'instrument' ? 1000 - draft.free++ : 900_000 + draft.free++),
  'instrument-scoring': (draft, segments) => put(draft, segments, 'another-instrument'),
  'instrument-version': (draft, segments) => put(draft, segments, '999999.0.0'),
  'no-bounds': (draft, segments) => put(draft, segments, valueAt(draft.document, [...segments, 'value'])),
  'no-choices': (draft, segments) => put(draft, segments.slice(0, -1), valueAt(draft.document, [...segments.slice(0, -1), 'value'])),
}

/** Those of `checkShape`: any value of the form will do. */
const formCodes: ReadonlySet<string> = new Set([
  'wrong-type',
  'empty-text',
  'text-form',
  'too-small',
  'too-large',
  'unknown-choice',
  'not-a-day',
  'empty-list',
  'missing-key',
])

/** A band that says where it ends does not have to. */
function withoutEnd(draft: Draft, segments: readonly string[]): boolean {
  return segments.at(-1) === 'to' && segments.at(-3) === 'bands' && dropped(draft, segments)
}

/** A misspelt key means the one that is missing; what it holds is looked at under its right name. Its place is not ours then. */
function renamed(draft: Draft, segments: readonly string[]): boolean {
  const [key = '', around] = [segments.at(-1), segments.slice(0, -1)]
  const shape = shapeAt(draft.document, around)
  const holder = valueAt(draft.document, around)
  if (!isRecord(holder)) return false
  const fields = shape?.is === 'object' ? Object.keys(shape.fields) : casesOf(shape, holder)
  const meant = didYouMean(key, fields)
  if (meant !== undefined && !Object.hasOwn(holder, meant)) {
    Object.assign(holder, { [meant]: holder[key] })
    draft.right.places.add(pointer([...around, meant]))
  }
  return remove(draft.document, segments)
}

function casesOf(shape: ReturnType<typeof shapeAt>, holder: Readonly<Record<string, unknown>>): string[] {
  if (shape?.is !== 'tagged') return []
  const tag = holder[shape.by]
  return typeof tag === 'string' && Object.hasOwn(shape.cases, tag) ? Object.keys(shape.cases[tag]?.fields ?? {}) : []
}

function reshaped(draft: Draft, segments: readonly string[]): boolean {
  const shape = shapeAt(draft.document, segments)
  const held = valueAt(draft.document, segments)
  if (!shape) return false
  if (shape.is === 'choice' && typeof held === 'string') {
    const meant = didYouMean(held, shape.of)
    if (meant !== undefined) return put(draft, segments, meant)
    // Of another case everything beside it would be wrong too.
    const around = shapeAt(draft.document, segments.slice(0, -1))
    if (around?.is === 'tagged') return put(draft, segments.slice(0, -1), anyOfShape(around))
  }
  if (isRecord(held) && (shape.is === 'object' || shape.is === 'tagged')) return completed(draft, segments, held, shape)
  return put(draft, segments, numbered(draft, segments, anyOfShape(shape)))
}

/** Every key that is missing gets a value. */
function completed(
  draft: Draft,
  segments: readonly string[],
  held: Readonly<Record<string, unknown>>,
  shape: Exclude<ReturnType<typeof shapeAt>, undefined>,
): boolean {
  const tag = shape.is === 'tagged' ? held[shape.by] : undefined
  const object = shape.is === 'tagged' ? (typeof tag === 'string' && Object.hasOwn(shape.cases, tag) ? shape.cases[tag] : undefined) : shape
  if (object?.is !== 'object') return put(draft, segments, anyOfShape(shape))
  const missing = Object.entries(object.fields).filter(([name, field]) => !field.optional && !Object.hasOwn(held, name))
  for (const [name, field] of missing) put(draft, [...segments, name], numbered(draft, [...segments, name], anyOfShape(field.shape)))
  return missing.length > 0
}

const numbered = (draft: Draft, segments: readonly string[], value: unknown): unknown =>
  segments.at(-1) !== 'number' ? value : segments[0] === 'instrument' ? 1000 - draft.free++ : 900_000 + draft.free++

function withMeantParent(draft: Draft): boolean {
  const wanted = record(valueAt(draft.document, ['extends']))
  const [id, version] = [String(wanted['id']), String(wanted['version'])]
  const meant = didYouMean(
    `${id} ${version}`,
    draft.parents.map((each) => `${each.id} ${each.version}`),
  )
  const parent = draft.parents.find((each) => `${each.id} ${each.version}` === meant) ?? draft.parents.find((each) => each.id === id)
  return parent !== undefined && put(draft, ['extends'], { id: parent.id, version: parent.version })
}

function put({ document, right }: Draft, segments: readonly string[], value: unknown): boolean {
  const holder = valueAt(document, segments.slice(0, -1))
  const key = segments.at(-1)
  if (key === undefined || typeof holder !== 'object' || holder === null) return false
  right.places.add(pointer(segments))
  // A copy: what is inherited is frozen, and what is ours is written once.
  Object.assign(holder, { [key]: JSON.parse(JSON.stringify(value ?? null)) as unknown })
  return true
}

/** A list keeps its other items where they are. */
function remove(document: unknown, segments: readonly string[]): boolean {
  const holder = valueAt(document, segments.slice(0, -1))
  const key = segments.at(-1)
  if (key === undefined || !isRecord(holder)) return false
  return Object.hasOwn(holder, key) && Reflect.deleteProperty(holder, key)
}

const record = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {})
const pointer = (segments: readonly string[]): string => segments.map((part) => `/${escaped(part)}`).join('')
