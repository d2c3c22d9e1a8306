import type { NestedCondition } from './engine-types.ts'
import type { Comparison, Condition, ItemCondition, ItemsCondition, Operand } from '../language/condition.ts'

/** Conditions in json-rules-engine's words, and what they need computed because it has no words for it. */
export type Translation = {
  /** The truth of whole conditions, by the name of the fact that holds it. */
  computed: Map<string, Condition>
  /** For `withinDays`: the days from and to, by the name of the fact that holds them. */
  windows: Map<string, Operand>
  conditions: Readonly<Record<string, Condition>>
}

/** A group stands on top, as json-rules-engine demands. Named conditions are put in where they are used. */
export function translateRule(condition: Condition, translation: Translation): NestedCondition {
  const translated = translate(condition, translation)
  return 'fact' in translated ? { all: [translated] } : translated
}

function translate(condition: Condition, translation: Translation): NestedCondition {
  if ('all' in condition) return { all: condition.all.map((each) => translate(each, translation)) }
  if ('any' in condition) return { any: condition.any.map((each) => translate(each, translation)) }
  if ('not' in condition) return { not: translate(condition.not, translation) }
  if ('condition' in condition) {
    const named = translation.conditions[condition.condition]
    if (!named) throw new TypeError(`there is no condition named "${condition.condition}"`)
    return translate(named, translation)
  }
  if ('of' in condition) return computedFact(condition, translation)
  if ('operator' in condition && !('count' in condition)) return translateComparison(condition, translation)
  return translateItems(condition as ItemsCondition, translation)
}

function translateComparison(comparison: Comparison, translation: Translation): NestedCondition {
  if (!isWithinDays(comparison.operator)) return { ...comparison }
  return { ...comparison, value: { fact: windowFact(comparison.value, translation) } }
}

/** One condition on some item (or on none) can be said with a path; several on the same item, `every` and `count` cannot. */
function translateItems(condition: ItemsCondition, translation: Translation): NestedCondition {
  const where = 'some' in condition ? condition.some : 'none' in condition ? condition.none : undefined
  if (!where || !('path' in where) || isWithinDays(where.operator)) return computedFact(condition, translation)
  const quantifier = 'some' in condition ? 'someFact:' : 'not:someFact:'
  return { fact: condition.fact, path: `$[*]${fieldOf(where)}`, operator: quantifier + where.operator, value: where.value }
}

const fieldOf = (where: Extract<ItemCondition, { path: string }>) => where.path.slice('$'.length)
const isWithinDays = (operator: string) => operator === 'withinDays' || operator.endsWith(':withinDays')

function computedFact(condition: Condition, { computed }: Translation): NestedCondition {
  const same = [...computed].find(([, known]) => JSON.stringify(known) === JSON.stringify(condition))
  const fact = same?.[0] ?? `computed.${computed.size + 1}`
  computed.set(fact, condition)
  return { fact, operator: 'equal', value: true }
}

function windowFact(days: Operand, { windows }: Translation): string {
  const fact = `computed.daysBack.${typeof days === 'object' && days !== null && 'fact' in days ? days.fact : JSON.stringify(days)}`
  windows.set(fact, days)
  return fact
}
