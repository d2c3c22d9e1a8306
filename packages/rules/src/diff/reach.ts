import { canonicalJson } from '../rule-set/canonical-json.ts'
import { type Form, isReference, type Test } from './form.ts'

/** How often one condition holds, compared with another: `wider` holds wherever the other does, and elsewhere too. */
export type Reach = 'same' | 'wider' | 'narrower' | 'unclear'

/** How a fact that is computed comes out under other settings: a greater or smaller number, one word in place of another, or a word further along in an order. */
export type Shift = 'more' | 'less' | 'unclear' | { from: string; to: string } | { along: readonly string[]; reach: Reach }
export type Shifts = ReadonlyMap<string, Shift>

/** What `after` reaches, compared with `before`. Where that cannot be said from how they are written, `unclear`. */
export function reachOf(before: Form, after: Form, shifts: Shifts = new Map()): Reach {
  if (before.is === 'test' && after.is === 'test') return testReach(before, after, shifts)
  if (before.is === after.is && 'of' in before && 'of' in after) {
    if (before.is === 'not' && after.is === 'not') return flipped(reachOf(before.of, after.of, shifts))
    if (before.is === 'at-least' && after.is === 'at-least')
      return together([partsReach('any', before.of, after.of, shifts), byOrder(after.number, before.number)])
    if ((before.is === 'all' || before.is === 'any') && (after.is === 'all' || after.is === 'any'))
      return partsReach(before.is, before.of, after.of, shifts)
  }
  if (before.is === 'entries' && after.is === 'entries') {
    if (before.fact !== after.fact || before.how !== after.how) return 'unclear'
    const inside = reachOf(before.where, after.where, shifts)
    return before.how === 'none' ? flipped(inside) : inside
  }
  if (before.is === 'count' && after.is === 'count') return countReach(before, after, shifts)
  return ofDifferentForm(before, after, shifts)
}

function ofDifferentForm(before: Form, after: Form, shifts: Shifts): Reach {
  if (before.is === after.is) return before.is === 'always' || before.is === 'never' ? 'same' : 'unclear'
  if (before.is === 'never' || after.is === 'always') return 'wider'
  if (before.is === 'always' || after.is === 'never') return 'narrower'
  for (const is of ['all', 'any'] as const) {
    if (before.is === is && after.is !== 'all' && after.is !== 'any') return partsReach(is, before.of, [after], shifts)
    if (after.is === is && before.is !== 'all' && before.is !== 'any') return partsReach(is, [before], after.of, shifts)
  }
  return 'unclear'
}

/** Parts are matched where they are equal, then where they ask the same thing. What is left over was added or taken away. */
function partsReach(is: 'all' | 'any', before: readonly Form[], after: readonly Form[], shifts: Shifts): Reach {
  const left = [...before]
  const added: Form[] = []
  const reaches: Reach[] = []
  const match = (part: Form, key: (form: Form) => string): boolean => {
    const index = left.findIndex((each) => key(each) === key(part))
    const found = index < 0 ? undefined : left.splice(index, 1)[0]
    if (found) reaches.push(reachOf(found, part, shifts))
    return found !== undefined
  }
  const changed = after.filter((part) => !match(part, canonicalJson))
  for (const part of changed) if (!match(part, keyOf)) added.push(part)
  if (added.length > 0) reaches.push(is === 'all' ? 'narrower' : 'wider')
  if (left.length > 0) reaches.push(is === 'all' ? 'wider' : 'narrower')
  return together(reaches)
}

/** What a part asks about. */
function keyOf(form: Form): string {
  if (form.is === 'test') return `${form.of} ${form.each} ${form.base} ${form.denied}`
  return form.is === 'entries' || form.is === 'count' ? `${form.is} ${form.fact}` : form.is
}

function countReach(before: Form & { is: 'count' }, after: Form & { is: 'count' }, shifts: Shifts): Reach {
  if (before.fact !== after.fact) return 'unclear'
  const where = reachOf(before.where, after.where, shifts)
  const number = testReach(before.test, after.test, new Map([[before.test.of, shiftOf(where)]]))
  return where === 'same' ? testReach(before.test, after.test, shifts) : number
}

const shiftOf = (reach: Reach): Shift => (reach === 'wider' ? 'more' : reach === 'narrower' ? 'less' : 'unclear')

function testReach(before: Test, after: Test, shifts: Shifts): Reach {
  const { of, each, base, denied } = before
  if (of !== after.of || each !== after.each || base !== after.base || denied !== after.denied) return 'unclear'
  const reach = together([valueReach(before, after), shiftReach(after, shifts)])
  return denied ? flipped(reach) : reach
}

/** By the values compared with, the fact staying as it is. */
function valueReach(before: Test, after: Test): Reach {
  if (before.inclusive === after.inclusive && canonicalJson(before.value) === canonicalJson(after.value)) return 'same'
  if (isReference(before.value) || isReference(after.value)) return 'unclear'
  if (before.base === 'withinDays') return byOrder(before.value, after.value)
  if (before.base === 'in' && Array.isArray(before.value) && Array.isArray(after.value)) return bySets(before.value, after.value)
  if (before.base !== 'below') return 'unclear'
  if (before.value === after.value) return after.inclusive ? 'wider' : 'narrower'
  return byOrder(before.value, after.value)
}

/** By what became of the fact, the value compared with staying as it is. */
function shiftReach({ of, base, value }: Test, shifts: Shifts): Reach {
  if (isReference(value) && shifts.has(value.fact)) return 'unclear'
  const shift = shifts.get(of)
  if (shift === undefined) return 'same'
  if (typeof shift === 'object') {
    if (base !== 'in' || !Array.isArray(value)) return 'unclear'
    const words: readonly unknown[] = value
    if ('along' in shift)
      return alongReach(
        shift.along.map((word) => words.includes(word)),
        shift.reach,
      )
    const [from, to] = [words.includes(shift.from), words.includes(shift.to)]
    return from === to ? 'same' : to ? 'wider' : 'narrower'
  }
  if (base !== 'below' || shift === 'unclear') return 'unclear'
  return shift === 'more' ? 'narrower' : 'wider'
}

/** By which words of an order are asked for: those from one on, those up to one, all or none, or some in between. */
function alongReach(asked: readonly boolean[], reach: Reach): Reach {
  const edges = asked.filter((each, index) => index > 0 && each !== asked[index - 1]).length
  if (edges === 0) return 'same'
  if (edges > 1) return reach === 'same' ? 'same' : 'unclear'
  return asked[0] ? flipped(reach) : reach
}

/** `wider` where the later of two limits of the same kind is greater. */
function byOrder(before: unknown, after: unknown): Reach {
  if (before === after) return 'same'
  if (typeof before === 'number' && typeof after === 'number') return after > before ? 'wider' : 'narrower'
  if (typeof before === 'string' && typeof after === 'string') return after > before ? 'wider' : 'narrower'
  return 'unclear'
}

export function bySets(before: readonly unknown[], after: readonly unknown[]): Reach {
  const keeps = before.every((each) => after.includes(each))
  const adds = after.some((each) => !before.includes(each))
  return keeps ? (adds ? 'wider' : 'same') : adds ? 'unclear' : 'narrower'
}

export const flipped = (reach: Reach): Reach => (reach === 'wider' ? 'narrower' : reach === 'narrower' ? 'wider' : reach)

export function together(reaches: readonly Reach[]): Reach {
  const moving = new Set(reaches.filter((reach) => reach !== 'same'))
  const [only] = moving
  return only === undefined ? 'same' : moving.size === 1 ? only : 'unclear'
}
