import { runInNewContext } from 'node:vm'
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import { describe, expect, it } from 'vitest'
import { factsSchema } from '../src/facts/index.ts'
import { shippedRuleSet } from './support/shipped.ts'

const schema = factsSchema(shippedRuleSet('core'))

/** What any consumer of the standard does, written against the standard's own types. */
function standardValidate<Schema extends StandardSchemaV1>(
  standard: Schema,
  value: unknown,
): StandardSchemaV1.Result<StandardSchemaV1.InferOutput<Schema>> {
  const result = standard['~standard'].validate(value)
  if (result instanceof Promise) throw new TypeError('this schema is synchronous')
  return result as StandardSchemaV1.Result<StandardSchemaV1.InferOutput<Schema>>
}

describe('facts as a Standard Schema', () => {
  it('of version 1, from plumbline', () => {
    const standard: StandardSchemaV1 & StandardJSONSchemaV1 = schema
    expect(standard['~standard']).toMatchObject({ version: 1, vendor: 'plumbline' })
  })

  it('what is valid comes back as it is; missing and null are valid', () => {
    const facts = {
      'person.bornOn': '1990-02-14',
      'engagement.isWilling': null,
      'attendance.register': [{ session: 's1', outcome: null }, null],
    }
    expect(standardValidate(schema, facts)).toEqual({ value: facts })
    expect(standardValidate(schema, {})).toEqual({ value: {} })
  })

  it.each([
    ['a text', 'person.bornOn', []],
    ['a list', [], []],
    ['null', null, []],
    ['a misspelt fact', { 'person.bronOn': '1990-02-14' }, ['person.bronOn']],
    ['a number for a day', { 'person.bornOn': 19900214 }, ['person.bornOn']],
    ['a day that does not exist', { 'person.bornOn': '1990-02-30' }, ['person.bornOn']],
    ['a choice that is none', { 'factor.coercive-control': 'yes' }, ['factor.coercive-control']],
    ['a computed fact', { 'person.ageOnReceipt': 30 }, ['person.ageOnReceipt']],
    ['a list that is none', { 'attendance.register': 'none' }, ['attendance.register']],
    ['an item that is none', { 'attendance.register': [null, 'absent'] }, ['attendance.register', 1]],
    ['a wrong field of an item', { 'attendance.register': [{ outcome: 'away' }] }, ['attendance.register', 0, 'outcome']],
    ['a misspelt field of an item', { 'attendance.register': [{ outcom: 'absent' }] }, ['attendance.register', 0, 'outcom']],
    ['an element of a list', { 'factor.coercive-control.sources': ['self', 'rumour'] }, ['factor.coercive-control.sources', 1]],
    ['a name of JavaScript', JSON.parse('{ "__proto__": true }') as unknown, ['__proto__']],
    ['an inherited name', { constructor: true }, ['constructor']],
    ['a Map', new Map([['person.bornOn', '1990-02-14']]), []],
    ['a Date', new Date(0), []],
    ['what a form sent', new URLSearchParams('person.bornOn=1990-02-14'), []],
    ['what inherits its facts', Object.create({ 'person.bornOn': '1990-02-14' }), []],
    ['a Map for an item', { 'attendance.register': [{ outcome: 'absent' }, new Map([['outcome', 'absent']])] }, ['attendance.register', 1]],
    ['a Date for a day', { 'person.bornOn': new Date(0) }, ['person.bornOn']],
    ['a Map for an element', { 'factor.coercive-control.sources': [new Map()] }, ['factor.coercive-control.sources', 0]],
  ])('%s is refused, with the way to it', (_what, value, path) => {
    const { issues } = standardValidate(schema, value)
    expect(issues?.map((issue) => issue.path)).toEqual([path])
  })

  it.each([
    ['without a prototype', Object.assign(Object.create(null) as object, { 'person.bornOn': '1990-02-14' })],
    ['from another realm', runInNewContext(`({ 'person.bornOn': '1990-02-14', 'attendance.register': [{ outcome: 'absent' }] })`)],
  ])('a plain object %s is taken', (_what, value) => {
    expect(standardValidate(schema, value).issues).toBeUndefined()
  })

  it('of what holds facts where they are not looked for, says what to write instead', () => {
    const said = standardValidate(schema, new Map()).issues?.map(({ message }) => message)
    expect(said).toEqual([
      'a plain object with facts is needed, such as { "person.bornOn": "1990-02-14" }: nothing is read from a Map, a Date or an object of another class',
    ])
  })

  it('says what is needed, and never repeats the value', () => {
    const { issues } = standardValidate(schema, { 'person.bronOn': 'Jane Roe', 'person.bornOn': 'Jane Roe' })
    expect(issues?.map(({ message }) => message)).toEqual([
      'the fact catalogue has no "person.bronOn": did you mean "person.bornOn"?',
      'a day such as "2025-04-01" is needed, and this is a text',
    ])
  })

  it('all faults at once', () => {
    expect(standardValidate(schema, { a: 1, b: 2, 'person.bornOn': 3 }).issues).toHaveLength(3)
  })
})

describe('facts as JSON Schema', () => {
  const { jsonSchema } = schema['~standard']

  it.each(['draft-07', 'draft-2020-12'])('%s: every fact that may be supplied, and no other', (target) => {
    const { properties, additionalProperties, $schema } = jsonSchema.input({ target }) as {
      properties: Record<string, object>
      additionalProperties: boolean
      $schema: string
    }
    expect($schema).toContain(target.replace('draft-', ''))
    expect(additionalProperties).toBe(false)
    expect(properties).not.toHaveProperty(['person.ageOnReceipt'])
    expect(properties['factor.coercive-control']).toMatchObject({ type: ['string', 'null'], enum: ['absent', 'possible', 'present', null] })
    expect(properties['person.bornOn']).toEqual({
      title: 'Date of birth',
      description: 'When was the person born?',
      type: ['string', 'null'],
      format: 'date',
    })
    expect(properties['attendance.register']).toMatchObject({ items: { type: ['object', 'null'], additionalProperties: false } })
    expect(jsonSchema.output({ target })).toEqual(jsonSchema.input({ target }))
  })

  it('of another kind is refused', () => {
    expect(() => jsonSchema.input({ target: 'openapi-3.0' })).toThrow(
      'there is no JSON Schema here for "openapi-3.0", only for draft-07 and draft-2020-12',
    )
  })
})
