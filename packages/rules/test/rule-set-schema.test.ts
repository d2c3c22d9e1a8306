import { describe, expect, it } from 'vitest'
import { schemaOf } from '../src/authoring/index.ts'
import { operators } from '../src/index.ts'
import { kinds } from '../src/load.ts'
import { schemaFaults } from './support/json-schema.ts'
import { shippedIds, shippedRuleSet, shippedText } from './support/shipped.ts'

type Schema = Readonly<Record<string, unknown>>
const schema = schemaOf()

describe('the JSON Schema of rule sets', () => {
  it('is the one in schema/ (when it is stale: run this test with -u)', async () => {
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../schema/rule-set.schema.json')
  })

  it.each(shippedIds)('accepts %s', (id) => {
    expect(schemaFaults(JSON.parse(shippedText(id)), schema)).toEqual([])
  })

  it.each(shippedIds)('accepts %s with the names of core listed', (id) => {
    expect(schemaFaults(JSON.parse(shippedText(id)), schemaOf(shippedRuleSet('core')))).toEqual([])
  })

  it('describes every property, so that an editor can show what it means', () => {
    const bare: string[] = []
    visit(schema, '', (part, at) => {
      for (const [name, property] of Object.entries((part['properties'] as Schema | undefined) ?? {})) {
        if (typeof (property as Schema)['description'] !== 'string') bare.push(`${at}/properties/${name}`)
      }
    })
    expect(bare).toEqual([])
  })

  it('lists every kind, operator and event', () => {
    const text = JSON.stringify(schema)
    const events = Object.values(kinds).flatMap((kind) => Object.keys(kind.events))
    const missing = [...Object.keys(kinds), ...Object.keys(operators), ...events].filter((name) => !text.includes(`"${name}"`))
    expect(missing).toEqual([])
  })

  it('lists the facts and parameters of a rule set it is made for', () => {
    const text = JSON.stringify(schemaOf(shippedRuleSet('core')))
    expect(text).toContain('"person.ageOnReceipt"')
    expect(text).toContain('"parameter.missesAllowed"')
    expect(text).toContain('"factor.coercive-control.window"')
  })

  it('refuses a misspelt key, an unknown operator and an unknown event', () => {
    const core = JSON.parse(shippedText('core')) as { eligibility: Record<string, unknown> }
    const rule = (change: object) => ({ ...core, eligibility: { 'a-rule': { ...(core.eligibility['under-16'] as object), ...change } } })
    expect(schemaFaults({ ...core, titel: 'x' }, schema)).not.toEqual([])
    expect(schemaFaults(rule({ conditions: { fact: 'person.ageOnReceipt', operator: 'lesThan', value: 16 } }), schema)).not.toEqual([])
    expect(schemaFaults(rule({ event: { type: 'inelligible', params: { reason: 'x' } } }), schema)).not.toEqual([])
    expect(schemaFaults(rule({}), schema)).toEqual([])
  })
})

function visit(part: unknown, at: string, look: (part: Schema, at: string) => void): void {
  if (typeof part !== 'object' || part === null) return
  if (!Array.isArray(part)) look(part as Schema, at)
  for (const [key, value] of Object.entries(part)) visit(value, `${at}/${key}`, look)
}
