import { byNumber } from '../kinds/rule.ts'
import type { FactDefinition, ItemType, ScalarType, ValueType } from '../language/facts.ts'
import { isItem } from '../language/scope.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'

/**
 * TypeScript for the facts of a rule set, to keep beside a program: `load<Facts>(…)` then refuses a misspelt fact when it is compiled.
 * The same rule set always gives the same text.
 *
 * @param hash what `hashOf` says of the rule set, for the first line
 */
export function typesOf({ id, version, facts }: Pick<RuleSet, 'id' | 'version' | 'facts'>, hash: string): string {
  const supplied = byNumber(facts).filter(([, fact]) => !fact.derived)
  return [
    `// Facts of ${id} ${version}, ${hash}. Written by "plumbline rules types": write it anew when the rule set changes.`,
    '',
    '/** Each fact may be missing or null, which both mean unknown. */',
    'export type Facts = {',
    ...supplied.flatMap(([name, fact]) => [`  /** ${commentOf(fact)} */`, `  ${inQuotes(name)}?: ${typeOf(fact)} | null`]),
    '}',
    '',
  ].join('\n')
}

function commentOf(fact: FactDefinition): string {
  const words = [fact.label, ...formOf(fact), fact.question].map((part) => part.replaceAll(/\s+/g, ' ').trim())
  return words
    .map((part) => (/[.?!]$/.test(part) ? part : `${part}.`))
    .join(' ')
    .replaceAll('*/', '* /')
}

/** What the type alone does not say. */
function formOf(fact: FactDefinition): string[] {
  if (fact.type === 'day') return ['A day such as "2025-04-01"']
  if (fact.type !== 'integer') return []
  const bounds = [fact.minimum === undefined ? '' : ` from ${fact.minimum}`, fact.maximum === undefined ? '' : ` up to ${fact.maximum}`]
  return [`A whole number${fact.unit === undefined ? '' : ` of ${fact.unit}`}${bounds.join('')}`]
}

function typeOf(type: ValueType): string {
  if (type.type !== 'list') return scalarOf(type)
  return `readonly (${elementOf(type.of)} | null)[]`
}

function elementOf(type: ScalarType | ItemType): string {
  if (!isItem(type)) return scalarOf(type)
  const fields = Object.entries(type.fields).map(([name, field]) => `${inQuotes(name)}?: ${scalarOf(field)} | null`)
  return `{ ${fields.join('; ')} }`
}

function scalarOf(type: ScalarType): string {
  switch (type.type) {
    case 'boolean':
      return 'boolean'
    case 'integer':
      return 'number'
    case 'choice':
      return type.choices.map(inQuotes).join(' | ')
    case 'text':
    case 'day':
      return 'string'
  }
}

const inQuotes = (text: string): string => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
