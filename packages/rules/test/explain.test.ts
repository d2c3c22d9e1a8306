import { describe, expect, it } from 'vitest'
import { explain, type Facts, type KindId } from '../src/index.ts'
import { conditionInWords, inOneLine } from '../src/explain/condition-words.ts'
import golden from './explain-sentences.json' with { type: 'json' }
import { shippedRuleSet, type ShippedId } from './support/shipped.ts'
import { tiny } from './support/tiny.ts'

/** Either an example of the rule set, by its name, or a kind with facts. */
type Case = { description: string; ruleSet: ShippedId; example?: string; kind?: KindId; facts?: Facts; sentences: string[] }

describe('in plain words', () => {
  it.each(golden.cases as Case[])('$ruleSet: $description', ({ ruleSet: id, example, kind, facts, sentences }) => {
    const ruleSet = shippedRuleSet(id)
    const { kind: asked, ...input } =
      example === undefined
        ? { kind: kind as KindId, asOf: golden.asOf, facts: facts ?? {} }
        : (ruleSet.examples[example] as NonNullable<(typeof ruleSet.examples)[string]>)
    expect(explain(ruleSet, asked, input).sentences).toEqual(sentences)
  })

  it('every kind is shown', () => {
    const shown = new Set(
      (golden.cases as Case[]).map(({ ruleSet, example, kind }) => kind ?? shippedRuleSet(ruleSet).examples[example ?? '']?.kind),
    )
    expect([...shown].toSorted()).toEqual(['attendance', 'completion', 'eligibility', 'pathway', 'risk', 'safeguarding'])
  })
})

describe('days in words', () => {
  const dated = (operator: string, value: unknown) =>
    tiny([{ type: 'ineligible', conditions: { all: [{ fact: 'custom.day', operator, value }] } }], {
      'custom.day': { type: 'day', label: 'The day' },
    })
  const seen = (operator: string, value: unknown) =>
    explain(dated(operator, value), 'eligibility', { asOf: '2026-05-01', facts: { 'custom.day': '2026-04-28' } }).sentences.find(
      (sentence) => sentence.includes('Seen: '),
    )

  it.each([
    ['withinDays', 30, 'which is within 30 days up to the day of the decision'],
    ['not:withinDays', 2, 'which is not within 2 days up to the day of the decision'],
    ['lessThan', '2026-05-01', 'which is before 1 May 2026'],
    ['lessThanInclusive', '2026-05-01', 'which is not after 1 May 2026'],
    ['greaterThan', '2026-04-01', 'which is after 1 April 2026'],
    ['greaterThanInclusive', '2026-04-01', 'which is not before 1 April 2026'],
  ])('%s %s', (operator, value, words) => expect(seen(operator, value)).toContain(`The day: 28 April 2026, ${words}.`))

  it('and in a leaflet', () => {
    const { document, facts } = dated('lessThan', '2026-05-01')
    const condition = document.eligibility['rule-a']?.conditions
    expect(condition && inOneLine(conditionInWords(condition, { document, facts }))).toBe('The day: before 1 May 2026')
  })
})
