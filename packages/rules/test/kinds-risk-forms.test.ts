import { describe, expect, it } from 'vitest'
import type { Facts, FactValue } from '../src/language/facts.ts'
import type { Document } from '../src/rule-set/document.ts'
import { loaded } from './support/kinds.ts'
import { shippedRuleSet } from './support/shipped.ts'
import golden from './kinds-risk-forms.json' with { type: 'json' }

const { kinds, document } = shippedRuleSet('core')
const factors = Object.keys(document.instrument?.factors ?? {})
const asOf = '2026-05-01'

/** P and p: present or possible, the day not known; H and h: present or possible, long ago; a: absent; u: asked and not known; -: not asked. */
function factsOf(form: string): Facts {
  const facts: Record<string, FactValue> = {}
  for (const [index, way] of form.split('').entries()) {
    const name = `factor.${factors[index]}`
    if (way !== '-') facts[name] = way === 'a' ? 'absent' : way === 'u' ? null : 'PH'.includes(way) ? 'present' : 'possible'
    if ('Hh'.includes(way)) facts[`${name}.lastOccurredOn`] = '2019-03-01'
  }
  return facts
}

describe('forms of the 24 factors', () => {
  it.each(golden.forms)('$form', ({ form, ends, deciding }) => {
    const input = { asOf, facts: factsOf(form) }
    const found = kinds.risk.deciding?.(input) ?? []
    expect({
      ends: Object.values(kinds.risk.ends?.(input) ?? {}).join(' to '),
      deciding: found.filter(({ isCertain }) => isCertain).map(({ fact }) => factors.indexOf(fact.slice('factor.'.length)) + 1),
    }).toEqual({ ends, deciding })
    expect(found.every(({ isCertain }) => isCertain)).toBe(true)
    const { deciding: named, band } = kinds.risk.decide(input)
    expect(named.map((id) => factors.indexOf(id) + 1)).toEqual(deciding)
    expect(`${band.atLeast} to ${band.atMost}`).toBe(ends)
  })

  it('rest on the person’s own account until somebody else says something of an answer about violence or control', () => {
    const domains = document.instrument?.domains ?? {}
    const [needing, other] = [true, undefined].map(
      (needs) =>
        Object.entries(document.instrument?.factors ?? {}).find(([, { domain }]) => domains[domain]?.needsOtherSource === needs)?.[0],
    )
    const isSelfReport = (facts: Facts) => kinds.risk.decide({ asOf, facts }).selfReportOnly
    const answered = (factor: string | undefined, answer: FactValue | undefined, ...sources: string[]): Facts =>
      ({ [`factor.${factor}`]: answer, [`factor.${factor}.sources`]: sources }) as Facts
    expect([
      isSelfReport({}),
      isSelfReport(answered(needing, 'absent')),
      isSelfReport(answered(needing, 'absent', 'self')),
      isSelfReport(answered(needing, 'absent', 'partner')),
      isSelfReport(answered(needing, null, 'police')),
      isSelfReport(answered(needing, undefined, 'police')),
      isSelfReport(answered(other, 'present', 'police')),
    ]).toEqual([true, true, true, true, true, true, true])
    expect([isSelfReport(answered(needing, 'absent', 'police')), isSelfReport(answered(needing, 'present', 'self', 'court'))]).toEqual([
      false,
      false,
    ])
  })

  it('cannot be decided without an instrument', () => {
    const bare = loaded({ id: 'bare', version: '1.0.0', title: 'Bare', effectiveFrom: '2026-01-01' } as Document)
    expect(() => bare.decide('risk', { asOf, facts: {} })).toThrow('this rule set has no instrument, so it cannot decide risk')
  })
})
