import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, type DecisionInput, explain, type Facts, type FactValue, type KindId, kindIds, type RuleSet } from '../src/index.ts'
import { HIDDEN, redact } from '../src/explain/redact.ts'
import { factsFor, inputFor } from '../src/testing/index.ts'
import { load } from '../src/load.ts'
import { form, present, register } from './support/forms.ts'
import { outcomeAlone } from './support/outcome-alone.ts'
import { shippedIds, shippedRuleSet } from './support/shipped.ts'
import { tiny } from './support/tiny.ts'

const asOf = '2026-05-31'
const core = shippedRuleSet('core')
const baseOf = (name: string) => (name.startsWith('factor.') ? name.split('.').slice(0, 2).join('.') : name)
const redacted = (ruleSet: RuleSet, kind: KindId, input: DecisionInput, hidden: readonly string[]) =>
  redact(explain(ruleSet, kind, input), (fact) => !hidden.includes(baseOf(fact)), ruleSet)

/** Every text and number in a value, and how a day reads. */
const valuesIn = (value: FactValue | undefined): string[] =>
  JSON.stringify(value ?? null)
    .match(/[\w-]{5,}/g)
    ?.flatMap((text) => [text, text.replaceAll('-', ' ')]) ?? []

describe('what somebody may not look at', () => {
  it('shows nowhere: not in a trace, a decision, a problem or a sentence', () => {
    // Values that occur nowhere else, a wrong one among them.
    const facts: Facts = {
      'person.bornOn': '2009-07-23',
      'referral.receivedOn': '2026-04-17',
      'residence.localAuthority': 'Zyxwick',
      'referral.basis': 'wrong-qqq',
      'place.joinedOn': '2026-03-19',
      'attendance.register': [{ session: 'sss-qqq', kind: 'group', date: '2026-04-13', outcome: 'absent' }],
      'outcomes.measures': [{ measure: 'mmm-qqq', version: '7.7.7', source: 'worker', change: 'significantly-worse' }],
    }
    const days = ['23 July 2009', '17 April 2026', '19 March 2026', '13 April 2026']
    let read = 0
    for (const id of shippedIds) {
      for (const kind of ['eligibility', 'attendance', 'completion'] as const) {
        const ruleSet = shippedRuleSet(id)
        const text = JSON.stringify(redacted(ruleSet, kind, { asOf, facts }, Object.keys(facts)))
        for (const value of [...Object.values(facts).flatMap(valuesIn), ...days])
          if (!/^(?:group|absent|worker|change|source|measure|version|session|outcome|significantly.worse)$/.test(value))
            expect(text, kind).not.toContain(value)
        read++
      }
    }
    expect(read).toBe(9)
  })

  it('makes no difference: other values that come to the same show the same', () => {
    let compared = 0
    const pairs = fc
      .constantFrom(...shippedIds.flatMap((id) => kindIds.map((kind) => [shippedRuleSet(id), kind] as const)))
      .chain(([ruleSet, kind]) =>
        fc.record({
          ruleSet: fc.constant(ruleSet),
          kind: fc.constant(kind),
          input: inputFor(ruleSet, { kind, known: 'some' }),
          others: factsFor(ruleSet, { kind, known: 'some' }),
          hides: fc.func(fc.integer({ min: 0, max: 9 }).map((chance) => chance < 4)),
        }),
      )
    fc.assert(
      fc.property(pairs, ({ ruleSet, kind, input, others, hides }) => {
        const bases = [...new Set(Object.keys(input.facts).map(baseOf))]
        const hidden = bases.filter((base) => hides(base))
        const facts = Object.fromEntries(
          [...new Set([...Object.keys(input.facts), ...Object.keys(others)])].map((name) => [
            name,
            hidden.includes(baseOf(name)) ? others[name] : input.facts[name],
          ]),
        )
        const [one, other] = [input, { asOf: input.asOf, facts }].map((each) => explain(ruleSet, kind, each))
        if (!one || !other || outcomeAlone(one) !== outcomeAlone(other)) return
        const [seen, alsoSeen] = [one, other].map((each) => redact(each, (fact) => !hidden.includes(baseOf(fact)), ruleSet))
        expect(JSON.stringify(alsoSeen)).toBe(JSON.stringify(seen))
        compared++
      }),
      { numRuns: 1500 },
    )
    console.log(`pairs that differ only in what is hidden: ${compared}`)
    expect(compared).toBeGreaterThan(300)
  })
})

describe('an explanation cut down', () => {
  const input = { asOf, facts: form(present('separation', 'coercive-control', 'threats-to-kill')) }

  it('is as it was for whoever may look at everything', () => {
    const whole = explain(core, 'risk', input)
    expect(redact(whole, () => true, core)).toEqual(whole)
  })

  it('has a fixed word in the trace, and the label alone in the sentence', () => {
    const { rules, sentences } = redacted(core, 'risk', input, ['factor.separation'])
    const rule = rules.find((each) => each.rule === 'separation-and-control')
    expect(JSON.stringify(rule?.conditions)).toContain(
      `"fact":"factor.separation","label":"Separated within 12 months, or separation announced or feared","operator":"equal","seen":"${HIDDEN}","needed":"${HIDDEN}"`,
    )
    const sentence = sentences.find((each) => each.startsWith(rule?.label ?? '?'))
    expect(sentence).toContain('Separated within 12 months, or separation announced or feared: hidden')
    expect(sentence).toContain("Runs or polices the partner's daily life or money: present")
  })

  it('leaves out the sum that would give a hidden answer away', () => {
    const { decision, sentences } = redacted(core, 'risk', input, ['factor.separation'])
    expect(decision).toMatchObject({ score: null, scoreBand: null, scoreRange: { atLeast: { points: 0 }, atMost: { points: 100 } } })
    expect(sentences).toContain('The score is hidden, because answers behind it are.')
  })

  it('keeps the outcome, and which rules made it', () => {
    const shown = redacted(core, 'risk', input, Object.keys(input.facts))
    expect(shown.decision).toMatchObject({ band: decide(core, 'risk', input).band, floors: [], contributions: [] })
    expect(shown.rules.map(({ rule, result }) => [rule, result])).toEqual(
      explain(core, 'risk', input).rules.map(({ rule, result }) => [rule, result]),
    )
  })

  it('hides what is added up with what it is added up from', () => {
    const { decision, sentences, rules } = redacted(core, 'attendance', { asOf, facts: register('absent', 'absent') }, [
      'attendance.register',
    ])
    expect(decision).toMatchObject({ counts: null, outcome: 'contact' })
    expect(sentences).toContain('What the register adds up to is hidden.')
    expect(JSON.stringify(rules)).not.toContain('"seen":2')
  })

  it('is told in the language of whoever reads', () => {
    expect(redact(explain(core, 'risk', input), () => false, core).sentences.join(' ')).not.toContain('present')
  })
})

describe('what the items of a list are compared with', () => {
  const limited = loadedLimit()
  const input = (limit: number, entries: number[]): DecisionInput => ({
    asOf,
    facts: { 'custom.limit': limit, 'custom.entries': entries.map((size) => ({ size })) },
  })

  it('is told by its name where it is shown', () => {
    const [rule] = explain(limited, 'safeguarding', input(3, [5])).rules
    expect(rule?.conditions).toMatchObject({
      where: { any: [{ not: { path: '$.size', operator: 'lessThanInclusive', value: 3, neededFrom: 'custom.limit' } }] },
    })
  })

  it.each<[string, number[]]>([
    ['custom.limit', [5]],
    ['custom.entries', [5]],
  ])('is not shown to who may not see %s, nor what came of each item', (hidden, entries) => {
    const [one, other] = [3, 4].map((limit) => JSON.stringify(redacted(limited, 'safeguarding', input(limit, entries), [hidden])))
    if (hidden === 'custom.limit') expect(one).toBe(other)
    expect(one).not.toContain('where')
    expect(one).not.toContain('items')
    expect(JSON.stringify(redacted(limited, 'safeguarding', input(3, entries), []))).toContain('"items":["true"]')
  })
})

describe('a rule with several hidden comparisons', () => {
  const asks = (value: number) => ({ fact: 'custom.one', operator: 'equal', value })
  const either = tiny([
    { type: 'ineligible', conditions: { any: [asks(1), asks(2), { fact: 'custom.isOne', operator: 'equal', value: true }] } },
  ])
  const seen = (one: number, isOne: boolean | null) =>
    redact(
      explain(either, 'eligibility', { asOf, facts: { 'custom.one': one, 'custom.isOne': isOne } }),
      (fact) => fact !== 'custom.one',
      either,
    )

  it('does not say which of them holds', () => {
    expect(JSON.stringify(seen(2, false))).toBe(JSON.stringify(seen(1, false)))
    expect(seen(2, false).rules[0]?.conditions).toMatchObject({
      any: [{ result: 'unknown' }, { result: 'unknown' }, { seen: false, result: 'false' }],
      result: 'true',
    })
    expect(seen(2, false).sentences.join(' ')).toContain('Seen: custom.one: hidden.')
  })

  it('says what follows from the rule: all of them failed where it does not hold', () => {
    expect(seen(3, false).rules[0]?.conditions).toMatchObject({ any: [{ result: 'false' }, { result: 'false' }, { result: 'false' }] })
  })

  it('waits for what is seen to be open, whatever the hidden values are', () => {
    const waiting = tiny([
      { type: 'ineligible', conditions: { any: [{ all: [asks(1), isSo('custom.isOne')] }, { all: [asks(2), isSo('custom.isOther')] }] } },
    ])
    const shown = [1, 2].map((one) =>
      redact(explain(waiting, 'eligibility', { asOf, facts: { 'custom.one': one } }), (fact) => fact !== 'custom.one', waiting),
    )
    expect(shown[1]).toEqual(shown[0])
    expect(shown[0]?.decision.needs).toEqual(['custom.isOne', 'custom.isOther'])
  })
})

const isSo = (fact: string) => ({ fact, operator: 'equal', value: true })

describe('an answer of which only the day, or only the sources, may not be looked at', () => {
  const facts: Facts = { ...form(present('separation')), 'factor.separation.sources': ['police'] }
  const shown = (hidden: string, value: FactValue) =>
    redact(explain(core, 'risk', { asOf, facts: { ...facts, [hidden]: value } }), (fact) => fact !== hidden, core)

  it('does not tell the day by what it makes of the points', () => {
    const [recent, historic] = ['2026-05-01', '2010-01-01'].map((day) => shown('factor.separation.lastOccurredOn', day))
    expect(JSON.stringify(recent?.decision.contributions)).toBe(JSON.stringify(historic?.decision.contributions))
    expect(recent?.decision.score).toBe(null)
  })

  it('does not tell that it rests on the partner alone', () => {
    const [police, partner] = [['police'], ['partner']].map((sources) => shown('factor.separation.sources', sources))
    expect(partner?.decision.contributions).toEqual(police?.decision.contributions)
    expect(partner?.decision.unknown).toEqual([])
  })
})

function loadedLimit(): RuleSet {
  const described = { number: 1, label: 'Size', question: 'How big?', source: 'test' }
  const size = { type: 'integer', label: 'Size', minimum: 0, maximum: 9 }
  const result = load(
    JSON.stringify({
      id: 'limited',
      version: '1.0.0',
      title: 'Limited',
      effectiveFrom: '2026-01-01',
      facts: {
        'custom.entries': { ...described, type: 'list', of: { type: 'item', fields: { size } } },
        'custom.limit': { ...described, number: 2, type: 'integer', minimum: 0, maximum: 9 },
      },
      safeguarding: {
        above: {
          number: 1,
          label: 'Above the limit',
          source: 'test',
          conditions: {
            fact: 'custom.entries',
            some: { any: [{ not: { path: '$.size', operator: 'lessThanInclusive', value: { fact: 'custom.limit' } } }] },
          },
          event: { type: 'tell', params: { level: 'same-day', tell: ['lead'], within: { amount: 1, unit: 'days' } } },
        },
      },
    }),
  )
  if (!result.ok) throw new Error(JSON.stringify(result.issues))
  return result.ruleSet
}
