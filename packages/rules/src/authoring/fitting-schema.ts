import type { ItemType, ScalarType, ValueType } from '../language/facts.ts'
import { operators, type OperatorName } from '../language/operators.ts'
import { isComparable, neededType } from '../language/parse-comparison.ts'
import { isItem, lookUp, namesIn, typeInWords, type Scope } from '../language/scope.ts'
import { canonicalJson } from '../rule-set/canonical-json.ts'
import { closed, type JsonSchema, offered, offeredBeside, whereSo } from './json-schema.ts'
import { factOffers, type Offer, sentence, typeAtLength } from './names.ts'

/**
 * What may stand beside a fact: the operators and values that fit its type. Facts of one type share one entry of `fitting`,
 * which every condition refers to; the other definitions are those it refers to.
 */
export function fittingDefinitions(scope: Scope): JsonSchema {
  const definitions: Record<string, JsonSchema> = {}
  const place: Place = { scope, definitions, words: new Map(factOffers(scope).map(({ name, words }) => [name, words])) }
  const entries = groupsOf(scope).map(({ names, type }) =>
    whereSo(
      { properties: { fact: { enum: names } }, required: ['fact'] },
      type.type === 'list' && isItem(type.of) ? besideItems(names[0] ?? '', type.of, place) : besideValue(type, place),
    ),
  )
  const beforeFact = { if: { required: ['fact'] }, else: { properties: { operator: operatorSchema(allOperators, 'anything') } } }
  return { ...definitions, fitting: { allOf: [...entries, beforeFact] } }
}

/** `definitions` grows: what is needed in several places is written once. */
type Place = { scope: Scope; words: ReadonlyMap<string, string>; definitions: Record<string, JsonSchema> }

function once(name: string, make: () => JsonSchema, { definitions }: Place): JsonSchema {
  if (!Object.hasOwn(definitions, name)) {
    definitions[name] = {}
    definitions[name] = make()
  }
  return { $ref: `#/definitions/${name}` }
}

type Group = { names: string[]; type: ValueType }

function groupsOf(scope: Scope): Group[] {
  const groups = new Map<string, Group>()
  for (const name of namesIn(scope)) {
    const type = lookUp(name, scope)?.type
    if (!type) continue
    const bare = withoutWords(type)
    // The fields of items have labels, so each list of items keeps its own entry.
    const key = type.type === 'list' && isItem(type.of) ? name : canonicalJson(bare)
    const group = groups.get(key)
    if (group) group.names.push(name)
    else groups.set(key, { names: [name], type: bare })
  }
  return [...groups.values()]
}

function withoutWords(type: ValueType): ValueType {
  if (type.type === 'list') return { type: 'list', of: isItem(type.of) ? type.of : (withoutWords(type.of) as ScalarType) }
  return type.type === 'choice' ? { type: 'choice', choices: type.choices } : { type: type.type }
}

function besideValue(type: ValueType, place: Place): JsonSchema {
  const element = type.type === 'list' && !isItem(type.of) ? type.of : undefined
  const ofElements = element ? operatorsFor(element).flatMap(quantified) : []
  return {
    properties: { operator: operatorSchema([...operatorsFor(type), ...ofElements], typeInWords(type)) },
    allOf: [...valuesByOperator(type, false, place), ...(element ? valuesByOperator(element, true, place) : [])],
  }
}

/** `path` names a field; `some`, `every`, `none` and `count` look at several fields of one item. */
function besideItems(fact: string, item: ItemType, place: Place): JsonSchema {
  const fields = fieldOffers(item, '$[*].')
  const where = once(`itemOf.${fact}`, () => oneItem(fact, item, place), place)
  const counted = operatorsFor({ type: 'integer' }).filter(({ name }) => operators[name as OperatorName].with === 'same')
  return {
    properties: { path: offered(fields), some: where, every: where, none: where, count: where },
    allOf: [
      ...byField(item, '$[*].', true, place),
      {
        if: { anyOf: [withField(fields), { required: ['count'] }] },
        else: { properties: { operator: operatorSchema([...ofAnyField(item).flatMap(quantified), ...counted], 'items') } },
      },
      whereSo(
        { required: ['count'] },
        { properties: { operator: operatorSchema(counted, 'a count'), value: operand({ type: 'integer' }, place) } },
      ),
    ],
  }
}

function oneItem(fact: string, item: ItemType, place: Place): JsonSchema {
  const below = { $ref: `#/definitions/itemOf.${fact}` }
  const fields = fieldOffers(item, '$.')
  return {
    properties: { path: offered(fields), all: { items: below }, any: { items: below }, not: below },
    allOf: [
      ...byField(item, '$.', false, place),
      { if: withField(fields), else: { properties: { operator: operatorSchema(ofAnyField(item), 'any field') } } },
    ],
  }
}

const withField = (fields: readonly Offer[]): JsonSchema => ({
  properties: { path: { enum: fields.map(({ name }) => name) } },
  required: ['path'],
})

const ofAnyField = ({ fields }: ItemType): Offer[] =>
  allOperators.filter(({ name }) => Object.values(fields).some((type) => operatorsFor(type).some((offer) => offer.name === name)))

const fieldOffers = ({ fields }: ItemType, prefix: string): Offer[] =>
  Object.entries(fields).map(([field, type]) => ({ name: `${prefix}${field}`, words: `${sentence(type.label)} ${typeAtLength(type)}.` }))

function byField({ fields }: ItemType, prefix: string, isQuantified: boolean, place: Place): JsonSchema[] {
  return Object.entries(fields).map(([field, labelled]) => {
    const type = withoutWords(labelled) as ScalarType
    const fitting = isQuantified ? operatorsFor(type).flatMap(quantified) : operatorsFor(type)
    return whereSo(
      { properties: { path: { const: `${prefix}${field}` } }, required: ['path'] },
      { properties: { operator: operatorSchema(fitting, typeInWords(type)) }, allOf: valuesByOperator(type, isQuantified, place) },
    )
  })
}

const operatorsFor = (type: ValueType): Offer[] =>
  Object.entries(operators)
    .filter(([, { of }]) => of.includes(type.type))
    .map(([name, { inWords }]) => ({ name, words: inWords }))

const quantified = ({ name, words }: Offer): Offer[] => [
  { name: `someFact:${name}`, words: `${words}, for at least one of them` },
  { name: `everyFact:${name}`, words: `${words}, for every one of them` },
]

const allOperators: Offer[] = Object.entries(operators).map(([name, { inWords }]) => ({ name, words: inWords }))

/** With any number of `not:` in between. */
function operatorSchema(offers: readonly Offer[], of: string): JsonSchema {
  const fitting = offers.map(({ name }) => name.replace(':', ':(?:not:)*')).join('|')
  return {
    description: 'How it is compared. "not:" in front turns it round.',
    anyOf: [offered(offers), { type: 'string', pattern: `^(?:not:)*(?:${fitting})$` }],
    errorMessage: `this cannot be asked of ${of}`,
  }
}

/** What an operator is compared with follows from the operator. */
function valuesByOperator(type: ScalarType | ValueType, isQuantified: boolean, place: Place): JsonSchema[] {
  const prefix = isQuantified ? '^(?:not:)*(?:someFact|everyFact):(?:not:)*' : '^(?:not:)*'
  const byNeed = new Map<string, { needed: ValueType; names: string[] }>()
  for (const { name } of operatorsFor(type)) {
    const needed = neededType(name as OperatorName, type)
    const key = canonicalJson(needed)
    const entry = byNeed.get(key)
    if (entry) entry.names.push(name)
    else byNeed.set(key, { needed, names: [name] })
  }
  return [...byNeed.values()].map(({ needed, names }) =>
    whereSo(
      { properties: { operator: { pattern: `${prefix}(?:${names.join('|')})$` } }, required: ['operator'] },
      { properties: { value: operand(needed, place) } },
    ),
  )
}

/** A constant of the type, or a fact or parameter that can be compared with it. */
const operand = (needed: ValueType, place: Place): JsonSchema => ({
  description: `${typeAtLength(needed)}, or { "fact": … } that holds such.`,
  allOf: [once(`operand.${nameOf(needed)}`, () => operandSchema(needed, place), place)],
})

/** `list.choice.present.absent`: equal names, equal types. */
function nameOf(type: ValueType): string {
  if (type.type === 'list') return `list.${isItem(type.of) ? 'item' : nameOf(type.of)}`
  return [type.type, ...(type.type === 'choice' ? type.choices.map(encodeURIComponent) : [])].join('.')
}

function operandSchema(needed: ValueType, { scope, words }: Place): JsonSchema {
  const names = namesIn(scope).filter((name) => {
    const type = lookUp(name, scope)?.type
    return type !== undefined && isComparable(type, needed)
  })
  const offers = names.map((name) => ({ name, words: words.get(name) ?? '' })).toSorted(parametersFirst)
  const other = { type: 'string', pattern: '^(?:custom|parameter)\\.' }
  return { anyOf: [constantSchema(needed), closed({ fact: offeredBeside(offers, other) })] }
}

const parametersFirst = (one: Offer, other: Offer) =>
  Number(other.name.startsWith('parameter.')) - Number(one.name.startsWith('parameter.'))

/** A value of the type as JSON Schema. */
export function constantSchema(type: ValueType | ItemType): JsonSchema {
  switch (type.type) {
    case 'boolean':
      return { enum: [true, false] }
    case 'integer':
      return {
        type: 'integer',
        ...(type.minimum === undefined ? {} : { minimum: type.minimum }),
        ...(type.maximum === undefined ? {} : { maximum: type.maximum }),
      }
    case 'text':
      return { type: 'string' }
    case 'choice':
      return { enum: type.choices }
    case 'day':
      return { type: 'string', pattern: '^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$' }
    case 'list':
      return { type: 'array', items: constantSchema(type.of) }
    case 'item': {
      const fields = Object.entries(type.fields)
      return {
        type: 'object',
        properties: Object.fromEntries(
          fields.map(([name, field]) => [
            name,
            { description: `${sentence(field.label)} ${typeAtLength(field)}.`, anyOf: [constantSchema(field), { type: 'null' }] },
          ]),
        ),
        additionalProperties: false,
      }
    }
  }
}
