import { didYouMean } from '@plumbline/rules'

/** Something wrong in a document, with its place (a JSON pointer) and what to do. */
export type Fault = { code: string; at: string; message: string; help: string }

/** Looks at one value of a document and says what is wrong with it. */
export type Shape = { what: string; look(value: unknown, at: string, say: (fault: Fault) => void): void }

const kindOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'an object'
        : typeof value === 'string'
          ? 'a text'
          : `a ${typeof value}`

const wrongType = (at: string, needed: string, value: unknown, what: string): Fault => ({
  code: 'value-type',
  at,
  message: `${needed} is needed, and this is ${kindOf(value)}`,
  help: what,
})

/** One line of text; `pattern` with its description where not any text will do. */
export const text = (what: string, pattern?: RegExp): Shape => ({
  what,
  look(value, at, say) {
    if (typeof value !== 'string') return say(wrongType(at, 'a text', value, what))
    // oxlint-disable-next-line no-control-regex -- these are the characters to refuse
    if (value.trim() === '' || value.length > 500 || /[\u0000-\u001f\u007f]/.test(value))
      return say({ code: 'value', at, message: 'one line of 1 to 500 characters is needed', help: what })
    if (pattern && !pattern.test(value)) say({ code: 'value', at, message: 'this is not written as it must be', help: what })
  },
})

/** A whole number, both ends included. */
export const whole = (what: string, least: number, most: number): Shape => ({
  what,
  look(value, at, say) {
    if (typeof value !== 'number') return say(wrongType(at, 'a whole number', value, what))
    if (!Number.isInteger(value) || value < least || value > most)
      say({ code: 'value', at, message: `a whole number from ${least} to ${most} is needed`, help: what })
  },
})

/** One of these words. */
export const oneOfWords = (what: string, known: readonly string[]): Shape => ({
  what,
  look(value, at, say) {
    if (typeof value !== 'string') return say(wrongType(at, 'a text', value, what))
    if (!known.includes(value)) say({ code: 'value', at, message: 'this word is not known here', help: suggestion(value, known) })
  },
})

export const list = (what: string, item: Shape, least: number, most: number): Shape => ({
  what,
  look(value, at, say) {
    if (!Array.isArray(value)) return say(wrongType(at, 'a list', value, what))
    if (value.length < least || value.length > most)
      return say({ code: 'length', at, message: `${least} to ${most} are needed, and there are ${value.length}`, help: what })
    value.forEach((one, index) => item.look(one, `${at}/${index}`, say))
  },
})

/** An object with these fields, all of them and no other. */
export const object = (what: string, fields: Record<string, Shape>): Shape => ({
  what,
  look(value, at, say) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return say(wrongType(at, 'an object', value, what))
    for (const name of Object.keys(value))
      if (!Object.hasOwn(fields, name))
        say({
          code: 'unknown-key',
          at: `${at}/${pointer(name)}`,
          message: 'nothing here has this name',
          help: suggestion(name, Object.keys(fields)),
        })
    for (const [name, shape] of Object.entries(fields))
      if (Object.hasOwn(value, name)) shape.look((value as Record<string, unknown>)[name], `${at}/${name}`, say)
      else say({ code: 'missing-key', at, message: `"${name}" is missing`, help: `${name}: ${shape.what}` })
  },
})

/** An object whose other fields depend on the word that stands in `tag`. */
export const variant = (what: string, tag: string, variants: Record<string, Record<string, Shape>>): Shape => ({
  what,
  look(value, at, say) {
    const word =
      typeof value === 'object' && value !== null && Object.hasOwn(value, tag) ? (value as Record<string, unknown>)[tag] : undefined
    const words = oneOfWords(`one of: ${Object.keys(variants).join(', ')}`, Object.keys(variants))
    const fields = typeof word === 'string' && Object.hasOwn(variants, word) ? variants[word]! : undefined
    if (fields || typeof value !== 'object' || value === null || Array.isArray(value) || word === undefined)
      return object(what, { [tag]: words, ...fields }).look(value, at, say)
    words.look(word, `${at}/${tag}`, say)
  },
})

const suggestion = (word: string, known: readonly string[]): string => {
  const near = didYouMean(word, known)
  return near ? `did you mean "${near}"?` : `known here: ${known.join(', ')}`
}

const pointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
