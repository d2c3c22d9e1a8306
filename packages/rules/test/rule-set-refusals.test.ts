import { describe, expect, it } from 'vitest'
import { load } from '../src/load.ts'
import refusals from './rule-set-refusals.json' with { type: 'json' }
import { shippedText } from './support/shipped.ts'

type Case = { description: string; text?: string; document?: object; parents?: object[]; expect: object[] }

describe('refused: ', () => {
  it.each(refusals.cases as Case[])('$description', ({ text, document, parents = [], expect: expected }) => {
    const result = load(text ?? JSON.stringify(document, null, 1), [
      shippedText('core'),
      ...parents.map((parent) => JSON.stringify(parent)),
    ])
    if (result.ok) throw new Error('it was accepted')
    expect(result.issues).toEqual(expected.map((issue) => ({ severity: 'error', ...issue })))
  })

  it('text that is longer than 256 KB', () => {
    const result = load(JSON.stringify({ title: 'é'.repeat(131_072) }))
    expect(result).toMatchObject({ ok: false, issues: [{ code: 'too-long', message: 'this is 257 KB long; 256 KB are allowed' }] })
  })

  it('nesting deeper than 64', () => {
    const result = load(`${'['.repeat(65)}${']'.repeat(65)}`)
    expect(result).toMatchObject({ ok: false, issues: [{ code: 'too-deep', line: 1, column: 65 }] })
  })

  it('more than 200 rules of one kind', () => {
    const rules = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`rule-${index}`, 0]))
    const result = load(JSON.stringify({ id: 'many', version: '1.0.0', title: 'Many', effectiveFrom: '2026-01-01', eligibility: rules }))
    expect(result).toMatchObject({ ok: false })
    expect(JSON.stringify(result)).toContain('201 entries stand here; 200 are allowed')
  })

  it('more than 2,000 conditions in all rules together', () => {
    const all = Array.from({ length: 19 }, () => ({ fact: 'person.ageOnReceipt', operator: 'lessThan', value: 18 }))
    const rule = (number: number) => ({
      number,
      label: 'A rule',
      source: 'A policy',
      conditions: { all },
      event: { type: 'ineligible', params: { reason: 'A reason' } },
    })
    const eligibility = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`rule-${index}`, rule(900 + index)]))
    const document = {
      id: 'many',
      version: '1.0.0',
      title: 'Many',
      effectiveFrom: '2026-01-01',
      extends: { id: 'core', version: '1.0.0' },
      eligibility,
    }
    const result = load(JSON.stringify(document), [shippedText('core')])
    expect(result).toMatchObject({ ok: false, issues: [{ code: 'too-many-conditions', at: '' }] })
  })

  it('what is not text', () => {
    expect(load({} as unknown as string)).toMatchObject({ ok: false, issues: [{ code: 'not-text' }] })
  })
})
