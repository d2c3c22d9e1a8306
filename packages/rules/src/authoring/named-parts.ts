import { type Catalogue, conditionInWords, inOneLine } from '../explain/condition-words.ts'
import { counted } from '../explain/words.ts'
import { byNumber, type Rule } from '../kinds/rule.ts'
import { kindOf } from '../kinds/index.ts'
import { kindIds, type KindId, type ParameterDefinition, type ResolvedDocument } from '../rule-set/document.ts'
import { constantSchema } from './fitting-schema.ts'
import { type JsonSchema, offered, offeredBeside } from './json-schema.ts'
import { factInWords, type Offer, parameterInWords, sentence, suppliedFacts } from './names.ts'

/** The schema with what a rule set has to offer at each place. Nothing it accepts is refused that the plain one accepts, save mistakes. */
export function withNames(schema: JsonSchema, catalogue: Catalogue, inherited: ResolvedDocument): JsonSchema {
  const { document } = catalogue
  const parts: readonly Part[] = [
    [['properties', 'instrument', 'properties'], (part) => instrumentParts(part, document)],
    [['properties', 'risk', ...ENTRY, 'properties', 'event'], (part) => eventWithBands(part, document)],
    [['properties', 'examples', ...ENTRY, 'properties', 'kind'], (part) => ({ ...part, ...offered(kindOffers) })],
    [['properties', 'examples', ...ENTRY, 'properties', 'facts'], (part) => ({ ...part, properties: factProperties(catalogue) })],
    ...kindIds.map(
      (kind): Part => [
        ['properties', 'remove', 'properties', kind],
        (part) => ({ ...part, properties: removalProperties(kind, inherited) }),
      ],
    ),
  ]
  const named = parts.reduce((whole, [path, change]) => changed(whole, path, change), schema)
  return ['parameters', ...kindIds].reduce((whole, name) => withEntries(whole, name, entriesOf(name, catalogue, inherited)), named)
}

type Part = readonly [path: readonly string[], change: (part: JsonSchema) => JsonSchema]

const entriesOf = (name: string, catalogue: Catalogue, inherited: ResolvedDocument) =>
  name === 'parameters' ? parameterProperties(inherited) : ruleProperties(name as KindId, catalogue, inherited)

/** What every entry looks like moves to the definitions: editors apply it to entries without a property of their own only. */
function withEntries(schema: JsonSchema, name: string, properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const reference = { $ref: `#/definitions/entryOf.${name}` }
  let entry: JsonSchema = {}
  const referring = changed(schema, ['properties', name, ...ENTRY], (part) => {
    entry = part
    return reference
  })
  const described = Object.entries(properties).map(([id, property]) => [id, { ...property, allOf: [reference] }] as const)
  return changed(
    changed(referring, ['properties', name], (part) => ({ ...part, properties: record(described) })),
    ['definitions'],
    (definitions) => ({ ...definitions, [`entryOf.${name}`]: entry }),
  )
}

/** `*` is the one pattern there is. */
const ENTRY = ['patternProperties', '*']
function changed(schema: JsonSchema, [first, ...rest]: readonly string[], change: (part: JsonSchema) => JsonSchema): JsonSchema {
  if (first === undefined) return change(schema)
  const key = first === '*' ? (Object.keys(schema)[0] ?? '') : first
  return { ...schema, [key]: changed(schema[key] as JsonSchema, rest, change) }
}

const record = <Value>(entries: readonly (readonly [string, Value])[]) => Object.fromEntries(entries)

/** A plain value, or a value with tighter bounds. A definition stands where the parameter is introduced. */
function parameterProperties(inherited: ResolvedDocument): Record<string, JsonSchema> {
  return record(
    byNumber(inherited.parameters).map(([id, definition]) => [
      id,
      {
        description: parameterInWords(definition),
        default: definition.value,
        anyOf: [constantSchema(definition), settingSchema(definition), { type: 'object', required: ['type'] }],
        ...locked(inherited, 'parameters', id),
      },
    ]),
  )
}

const settingSchema = (definition: ParameterDefinition): JsonSchema => ({
  type: 'object',
  required: ['value'],
  properties: { value: constantSchema(definition) },
})

/** What is locked is explained and not offered. */
const locked = ({ locked: all }: ResolvedDocument, part: keyof ResolvedDocument['locked'], id: string): JsonSchema =>
  all[part]?.includes(id) ? { doNotSuggest: true } : {}

/** Those inherited as they stand there, and then the document's own, which are explained and not offered. */
function ruleProperties(kind: KindId, catalogue: Catalogue, inherited: ResolvedDocument): Record<string, JsonSchema> {
  const there = byNumber(inherited[kind]).map(
    ([id, rule]) =>
      [
        id,
        {
          description: `${ruleInWords(rule, catalogue)} ${standing(inherited, kind, id)}`,
          default: { ...rule, replaces: true },
          ...locked(inherited, kind, id),
        },
      ] as const,
  )
  const own = byNumber(catalogue.document[kind])
    .filter(([id]) => !Object.hasOwn(inherited[kind], id))
    .map(([id, rule]) => [id, { description: ruleInWords(rule, catalogue), doNotSuggest: true }] as const)
  return record<JsonSchema>([...there, ...own])
}

const standing = ({ locked: all }: ResolvedDocument, kind: KindId, id: string): string =>
  all[kind]?.includes(id) ? 'Locked: it stays as it is.' : 'With "replaces": true another rule takes its place.'

const ruleInWords = (rule: Rule, catalogue: Catalogue): string =>
  `${sentence(rule.label)} Holds when: ${inOneLine(conditionInWords(rule.conditions, catalogue))}. Source: ${sentence(rule.source)}`

function removalProperties(kind: KindId, inherited: ResolvedDocument): JsonSchema {
  return record(
    byNumber(inherited[kind]).map(([id, rule]) => [
      id,
      { description: `${sentence(rule.label)} Write why it does not hold here.`, type: 'string', ...locked(inherited, kind, id) },
    ]),
  )
}

function factProperties({ facts }: Catalogue): JsonSchema {
  return record(
    suppliedFacts(facts).map(([name, fact]) => [
      name,
      { description: factInWords(fact), anyOf: [constantSchema(fact), { type: 'null', description: 'Not known.' }] },
    ]),
  )
}

const kindOffers: Offer[] = kindIds.map((name) => ({ name, words: kindOf(name).question }))

const bandOffers = ({ instrument }: ResolvedDocument): Offer[] =>
  byNumber(instrument?.bands ?? {}).map(([name, { label, from, reviewDays }]) => ({
    name,
    words: `${sentence(label)} From ${from} percent of the greatest score; reviewed after ${counted(reviewDays, 'day')}.`,
  }))

/** Risk rules name a band. */
const eventWithBands = (event: JsonSchema, document: ResolvedDocument): JsonSchema => ({
  ...event,
  properties: { params: { properties: { band: offeredBeside(bandOffers(document), { type: 'string' }) } } },
})

function instrumentParts(part: JsonSchema, document: ResolvedDocument): JsonSchema {
  const { instrument, parameters, statements } = document
  const text = { type: 'string' }
  const months = byNumber(parameters).filter(([, { type }]) => type === 'integer')
  const named = (names: Readonly<Record<string, string>>) =>
    offeredBeside(
      Object.entries(names).map(([name, words]) => ({ name, words })),
      text,
    )
  const domains = record(byNumber(instrument?.domains ?? {}).map(([id, { label }]) => [id, sentence(label)]))
  const band = offeredBeside(bandOffers(document), text)
  const also = (schema: JsonSchema, more: JsonSchema): JsonSchema => ({
    ...schema,
    allOf: [...((schema['allOf'] as JsonSchema[] | undefined) ?? []), more],
  })
  const whole = changed(part, ['statement'], (schema) => also(schema, named(statements)))
  return changed(whole, ['factors', ...ENTRY, 'properties'], (factor) => {
    const withDomain = changed(factor, ['domain'], (schema) => also(schema, named(domains)))
    const withMonths = changed(withDomain, ['recentWithin'], (schema) =>
      also(schema, named(record(months.map(([id, definition]) => [id, parameterInWords(definition)])))),
    )
    return changed(withMonths, ['floor'], (schema) => also(schema, { properties: { recent: band, historic: band, possible: band } }))
  })
}
