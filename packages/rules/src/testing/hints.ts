import { isItem } from '../language/scope.ts'
import { isRecord } from '../language/values.ts'
import { kindIds } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'

/** Values near which the rules of a rule set change their answer. Chance alone would hardly ever meet them. */
export type Hints = {
  /** Texts that something is compared with: boroughs, names of measures. */
  texts: readonly string[]
  /** By fact, whole numbers it is compared with. */
  numbers: ReadonlyMap<string, readonly number[]>
  /** By fact that holds a first day, the ages in years that something computed from it is compared with. */
  years: ReadonlyMap<string, readonly number[]>
}

export function hintsOf({ document, facts }: RuleSet<object>): Hints {
  const texts = new Set<string>()
  const numbers = new Map<string, number[]>()
  const valueOf = (operand: unknown): unknown => {
    if (!isRecord(operand) || typeof operand['fact'] !== 'string') return operand
    const id = operand['fact'].replace(/^parameter\./, '')
    return Object.hasOwn(document.parameters, id) ? document.parameters[id]?.value : undefined
  }
  const note = (fact: string | undefined, value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) note(fact, each)
    // A measure is compared as name@version, and supplied in two fields.
    else if (typeof value === 'string') for (const text of [value, ...value.split('@')]) texts.add(text)
    else if (typeof value === 'number' && fact !== undefined) numbers.set(fact, [...(numbers.get(fact) ?? []), value])
  }
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) for (const each of part) walk(each)
    if (!isRecord(part)) return
    if ('value' in part) note(typeof part['fact'] === 'string' ? part['fact'] : undefined, valueOf(part['value']))
    for (const [key, each] of Object.entries(part)) if (key !== 'value') walk(each)
  }
  for (const kind of kindIds) for (const { conditions } of Object.values(document[kind])) walk(conditions)
  walk(document.conditions)
  for (const parameter of Object.values(document.parameters)) {
    if (parameter.type === 'text' || (parameter.type === 'list' && !isItem(parameter.of) && parameter.of.type === 'text'))
      note(undefined, parameter.value)
  }
  const years = new Map<string, readonly number[]>()
  for (const [name, { derived }] of Object.entries(facts)) {
    if (derived?.by === 'years-between') years.set(derived.from, [...(years.get(derived.from) ?? []), ...(numbers.get(name) ?? [])])
  }
  return { texts: [...texts].sort(), numbers, years }
}
