import fc from 'fast-check'
import { addDays, daysBetween } from '../language/civil-day.ts'
import type { Day, FactValue, ItemType, ScalarType, ValueType } from '../language/facts.ts'
import { isItem } from '../language/scope.ts'
import type { Hints } from './hints.ts'

/** How unknown parts of a value may be: `all` of it known, or `some`, items of lists and their fields included. */
export type Known = 'all' | 'some'

type Scalar = boolean | number | string
type Asked = { name: string; known: Known; hints: Hints }

/**
 * Values of one fact: within its bounds, one of its choices, a day that exists. Never null itself.
 * Shrinks to `false`, the least whole number, the first choice, the first day, a short text, the empty list.
 */
export function valueOf(type: ValueType, asked: Asked): fc.Arbitrary<NonNullable<FactValue>> {
  if (type.type !== 'list') return scalarOf(type, asked)
  return fc.array(orUnknown(elementOf(type.of, asked), asked.known), { maxLength: 8 })
}

/** Also null, now and then, where not all is known. Shrinks to a known value, so that a null left in a counter-example matters. */
export function orUnknown<Value>(arbitrary: fc.Arbitrary<Value>, known: Known): fc.Arbitrary<Value | null> {
  return known === 'all'
    ? arbitrary
    : fc.oneof({ withCrossShrink: true }, { weight: 6, arbitrary }, { weight: 1, arbitrary: fc.constant(null) })
}

/** Days from `from` to `to`, both included; shrinks to `from`. */
export const dayBetween = (from: Day, to: Day): fc.Arbitrary<Day> =>
  fc.integer({ min: 0, max: Math.max(0, daysBetween(from, to)) }).map((days) => addDays(from, days))

function elementOf(type: ScalarType | ItemType, asked: Asked): fc.Arbitrary<Scalar | Readonly<Record<string, Scalar | null | undefined>>> {
  if (!isItem(type)) return scalarOf(type, asked)
  const { known } = asked
  const fields = Object.entries(type.fields).map(([name, field]) => [name, orUnknown(scalarOf(field, { ...asked, name }), known)] as const)
  return fc.record(Object.fromEntries(fields), known === 'all' ? {} : { requiredKeys: [] })
}

function scalarOf(type: ScalarType, asked: Asked): fc.Arbitrary<Scalar> {
  switch (type.type) {
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return integerOf(type, asked)
    case 'text':
      return textOf(asked)
    case 'choice':
      return fc.constantFrom(...type.choices)
    case 'day':
      return dayOf(asked)
  }
}

/** Mostly small, and around what it is compared with. */
function integerOf({ minimum, maximum }: ScalarType & { type: 'integer' }, { name, hints }: Asked): fc.Arbitrary<number> {
  const least = minimum ?? Math.min(-1000, maximum ?? 0)
  const most = maximum ?? Math.max(1000, least + 1000)
  const near = (hints.numbers.get(name) ?? [])
    .flatMap((limit) => [limit - 1, limit, limit + 1])
    .filter((each) => each >= least && each <= most)
  const small = fc.integer({ min: least, max: Math.min(most, least + 40) })
  const any = fc.integer({ min: least, max: most })
  return near.length === 0
    ? fc.oneof({ weight: 3, arbitrary: small }, any)
    : fc.oneof({ weight: 2, arbitrary: small }, any, { weight: 2, arbitrary: fc.constantFrom(...near) })
}

const textOf = ({ hints }: Asked): fc.Arbitrary<string> => {
  const any = fc.string({ maxLength: 12 })
  return hints.texts.length === 0 ? any : fc.oneof(any, { weight: 3, arbitrary: fc.constantFrom(...hints.texts) })
}

/** Mostly in the years around the decision; the day from which somebody's age counts lies as long ago as the ages that matter. */
function dayOf({ name, hints }: Asked): fc.Arbitrary<Day> {
  const ages = hints.years.get(name)
  const any = dayBetween('1930-01-01', '2039-12-31')
  if (!ages) return fc.oneof({ weight: 4, arbitrary: dayBetween('2023-01-01', '2027-12-31') }, any)
  const near = ages.map((age) => dayBetween(`${2025 - age - 2}-01-01`, `${2026 - age + 1}-12-31`))
  return fc.oneof({ weight: 2, arbitrary: dayBetween('1950-01-01', '2006-12-31') }, ...near, any)
}
