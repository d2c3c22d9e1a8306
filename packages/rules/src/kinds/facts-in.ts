import type { Condition } from '../language/condition.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'

/** Every fact a condition looks at, through named conditions too, and the facts it compares them with. */
export function factsIn(condition: Condition, document: ResolvedDocument, within: readonly string[] = []): string[] {
  const all = (conditions: readonly Condition[]) => conditions.flatMap((each) => factsIn(each, document, within))
  if ('all' in condition) return all(condition.all)
  if ('any' in condition) return all(condition.any)
  if ('not' in condition) return factsIn(condition.not, document, within)
  if ('of' in condition) return all(condition.of)
  if ('condition' in condition) {
    const { condition: name } = condition
    const named = Object.hasOwn(document.conditions, name) ? document.conditions[name] : undefined
    return named && !within.includes(name) ? factsIn(named, document, [...within, name]) : []
  }
  const operand = 'value' in condition ? condition.value : null
  return [condition.fact, ...(isReference(operand) ? [operand.fact] : [])]
}

const isReference = (operand: unknown): operand is { fact: string } => typeof operand === 'object' && operand !== null && 'fact' in operand
