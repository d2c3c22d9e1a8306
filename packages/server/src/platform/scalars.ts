import { Kind, type ValueNode } from 'graphql'
import { isDay } from './clock.ts'
import { fault } from './errors.ts'

type TextScalar = {
  description: string
  serialize: (value: unknown) => string
  parseValue: (value: unknown) => string
  parseLiteral: (node: ValueNode) => string
}

// eslint-disable-next-line no-control-regex -- these are the characters to refuse
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/
// Characters that change the order in which the text around them is shown.
const bidirectional = /[\u202a-\u202e\u2066-\u2069]/

/** Text that a database and a screen can hold. Says what is wrong, never what was sent. */
export function cleanText(value: unknown, name: string, least: number, most: number): string {
  if (typeof value !== 'string') throw fault('BAD_INPUT', `${name} takes text`)
  if (control.test(value)) throw fault('BAD_INPUT', `${name} holds a control character; send plain text`)
  if (loneSurrogate.test(value))
    throw fault('BAD_INPUT', `${name} holds half a character (an unpaired surrogate); send well-formed Unicode`)
  if (bidirectional.test(value)) throw fault('BAD_INPUT', `${name} holds a character that reorders text; send plain text`)
  const text = value.trim()
  if (text.length < least) throw fault('BAD_INPUT', least === 1 ? `${name} may not be empty` : `${name} needs at least ${least} characters`)
  if (text.length > most) throw fault('BAD_INPUT', `${name} may have at most ${most} characters`)
  return text
}

const textScalar = (name: string, description: string, parse: (value: unknown) => string): TextScalar => ({
  description,
  serialize: String,
  parseValue: parse,
  parseLiteral: (node) => {
    if (node.kind !== Kind.STRING) throw fault('BAD_INPUT', `${name} takes text in quotes`)
    return parse(node.value)
  },
})

const day = (value: unknown) => {
  if (typeof value !== 'string' || !isDay(value) || value < '1900-01-01' || value > '2199-12-31')
    throw fault('BAD_INPUT', 'Day takes a day of the calendar as YYYY-MM-DD, from 1900-01-01 to 2199-12-31')
  return value
}

const instant = (value: unknown) => {
  const ok =
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
    isDay(value.slice(0, 10))
  const at = ok ? new Date(value) : undefined
  if (!at || Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1900 || at.getUTCFullYear() > 2199)
    throw fault('BAD_INPUT', 'Instant takes a moment with its offset, such as 2026-05-01T09:30:00Z')
  return at.toISOString()
}

const exactText = (value: unknown) => {
  if (typeof value !== 'string') throw fault('BAD_INPUT', 'ExactText takes text')
  if (value === '') throw fault('BAD_INPUT', 'ExactText may not be empty')
  if (value.length > 262_144) throw fault('BAD_INPUT', 'ExactText may have at most 262144 characters')
  return value
}

/** The scalars beside GraphQL's own. */
export const scalars = {
  Day: textScalar('Day', 'A day of the calendar, `YYYY-MM-DD`. Never a moment: it has no time zone.', day),
  Instant: textScalar('Instant', 'A moment in UTC, `2026-05-01T09:30:00.000Z`. Input may carry another offset.', instant),
  ShortText: textScalar('ShortText', 'One line of text, 1 to 200 characters after trimming.', (value) =>
    cleanText(value, 'ShortText', 1, 200),
  ),
  LongText: textScalar('LongText', 'Text, 1 to 4,000 characters after trimming.', (value) => cleanText(value, 'LongText', 1, 4000)),
  ExactText: textScalar(
    'ExactText',
    'The text of a document, kept byte for byte: nothing is trimmed or made uniform. 1 to 262,144 characters.',
    exactText,
  ),
  IdempotencyKey: textScalar(
    'IdempotencyKey',
    'Chosen by the caller for one create, 8 to 100 characters. The same key with the same input creates once.',
    (value) => cleanText(value, 'IdempotencyKey', 8, 100),
  ),
}
