import { suggestion } from '../language/did-you-mean.ts'
import type { FactDefinition, FactValue, ValueType } from '../language/facts.ts'
import { typeInWords } from '../language/scope.ts'
import { isOfType } from '../language/values.ts'
import { parseJson } from '../rule-set/json-text.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'

type Wrong = { message: string; help?: string }

/** The fact a heading stands for: by its name, or a factor by its id. */
export function factOfHeading(heading: string, { facts }: RuleSet): string | Wrong {
  const name = Object.hasOwn(facts, heading) ? heading : Object.hasOwn(facts, `factor.${heading}`) ? `factor.${heading}` : undefined
  if (name === undefined) {
    const known = Object.keys(facts)
    const ids = known.filter((each) => each.startsWith('factor.')).map((each) => each.slice('factor.'.length))
    return { message: `the fact catalogue has no "${heading}"`, ...suggestion(heading, ['case', 'asOf', 'kind', ...known, ...ids]) }
  }
  if (facts[name]?.derived) return { message: `"${heading}" is computed and cannot be given`, help: 'leave the column out' }
  return name
}

/** What a cell says. `?` is asked and not known. A wrong value is never repeated: it may be about somebody. */
export function valueOfCell(text: string, definition: FactDefinition): { value: FactValue } | Wrong {
  if (text === '?') return { value: null }
  const value = valueOf(text, definition)
  if (value !== undefined && isUsable(value, definition)) return { value: value as FactValue }
  const needed = { message: `${cellTypeInWords(definition)} is needed` }
  return definition.type === 'choice' ? { ...needed, ...suggestion(text, definition.choices) } : needed
}

/** An entry of a list may be unknown. */
const isUsable = (value: unknown, type: FactDefinition): boolean =>
  type.type === 'list'
    ? Array.isArray(value) && value.every((entry: unknown) => entry === null || isOfType(entry, type.of))
    : isOfType(value, type)

function valueOf(text: string, type: ValueType): unknown {
  switch (type.type) {
    case 'boolean':
      return { yes: true, true: true, no: false, false: false }[text.toLowerCase()]
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined
    case 'list': {
      const { of } = type
      if (of.type === 'item' || text.startsWith('[')) {
        const parsed = parseJson(text)
        return Array.isArray(parsed) ? undefined : parsed.value
      }
      return text === 'none' ? [] : text.split('|').map((part) => (part.trim() === '?' ? null : valueOf(part.trim(), of)))
    }
    default:
      return text
  }
}

function cellTypeInWords(type: ValueType): string {
  if (type.type === 'boolean') return 'yes or no'
  if (type.type === 'list' && type.of.type !== 'item') return `a list such as "a|b", or "none", each ${typeInWords(type.of)}`
  return type.type === 'list' ? 'a JSON list of entries' : typeInWords(type)
}
