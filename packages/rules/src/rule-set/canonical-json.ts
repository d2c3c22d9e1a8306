/**
 * The one way to write a JSON value as text (RFC 8785): keys in the order of their UTF-16 units, no spaces, shortest numbers.
 * Two values are equal exactly when their texts are. A member that is `undefined` is left out, as JSON does.
 * Throws on what JSON cannot hold: a number that is not finite, half of a surrogate pair, a function, a Date.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (typeof value === 'string') return canonicalText(value)
  if (Array.isArray(value)) return `[${Array.from(value, (each) => canonicalJson(each)).join(',')}]`
  if (typeof value === 'object' && isPlain(value)) return `{${canonicalMembers(value).join(',')}}`
  throw new TypeError(`JSON cannot hold a value of type ${typeof value}`)
}

/** Whether two JSON values have the same canonical text, without writing it. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((each, at) => isSameJson(each, other[at]))
  }
  const [members, others] = [definedIn(one), definedIn(other)]
  return (
    members.length === others.length && members.every(([key, held]) => Object.hasOwn(other, key) && isSameJson(held, other[key as never]))
  )
}

const definedIn = (value: object): [string, unknown][] => Object.entries(value).filter(([, held]) => held !== undefined)

/** Not a Date, a Map or the like, whose members say nothing. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function canonicalMembers(value: object): string[] {
  return definedIn(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, held]) => `${canonicalText(key)}:${canonicalJson(held)}`)
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError('JSON cannot hold a number that is not finite')
  return JSON.stringify(value)
}

function canonicalText(value: string): string {
  if (!isWellFormed(value)) throw new RangeError('this text holds half of a surrogate pair, which has no canonical form')
  return JSON.stringify(value)
}

const isWellFormed = (value: string) => !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value)

/** Half of a pair that stands alone: no character, and nothing that UTF-8 can hold. */
export const hasLoneSurrogate = (text: string): boolean => /\p{Surrogate}/u.test(text)
