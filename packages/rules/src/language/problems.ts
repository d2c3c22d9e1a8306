import { type Issue, onOneLine } from '../issue.ts'
import { isDay } from './civil-day.ts'
import { suggestion } from './did-you-mean.ts'
import type { DecisionInput, FactDefinition, ValueType } from './facts.ts'
import { inJson } from './parse-json.ts'
import { escaped } from './pointer.ts'
import { AS_OF, own, typeInWords, type Scope } from './scope.ts'
import { isOfType, isRecord } from './values.ts'

/** A fact, an item of a list, or a field of one that cannot be used. The value itself is never repeated. */
export type FactProblem = { code: string; path: readonly (string | number)[]; message: string; help?: string }

/** What is wrong with supplied facts. Such a fact, or such an item of a list, counts as unknown. */
export function problemsOf(input: DecisionInput, scope: Scope): Issue[] {
  const asOf = { code: 'mistyped-fact', at: '/asOf', message: 'the day of the decision is not a day such as "2025-04-01"' }
  const ofFacts = factProblems(input.facts, scope.facts).map(({ code, path, message, help }) => {
    const wrong = code === 'mistyped-fact' ? `${message}; it counts as unknown` : message
    const at = `/facts/${path.map((step) => escaped(String(step))).join('/')}`
    return { code, at, message: wrong, ...(help === undefined ? {} : { help }) }
  })
  return [...(isDay(input.asOf) ? [] : [asOf]), ...ofFacts].map((problem) => ({ severity: 'warning', ...problem }))
}

/** The same, of facts alone. */
export function factProblems(facts: Readonly<Record<string, unknown>>, catalogue: Readonly<Record<string, FactDefinition>>): FactProblem[] {
  const problems: FactProblem[] = []
  const found: Found = (code, path, message, help) => {
    problems.push(onOneLine({ code, path, message, ...help }))
  }
  for (const [name, value] of Object.entries(facts)) {
    const fact = own(catalogue, name)
    if (!fact)
      found(
        'unknown-fact',
        [name],
        `the fact catalogue has no "${name}"`,
        name === AS_OF ? { help: 'the day stands beside the facts' } : suggestion(name, Object.keys(catalogue)),
      )
    else if (fact.derived) found('derived-fact', [name], `"${name}" is computed here, and what was supplied is not used`)
    else if (value !== null && value !== undefined) checkValue(value, fact, name, found)
  }
  return problems
}

type Found = (code: string, path: readonly (string | number)[], message: string, help?: { help?: string }) => void

function checkValue(value: unknown, type: ValueType, name: string, found: Found): void {
  if (type.type !== 'list' || !Array.isArray(value)) {
    if (!isOfType(value, type)) found('mistyped-fact', [name], `${withBounds(type)} is needed, and this is ${inJson(value)}`)
    return
  }
  for (const [index, element] of value.entries()) {
    if (element === null || isOfType(element, type.of)) continue
    if (type.of.type !== 'item' || !isRecord(element)) {
      found('mistyped-fact', [name, index], `${typeInWords(type.of)} is needed, and this is ${inJson(element)}`)
      continue
    }
    for (const [field, held] of Object.entries(element)) {
      const fieldType = own(type.of.fields, field)
      const path = [name, index, field]
      if (!fieldType) found('unknown-field', path, `the item has no "${field}"`)
      else if (held !== null && held !== undefined && !isOfType(held, fieldType))
        found('mistyped-fact', path, `${withBounds(fieldType)} is needed, and this is ${inJson(held)}`)
    }
  }
}

function withBounds(type: ValueType): string {
  if (type.type !== 'integer' || (type.minimum === undefined && type.maximum === undefined)) return typeInWords(type)
  const from = type.minimum === undefined ? '' : ` from ${type.minimum}`
  const to = type.maximum === undefined ? '' : ` up to ${type.maximum}`
  return `${typeInWords(type)}${from}${to}`
}
