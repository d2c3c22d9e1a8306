import type { Comparison, Condition, ItemCondition, ItemsCondition, Operand } from '../language/condition.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'

/** Every fact a condition looks at, through named conditions too, and the facts it or its list items are compared with. */
export function factsIn(condition: Condition, document: Pick<ResolvedDocument, 'conditions'>): string[] {
  const inEach = (conditions: readonly Condition[]) => conditions.flatMap((each) => factsIn(each, document))
  if ('all' in condition) return inEach(condition.all)
  if ('any' in condition) return inEach(condition.any)
  if ('of' in condition) return inEach(condition.of)
  if ('not' in condition) return factsIn(condition.not, document)
  if ('condition' in condition) return factsIn(document.conditions[condition.condition]!, document)
  const operands = 'value' in condition ? [condition.value] : []
  const compared = [...operands, ...itemsOf(condition).flatMap(operandsOf)]
  return [condition.fact, ...compared.filter(isReference).map(({ fact }) => fact)]
}

function itemsOf(condition: Comparison | ItemsCondition): ItemCondition[] {
  if ('some' in condition) return [condition.some]
  if ('every' in condition) return [condition.every]
  if ('none' in condition) return [condition.none]
  return 'count' in condition ? [condition.count] : []
}

function operandsOf(item: ItemCondition): Operand[] {
  if ('all' in item) return item.all.flatMap(operandsOf)
  if ('any' in item) return item.any.flatMap(operandsOf)
  return 'not' in item ? operandsOf(item.not) : [item.value]
}

const isReference = (operand: Operand): operand is { fact: string } => typeof operand === 'object' && operand !== null && 'fact' in operand
