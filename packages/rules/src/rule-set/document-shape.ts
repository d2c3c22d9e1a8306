import { kindOf } from '../kinds/index.ts'
import type { EventParameter } from '../kinds/kind.ts'
import { isRecord } from '../language/values.ts'
import { type KindId, kindIds } from './document.ts'
import { instrumentShape } from './instrument-shape.ts'
import { scaleShape } from './scale-shape.ts'
import type { Field, ObjectShape, Shape, TextForm } from './shape.ts'

export const MAXIMUM_RULES = 200

// Ids begin with a letter, so that none looks like an integer: JavaScript would move those to the front.
export const id: TextForm = {
  pattern: '^[a-z][A-Za-z0-9]{0,79}(?:-[A-Za-z0-9]{1,80}){0,15}$',
  inWords: 'an id: letters and digits, joined by hyphens',
  example: 'resident-in-area',
}
const factName: TextForm = {
  pattern: '^[a-z][A-Za-z0-9-]{0,79}(?:\\.[a-z][A-Za-z0-9-]{0,79}){1,5}$',
  inWords: 'a dotted name',
  example: 'custom.hasInterpreter',
}
const version: TextForm = {
  pattern: '^(?:0|[1-9]\\d{0,5})\\.(?:0|[1-9]\\d{0,5})\\.(?:0|[1-9]\\d{0,5})$',
  inWords: 'a version of three numbers',
  example: '1.0.0',
}
const sentence: TextForm = {
  pattern: '^(?!-?\\d+$)\\S.{0,199}$',
  inWords: 'a sentence of at most 200 characters',
  example: 'sixteen on the day of receipt',
}

const text: Shape = { is: 'text' }
const required = (shape: Shape, description: string): Field => ({ shape, description })
const optional = (shape: Shape, description: string): Field => ({ shape, description, optional: true })
const object = (fields: Readonly<Record<string, Field>>): ObjectShape => ({ is: 'object', fields })
const number = required({ is: 'integer', minimum: 1, maximum: 1_000_000 }, 'Order in lists and reports, from 1. Each number once.')
const label = required(text, 'In plain words, for whoever reads a result.')
const source = required(text, 'Where it comes from: a policy, a study, a form.')

const scalarTypes: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  boolean: {},
  integer: {
    unit: optional(text, 'What is counted: "years", "sessions".'),
    minimum: optional({ is: 'integer' }, 'The least allowed; it counts.'),
    maximum: optional({ is: 'integer' }, 'The most allowed; it counts.'),
  },
  text: {},
  choice: { choices: required({ is: 'list', of: text, minimum: 1 }, 'What may be chosen.') },
  day: {},
}

const typed = (type: string, fields: Readonly<Record<string, Field>>): ObjectShape =>
  object({ type: required({ is: 'choice', of: [type] }, 'What kind of value it holds.'), ...fields })

const scalarCases = (besides: Readonly<Record<string, Field>>) =>
  Object.fromEntries(Object.entries(scalarTypes).map(([type, fields]) => [type, typed(type, { ...fields, ...besides })]))

const scalar: Shape = { is: 'tagged', by: 'type', cases: scalarCases({}) }
const item = typed('item', {
  fields: required(
    { is: 'record', ids: id, of: { is: 'tagged', by: 'type', cases: scalarCases({ label }) } },
    'The fields of one item, by name.',
  ),
})
const listOf = (of: Shape) => ({ of: required(of, 'What the list holds.') })

const factFields = { number, label, source, question: required(text, 'How to ask for it, in plain words.') }
const between = (by: string, description: string) =>
  object({
    by: required({ is: 'choice', of: [by] }, description),
    from: required(text, 'The fact that holds the earlier day.'),
    to: required(text, 'The fact that holds the later day.'),
  })
const derived = optional(
  {
    is: 'tagged',
    by: 'by',
    cases: {
      'years-between': between('years-between', 'Whole years between two days.'),
      'days-between': between('days-between', 'Whole days between two days.'),
      sum: object({
        by: required({ is: 'choice', of: ['sum'] }, 'Whole numbers added up.'),
        of: required({ is: 'list', of: text, minimum: 2 }, 'The facts that hold the numbers.'),
      }),
      difference: object({
        by: required({ is: 'choice', of: ['difference'] }, 'One whole number less another.'),
        of: required(text, 'The fact that holds the number.'),
        less: required(text, 'The fact that holds what is taken from it.'),
      }),
    },
  },
  'Computed here and never supplied.',
)
const cases = scalarCases(factFields)
const fact: Shape = {
  is: 'tagged',
  by: 'type',
  cases: {
    ...cases,
    integer: typed('integer', { ...scalarTypes['integer'], ...factFields, derived }),
    list: typed('list', { ...listOf({ is: 'tagged', by: 'type', cases: { ...scalarCases({}), item } }), ...factFields }),
  },
}

const isList = (value: unknown) => Array.isArray(value)
/** A value as such; whether it fits is the parameter's to say. */
const plainValue: Shape = {
  is: 'either',
  inWords: 'true, false, a whole number, a text or a list',
  of: [
    { when: isList, shape: { is: 'list', of: { is: 'either', inWords: 'true or false, a whole number or a text', of: plainScalars() } } },
    ...plainScalars(),
  ],
}

function plainScalars(): { when: (value: unknown) => boolean; shape: Shape }[] {
  return [
    { when: (value) => typeof value === 'boolean', shape: { is: 'boolean' } },
    { when: (value) => typeof value === 'number', shape: { is: 'integer' } },
    { when: (value) => typeof value === 'string', shape: { is: 'text', mayBeEmpty: true } },
  ]
}

const parameterFields = { number, label, source, value: required(plainValue, 'The value in force.') }
const definition: Shape = {
  is: 'tagged',
  by: 'type',
  cases: { ...scalarCases(parameterFields), list: typed('list', { ...listOf(scalar), ...parameterFields }) },
}
const setting = object({
  value: required(plainValue, 'The value in force for this provider.'),
  minimum: optional({ is: 'integer' }, 'A tighter lower bound; it counts.'),
  maximum: optional({ is: 'integer' }, 'A tighter upper bound; it counts.'),
  choices: optional({ is: 'list', of: text, minimum: 1 }, 'Fewer of the choices.'),
})
const parameter: Shape = {
  is: 'either',
  inWords: 'a value or a definition',
  of: [
    { when: (value) => isRecord(value) && Object.hasOwn(value, 'type'), shape: definition },
    { when: isRecord, shape: setting },
    { when: () => true, shape: plainValue },
  ],
}

const texts: Shape = { is: 'list', of: text, minimum: 1 }
const duration = object({
  amount: required({ is: 'integer', minimum: 1, maximum: 1000 }, 'How many.'),
  unit: required(
    { is: 'choice', of: ['hours', 'working-days', 'days', 'weeks'] },
    'Of what. Calendar and clock belong to whoever acts on it.',
  ),
})

function parameterOfEvent({ type, choices, optional: mayBeLeftOut, description }: EventParameter): Field {
  const shapes: Readonly<Record<EventParameter['type'], Shape>> = {
    text,
    integer: { is: 'integer' },
    boolean: { is: 'boolean' },
    choice: { is: 'choice', of: choices ?? [] },
    texts,
    duration,
  }
  return { shape: shapes[type], description, ...(mayBeLeftOut ? { optional: true } : {}) }
}

function eventsOf(kind: KindId): Shape {
  const entries = Object.entries(kindOf(kind).events).map(([type, { description, params }]): [string, ObjectShape] => {
    const fields = Object.fromEntries(Object.entries(params).map(([name, each]) => [name, parameterOfEvent(each)]))
    const areAllOptional = Object.values(fields).every((field) => field.optional)
    return [
      type,
      object({
        type: required({ is: 'choice', of: [type] }, description),
        params: { ...required(object(fields), `What comes with "${type}".`), ...(areAllOptional ? { optional: true } : {}) },
      }),
    ]
  })
  return { is: 'tagged', by: 'type', cases: Object.fromEntries(entries) }
}

const ruleOf = (kind: KindId): ObjectShape =>
  object({
    number,
    label,
    source,
    conditions: required({ is: 'condition' }, 'When the rule holds.'),
    event: required(eventsOf(kind), 'What follows when it holds.'),
    replaces: optional({ is: 'true' }, 'Replaces the inherited rule of this id, whole.'),
  })

const rulesOf = (kind: KindId): Shape => ({ is: 'record', ids: id, of: ruleOf(kind), maximum: MAXIMUM_RULES })
const reasons = (of: string): Field =>
  optional({ is: 'record', ids: id, of: text }, `Inherited ${of} that do not hold here, by id, each with the reason.`)
const ids: Shape = { is: 'list', of: { is: 'text', like: id } }
const perKind = (field: (kind: KindId) => Field) => Object.fromEntries(kindIds.map((kind) => [kind, field(kind)]))

const example = object({
  kind: required({ is: 'choice', of: kindIds }, 'Which kind of rule it is an example of.'),
  asOf: required({ is: 'day' }, 'The day of the decision.'),
  facts: required({ is: 'record', ids: factName, of: { is: 'json' } }, 'What is known. What is left out, or null, is unknown.'),
  expect: required({ is: 'record', ids: id, of: { is: 'json' } }, 'What is named must come out so; what is not named may be anything.'),
})

/** A rule set as it is written. */
export const documentShape: ObjectShape = object({
  $schema: optional(text, 'Where an editor finds the form of this document. Does not count.'),
  id: required({ is: 'text', like: id }, 'Whose rule set it is; the same in every version.'),
  version: required({ is: 'text', like: version }, 'Three numbers. A published version never changes.'),
  title: required(text, 'What people call it.'),
  effectiveFrom: required({ is: 'day' }, 'The first day on which it is in force.'),
  extends: optional(
    object({
      id: required({ is: 'text', like: id }, 'The id of the document it builds on.'),
      version: required({ is: 'text', like: version }, 'Its version, exactly.'),
    }),
    'The document this one builds on. Here stands only what differs.',
  ),
  statements: optional({ is: 'record', ids: id, of: text }, 'Sentences that are printed with every result.'),
  facts: optional(
    { is: 'record', ids: factName, of: fact },
    'The fact catalogue: what rules may ask about. A document that extends another may add names that begin with "custom.".',
  ),
  parameters: optional(
    { is: 'record', ids: id, of: parameter },
    'Numbers and lists to tune. Defined once; where a document extends another, a plain value is enough.',
  ),
  instrument: optional(
    instrumentShape(id, version),
    'The factors with their points and bands. Replaced whole; changed scoring needs a new id.',
  ),
  scales: optional(
    { is: 'record', ids: id, of: scaleShape(id, version), maximum: 20 },
    'How the answers to outside questionnaires are scored, as their publishers say. Inherited as they are; another scoring needs a new id.',
  ),
  conditions: optional(
    { is: 'record', ids: id, of: { is: 'condition' }, maximum: MAXIMUM_RULES },
    'Conditions with a name, to be used in several rules.',
  ),
  ...perKind((kind) => optional(rulesOf(kind), `${kindOf(kind).title}: ${kindOf(kind).question}`)),
  remove: optional(
    object({ ...perKind((kind) => reasons(`${kind} rules`)), conditions: reasons('conditions') }),
    'What is inherited and does not hold here, with reasons.',
  ),
  locked: optional(
    object({
      ...perKind((kind) => optional(ids, `Rules of kind ${kind} that stay as they are.`)),
      parameters: optional(ids, 'Parameters that stay as they are.'),
      statements: optional(ids, 'Statements that stay as they are.'),
      instrument: optional(ids, 'Factors whose floors may not become weaker.'),
    }),
    'What no document that extends this one may remove, replace or weaken.',
  ),
  examples: optional(
    { is: 'record', ids: sentence, of: example, maximum: 1000 },
    'Worked examples, by a sentence that says what each shows. They run as tests and are not inherited.',
  ),
})
