import { type Issue, onOneLine } from '../issue.ts'
import { isDay } from './civil-day.ts'
import { suggestion } from './did-you-mean.ts'
import type { DecisionInput, ValueType } from './facts.ts'
import { inJson } from './parse-json.ts'
import { escaped } from './pointer.ts'
import { AS_OF, own, typeInWords, type Scope } from './scope.ts'
import { isOfType, isRecord } from './values.ts'

/** What is wrong with supplied facts. Such a fact, or such an item of a list, counts as unknown. The value itself is never repeated. */
export function problemsOf(input: DecisionInput, scope: Scope): Issue[] {
  const problems: Issue[] = []
  const found = (code: string, at: string, message: string, help?: { help?: string }) => {
    problems.push(onOneLine({ severity: 'warning', code, at, message, ...help }))
  }
  if (!isDay(input.asOf)) found('mistyped-fact', '/asOf', 'the day of the decision is not a day such as "2025-04-01"')
  for (const [name, value] of Object.entries(input.facts)) {
    const at = `/facts/${escaped(name)}`
    const fact = own(scope.facts, name)
    if (!fact)
      found(
        'unknown-fact',
        at,
        `the fact catalogue has no "${name}"`,
        name === AS_OF ? { help: 'the day stands beside the facts' } : suggestion(name, Object.keys(scope.facts)),
      )
    else if (fact.derived) found('derived-fact', at, `"${name}" is computed here, and what was supplied is not used`)
    else if (value !== null && value !== undefined) checkValue(value, fact, at, found)
  }
  return problems
}

function checkValue(value: unknown, type: ValueType, at: string, found: (code: string, at: string, message: string) => void): void {
  if (type.type !== 'list' || !Array.isArray(value)) {
    if (!isOfType(value, type))
      found('mistyped-fact', at, `${withBounds(type)} is needed, and this is ${inJson(value)}; it counts as unknown`)
    return
  }
  for (const [index, element] of value.entries()) {
    if (element === null || isOfType(element, type.of)) continue
    const place = `${at}/${index}`
    if (type.of.type !== 'item' || !isRecord(element)) {
      found('mistyped-fact', place, `${typeInWords(type.of)} is needed, and this is ${inJson(element)}; it counts as unknown`)
      continue
    }
    for (const [field, held] of Object.entries(element)) {
      const fieldType = own(type.of.fields, field)
      if (!fieldType) found('unknown-field', `${place}/${escaped(field)}`, `the item has no "${field}"`)
      else if (held !== null && !isOfType(held, fieldType))
        found(
          'mistyped-fact',
          `${place}/${escaped(field)}`,
          `${withBounds(fieldType)} is needed, and this is ${inJson(held)}; it counts as unknown`,
        )
    }
  }
}

function withBounds(type: ValueType): string {
  if (type.type !== 'integer' || (type.minimum === undefined && type.maximum === undefined)) return typeInWords(type)
  const from = type.minimum === undefined ? '' : ` from ${type.minimum}`
  const to = type.maximum === undefined ? '' : ` up to ${type.maximum}`
  return `${typeInWords(type)}${from}${to}`
}
