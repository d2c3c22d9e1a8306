// A document read as text, with the types that `plumbline rules types` wrote beside the program.
import { decide, type RuleSet } from '@plumbline/rules'
import { load } from '@plumbline/rules/load'
import type { Facts } from './core-facts.ts'

export function decideAbout(text: string, facts: Facts) {
  const loaded = load<Facts>(text)
  if (!loaded.ok) throw new Error(loaded.issues.map(({ message }) => message).join('\n'))
  const typed: RuleSet<Facts> = loaded.ruleSet
  decide(typed, 'eligibility', { asOf: '2026-05-01', facts })
  decide(typed, 'eligibility', {
    asOf: '2026-05-01',
    facts: { 'referral.basis': 'voluntary', 'attendance.register': [{ outcome: 'late' }] },
  })
  // @ts-expect-error misspelt
  decide(typed, 'eligibility', { asOf: '2026-05-01', facts: { 'referral.basos': 'voluntary' } })
  // @ts-expect-error a choice that is none
  decide(typed, 'eligibility', { asOf: '2026-05-01', facts: { 'referral.basis': 'voluntarily' } })
  // @ts-expect-error a text for a day is allowed, a number is not
  decide(typed, 'eligibility', { asOf: '2026-05-01', facts: { 'person.bornOn': 19900214 } })
  // @ts-expect-error a misspelt field of an item
  decide(typed, 'attendance', { asOf: '2026-05-01', facts: { 'attendance.register': [{ outcom: 'late' }] } })
  // @ts-expect-error computed
  return decide(typed, 'eligibility', { asOf: '2026-05-01', facts: { 'person.ageOnReceipt': 30 } })
}

/** Without types any name goes, as before. */
export function decideLoosely(text: string) {
  const loaded = load(text)
  return loaded.ok && decide(loaded.ruleSet, 'risk', { asOf: '2026-05-01', facts: { 'anything.atAll': true } }).band.atMost
}
