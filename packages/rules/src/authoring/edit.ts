import { escaped } from '../language/pointer.ts'
import { isRecord } from '../language/values.ts'
import type { Rule } from '../kinds/rule.ts'
import { canonicalJson } from '../rule-set/canonical-json.ts'
import { documentShape } from '../rule-set/document-shape.ts'
import type { KindId, ParameterSetting } from '../rule-set/document.ts'
import { parseJson } from '../rule-set/json-text.ts'
import { withoutComments } from './comments.ts'
import { layoutOf, written } from './layout.ts'
import { segmentsOf, valueAt } from './shape-at.ts'
import { type Span, spansOf } from './spans.ts'

/** `length` characters at `offset` (UTF-16 units from 0) give way to `content`. Several are applied at once: all offsets are those of the text before. */
export type TextEdit = { offset: number; length: number; content: string }

/** An edit that cannot be made: the text is not JSON, comments aside, or the place is not there, or is taken. The message says which. */
export class CannotEdit extends Error {
  override name = 'CannotEdit'
}

export const applyEdits = (text: string, edits: readonly TextEdit[]): string =>
  edits
    .toSorted((one, other) => other.offset - one.offset)
    .reduce((result, { offset, length, content }) => `${result.slice(0, offset)}${content}${result.slice(offset + length)}`, text)

/**
 * Puts another value where a JSON pointer leads. Everything else keeps its place and its layout; where it is the same value, there is no edit.
 * @throws CannotEdit
 */
export function replaceValue(text: string, pointer: string, value: unknown): TextEdit[] {
  const page = open(text)
  const span = page.spans.get(pointer)
  if (!span) throw new CannotEdit(`there is nothing at ${pointer}`)
  if (canonicalJson(valueAt(page.value, segmentsOf(pointer))) === canonicalJson(value)) return []
  const line = text.slice(lineStart(text, span.from), span.from)
  return [{ offset: span.from, length: span.to - span.from, content: written(value, marginOf(line), line.length, layoutOf(page.bare)) }]
}

/**
 * Sets a parameter: its plain value, or the `value` of a definition or of tighter bounds. One that is not there yet is added at the end.
 * Whether there is such a parameter, and the value fits, `validate` says.
 * @throws CannotEdit
 */
export function setParameter(text: string, id: string, value: ParameterSetting): TextEdit[] {
  const page = open(text)
  const at = `/parameters/${escaped(id)}`
  if (page.spans.has(`${at}/value`) && !isRecord(value)) return replaceValue(text, `${at}/value`, value)
  return page.spans.has(at) ? replaceValue(text, at, value) : inSection(page, ['parameters'], id, value)
}

/**
 * Adds a rule at the end of its kind, which is added too where it is missing.
 * @throws CannotEdit where the document has a rule of this id already
 */
export function addRule(text: string, kind: KindId, id: string, rule: Rule): TextEdit[] {
  return inSection(open(text), [kind], id, rule)
}

/**
 * Takes a rule out. One that is inherited, replaced here or not, is listed under `remove` with the reason.
 * @throws CannotEdit where there is a reason already
 */
export function removeRule(text: string, kind: KindId, id: string, reason: string): TextEdit[] {
  const page = open(text)
  const at = `/${kind}/${escaped(id)}`
  const isHere = page.spans.has(at)
  const isInherited = !isHere || page.spans.has(`${at}/replaces`)
  return [...(isHere ? without(page, at) : []), ...(isInherited ? inSection(page, ['remove', kind], id, reason) : [])]
}

/** `bare`: with blanks where comments stand. */
type Page = { text: string; bare: string; value: unknown; spans: ReadonlyMap<string, Span> }

function open(text: string): Page {
  const bare = withoutComments(text)
  const parsed = parseJson(bare)
  if (Array.isArray(parsed)) throw new CannotEdit(`the text is not JSON: ${parsed[0]?.message ?? ''}, line ${parsed[0]?.line ?? 1}`)
  if (!isRecord(parsed.value)) throw new CannotEdit('the text holds no object')
  return { text, bare, value: parsed.value, spans: spansOf(bare) }
}

/** A new member of a section; sections on the way that are missing come along. */
function inSection(page: Page, path: readonly string[], key: string, value: unknown): TextEdit[] {
  const pointers = path.map(
    (_, index) =>
      `/${path
        .slice(0, index + 1)
        .map(escaped)
        .join('/')}`,
  )
  const missing = pointers.findIndex((pointer) => !page.spans.has(pointer))
  if (missing === -1) return added(page, pointers.at(-1) ?? '', key, value)
  const whole = path.slice(missing + 1).reduceRight<unknown>((inner, part) => ({ [part]: inner }), { [key]: value })
  return added(page, pointers[missing - 1] ?? '', path[missing] ?? key, whole)
}

/** At the end of an object; a section of the document at its usual place. A comment stays in the line of what it is about. */
function added(page: Page, holder: string, key: string, value: unknown): TextEdit[] {
  const { text, bare, spans } = page
  const span = spans.get(holder)
  if (!span || text[span.from] !== '{') throw new CannotEdit(`what stands at ${holder || 'the root'} is no object`)
  if (span.keys.includes(key)) throw new CannotEdit(`${holder}/${escaped(key)} is there already`)
  const layout = layoutOf(bare)
  const member = (margin: string) => {
    const start = `${JSON.stringify(key)}: `
    return start + written(value, margin, margin.length + start.length, layout)
  }
  const before = holder === '' ? span.keys.findLast((each) => sections.indexOf(each) < sections.indexOf(key)) : span.keys.at(-1)
  const neighbour = spans.get(`${holder}/${escaped(before ?? span.keys[0] ?? '')}`)
  if (!neighbour) return [intoEmpty(page, span, member, layout)]
  const margin = bare.slice(lineStart(text, neighbour.key ?? 0), neighbour.key)
  const [separator, inner] =
    margin.trim() === '' && text.slice(span.from, neighbour.key).includes('\n')
      ? [layout.newline + margin, margin]
      : [' ', marginOf(margin)]
  if (before === undefined) return [{ offset: neighbour.key ?? 0, length: 0, content: `${member(inner)},${separator}` }]
  const comment = separator === ' ' ? null : /^[ \t]*(,?)[ \t]*\/[/*].*/.exec(text.slice(neighbour.to))
  if (!comment) return [{ offset: neighbour.to, length: 0, content: `,${separator}${member(inner)}` }]
  const afterComment = { offset: neighbour.to + comment[0].trimEnd().length, length: 0 }
  return comment[1] === ','
    ? [{ ...afterComment, content: `${separator}${member(inner)},` }]
    : [
        { offset: neighbour.to, length: 0, content: ',' },
        { ...afterComment, content: separator + member(inner) },
      ]
}

function intoEmpty(
  { text }: Page,
  span: Span,
  member: (margin: string) => string,
  { newline, indent }: ReturnType<typeof layoutOf>,
): TextEdit {
  const margin = marginOf(text.slice(lineStart(text, span.from), span.from))
  const content = newline + margin + indent + member(margin + indent) + newline + margin
  const comments = text.slice(span.from + 1, span.to - 1).trimEnd()
  return { offset: span.from + 1 + comments.length, length: span.to - span.from - 2 - comments.length, content }
}

/** A member with the comma that it needed. Comments around it stay: only who wrote them can say what they are about. */
function without({ text, bare, spans }: Page, pointer: string): TextEdit[] {
  const holder = pointer.slice(0, pointer.lastIndexOf('/'))
  const around = spans.get(holder)
  const siblings = (around?.keys ?? []).map((key) => spans.get(`${holder}/${escaped(key)}`))
  const index = siblings.indexOf(spans.get(pointer))
  const [previous, member, following] = [siblings[index - 1], siblings[index], siblings[index + 1]]
  if (!around || !member || member.key === undefined) throw new CannotEdit(`there is nothing at ${pointer}`)
  const [from, to] =
    following?.key !== undefined ? [member.key, following.key] : previous ? [previous.to, member.to] : [around.from + 1, around.to - 1]
  const isBare = text.slice(from, member.key) === bare.slice(from, member.key) && text.slice(member.to, to) === bare.slice(member.to, to)
  if (isBare) return [{ offset: from, length: to - from, content: '' }]
  const comma = following ? bare.indexOf(',', member.to) : previous ? bare.indexOf(',', previous.to) : undefined
  return [
    { offset: member.key, length: member.to - member.key, content: '' },
    ...(comma === undefined ? [] : [{ offset: comma, length: 1, content: '' }]),
  ]
}

const sections = Object.keys(documentShape.fields)
const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1
const marginOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? ''
