import { describe, expect, it } from 'vitest'
import {
  type AnswerChange,
  type Change,
  MOST_CHANGES,
  nearlyFired,
  settlingQuestions,
  smallestChange,
  whyNot,
} from '../src/counterfactuals/index.ts'
import { decide, type DecisionInput, explain, type FactValue, type KindId, type RuleSet } from '../src/index.ts'
import { type AnswerRef, outcomesOf } from '../src/why/index.ts'
import { answered, outcomesIn } from './support/answers.ts'
import { coreDraft, put } from './support/drafts.ts'
import { factors, form, present, register } from './support/forms.ts'
import { type Chance, randomCase } from './support/random-cases.ts'
import { shippedRuleSet } from './support/shipped.ts'
import { askedCases } from './support/staff-cases.ts'
import { tiny } from './support/tiny.ts'

const asOf = '2026-05-31'
const core = shippedRuleSet('core')

/** A change made, for each way in which it does not matter when it last happened. */
function* made(input: DecisionInput, { answers }: Pick<Change, 'answers'>): Generator<DecisionInput> {
  const [first, ...rest] = answers
  if (!first) return yield input
  const windows = first.window ? [first.window] : (['recent', 'historic'] as const)
  for (const window of windows) yield* made(answered(input, first, first.to, window), { answers: rest })
}

describe('the smallest change', () => {
  it('alters the outcome to what it says, and no part of it does', () => {
    let changes = 0
    let parts = 0
    for (const { ruleSet, kind, input, says } of askedCases(6, 7)) {
      const before = outcomesIn(ruleSet, kind, input)
      for (const to of [undefined, ...outcomesOf(ruleSet, kind).flat()]) {
        const found = smallestChange(ruleSet, kind, input, to === undefined ? {} : { to })
        for (const change of found.changes.slice(0, 20)) {
          for (const facts of made(input, change)) {
            const after = outcomesIn(ruleSet, kind, facts)
            expect(after, `${JSON.stringify(change)} of ${says}`).toEqual(change.outcome)
            if (to === undefined) expect(after).not.toEqual(before)
            else expect(after).toContainEqual([to])
          }
          changes++
          if (change.answers.length === 1) continue
          for (const answer of change.answers) {
            for (const facts of made(input, { answers: [answer] })) {
              const after = outcomesIn(ruleSet, kind, facts)
              if (to === undefined) expect(after).toEqual(before)
              else expect(after).not.toContainEqual([to])
              parts++
            }
          }
        }
      }
    }
    console.log(`changes made: ${changes}, parts of them that do not do: ${parts}`)
    expect(changes).toBeGreaterThan(250)
    expect(parts).toBeGreaterThan(100)
  })

  it('misses no single answer that alters a band', () => {
    let altering = 0
    for (const { ruleSet, kind, input } of askedCases(16, 8)) {
      if (kind !== 'risk') continue
      const { changes, size, isComplete } = smallestChange(ruleSet, kind, input)
      expect(isComplete).toBe(true)
      const listed = new Set(changes.map(({ answers }) => `${answers[0]?.fact} ${String(answers[0]?.to)}`))
      const before = outcomesIn(ruleSet, kind, input)
      for (const id of factors) {
        for (const value of ['absent', 'possible', 'present']) {
          const ways = (['recent', 'historic'] as const).map((window) => answered(input, { fact: `factor.${id}` }, value, window))
          if (ways.every((facts) => JSON.stringify(outcomesIn(ruleSet, kind, facts)) === JSON.stringify(before))) continue
          expect(size).toBe(1)
          expect(listed).toContain(`factor.${id} ${value}`)
          altering++
        }
      }
    }
    console.log(`single answers that alter a band: ${altering}`)
    expect(altering).toBeGreaterThan(30)
  })

  it('is one answer where one is enough, and says when it matters how long ago it was', () => {
    const input = { asOf, facts: form(present('separation')) }
    const { size, changes } = smallestChange(core, 'risk', input, { to: 'very-high', atMost: 1 })
    expect(size).toBe(1)
    expect(changes.map(({ answers }) => answers)).toEqual([
      [{ fact: 'factor.non-fatal-strangulation', from: 'absent', to: 'present' }],
      [{ fact: 'factor.suicidal-or-homicidal-thoughts', from: 'absent', to: 'present', window: 'recent' }],
    ])
  })

  it('is none where so few answers do not do', () => {
    const found = smallestChange(core, 'risk', { asOf, facts: form(present(...factors)) }, { to: 'standard' })
    expect(found).toMatchObject({ size: null, changes: [], more: 0, isComplete: true })
    expect(found.sentences[1]).toBe('No other way of giving one or two answers leads to “standard”.')
  })

  it('looks at each session by itself', () => {
    const input = { asOf, facts: register('attended', 'absent', 'attended') }
    const { changes } = smallestChange(shippedRuleSet('step-by-step'), 'attendance', input, { to: 'in-good-standing' })
    expect(changes.map(({ answers }) => answers)).toContainEqual([
      { fact: 'attendance.register', entry: { index: 1, field: 'outcome' }, from: 'absent', to: 'attended' },
    ])
  })

  it('says no more than was asked: another outcome may be nearer', () => {
    const input = { asOf, facts: form(present('separation')) }
    expect(smallestChange(core, 'risk', input, { to: 'high', atMost: 1 }).size).toBe(1)
    const allPresent = { asOf, facts: { ...form(present(...factors)), 'factor.separation': 'absent' } }
    const { sentences } = smallestChange(core, 'risk', allPresent, { to: 'standard' })
    expect(sentences[1]).toBe('No other way of giving one or two answers leads to “standard”.')
    expect(smallestChange(core, 'risk', input, { to: 'standard' }).sentences[1]).toBe('The outcome is “standard”.')
  })

  it('is listed as far as a list helps, and the rest counted', () => {
    const byPointsAlone = coreDraft((document) => {
      put(document, 'locked', undefined)
      put(document, 'risk', {})
      put(document, 'instrument/bands/medium/from', 8)
      for (const factor of Object.values(document['instrument']?.['factors'] ?? {})) put(factor, 'floor', undefined)
    })
    const { changes, more, size } = smallestChange(byPointsAlone, 'risk', { asOf, facts: form({}) }, { to: 'medium' })
    expect({ size, listed: changes.length }).toEqual({ size: 2, listed: MOST_CHANGES })
    expect(more).toBeGreaterThan(0)
  })

  it('of an outcome that there is not: refused, with what was meant', () => {
    expect(() => smallestChange(core, 'risk', { asOf, facts: {} }, { to: 'veryhigh' })).toThrow(
      new RangeError('risk cannot come to "veryhigh"; did you mean "very-high"?'),
    )
  })
})

/** Any answer to a question, of the kind that it has. */
function answerTo(
  ref: AnswerRef,
  { ruleSet, kind, input, chance }: { ruleSet: RuleSet; kind: KindId; input: DecisionInput; chance: Chance },
): FactValue {
  const type = ruleSet.facts[ref.fact]
  if (ref.entry) {
    if (ref.entry.field === 'outcome') return chance.pick(['attended', 'late', 'left-early', 'excused', 'absent', 'not-held'])
    return chance.pick(
      ref.entry.field === 'source'
        ? ['self', 'worker', 'record']
        : ['significantly-better', 'no-significant-change', 'significantly-worse'],
    )
  }
  for (let i = 0; i < 200; i++) {
    const other = randomCase('other', chance, ruleSet).asked[kind]?.facts[ref.fact]
    if (other !== undefined && other !== null && !JSON.stringify(other).includes('null')) return other
  }
  if (type?.type === 'choice') return chance.pick(type.choices)
  throw new Error(`no answer to ${ref.fact} of ${JSON.stringify(input)}`)
}

describe('the questions that settle it', () => {
  it('leave nothing open, whatever is answered', () => {
    let rounds = 0
    for (const { ruleSet, kind, input, chance, says } of askedCases(60, 21)) {
      const { questions, possible } = settlingQuestions(ruleSet, kind, input)
      expect(possible, says).toEqual(outcomesIn(ruleSet, kind, input))
      if (questions.length === 0) {
        expect(
          possible.every(({ length }) => length === 1),
          says,
        ).toBe(true)
        continue
      }
      for (let i = 0; i < 6; i++) {
        let after = input
        for (const ref of questions)
          after = answered(after, ref, answerTo(ref, { ruleSet, kind, input, chance }), chance.pick(['recent', 'historic']))
        const outcomes = outcomesIn(ruleSet, kind, after)
        expect(
          outcomes.every(({ length }) => length === 1),
          `${JSON.stringify(questions)} of ${says} answered ${JSON.stringify(after.facts)}`,
        ).toBe(true)
        rounds++
      }
    }
    console.log(`rounds of questions answered: ${rounds}`)
    expect(rounds).toBeGreaterThan(300)
  })

  it('are those that decide, and no others', () => {
    let asked = 0
    for (const { ruleSet, kind, input } of askedCases(150, 22)) {
      if (kind !== 'risk') continue
      const { questions, isShortest } = settlingQuestions(ruleSet, kind, input)
      expect(questions.map(({ fact }) => fact)).toEqual(decide(ruleSet, kind, input).deciding.map((id) => `factor.${id}`))
      expect(isShortest).toBe(true)
      asked += questions.length
    }
    expect(asked).toBeGreaterThan(100)
  })

  it('are all asked where each of two is needless only once the other is answered', () => {
    const never = (fact: string) => ({
      all: [
        { fact, operator: 'equal', value: true },
        { fact, operator: 'equal', value: false },
      ],
    })
    const draft = tiny([
      { type: 'human-review', conditions: { all: [{ fact: 'custom.one', operator: 'equal', value: 1 }] } },
      { type: 'ineligible', conditions: { all: [never('custom.isOne'), never('custom.isOther')] } },
    ])
    const { questions, isShortest } = settlingQuestions(draft, 'eligibility', { asOf, facts: {} })
    expect(questions.map(({ fact }) => fact)).toEqual(['custom.one', 'custom.isOne', 'custom.isOther'])
    expect(isShortest).toBe(false)
  })

  it('leave out what only a rule waits for that can add nothing to what is certain', () => {
    const draft = tiny(
      [
        { type: 'ineligible', conditions: { all: [{ fact: 'custom.languages', operator: 'everyFact:notEqual', value: 'English' }] } },
        { type: 'human-review', conditions: { all: [{ fact: 'custom.isOne', operator: 'equal', value: true }] } },
        { type: 'human-review', conditions: { all: [{ fact: 'custom.sum', operator: 'greaterThan', value: 2 }] } },
      ],
      { 'custom.languages': { type: 'list', of: { type: 'text' } } },
    )
    const facts = { 'custom.isOne': true, 'custom.one': 1, 'custom.languages': ['Polish', null] }
    const { questions, isShortest } = settlingQuestions(draft, 'eligibility', { asOf, facts })
    expect({ questions, isShortest }).toEqual({ questions: [{ fact: 'custom.languages' }], isShortest: true })
  })

  it('are all asked for risk too, where a pattern waits for an answer that cannot matter', () => {
    const draft = coreDraft((document) => {
      const eitherWay = ['equal', 'notEqual'].map((operator) => ({ fact: 'factor.separation', operator, value: 'present' }))
      put(document, 'risk', {
        'either-way': {
          number: 900,
          label: 'Either way',
          source: 'A test',
          conditions: { any: eitherWay },
          event: { type: 'band-at-least', params: { band: 'very-high', action: 'Look again' } },
        },
      })
      put(document, 'locked', undefined)
    })
    const input = { asOf, facts: { ...form({}), 'factor.separation': undefined } }
    expect(outcomesIn(draft, 'risk', input)[0]?.length).toBeGreaterThan(1)
    expect(settlingQuestions(draft, 'risk', input).questions).toEqual([{ fact: 'factor.separation' }])
  })

  it('are no longer than needed: leaving one out, some way of answering the others settles nothing', () => {
    const input: DecisionInput = { asOf, facts: { 'person.bornOn': '1990-01-01', 'referral.receivedOn': '2026-05-01' } }
    const { questions, isShortest } = settlingQuestions(shippedRuleSet('step-by-step'), 'eligibility', input)
    expect(isShortest).toBe(true)
    expect(questions.map(({ fact }) => fact)).toEqual(['referral.basis', 'history.hasAbusedPartner', 'engagement.isWilling'])
    const harmless: Record<string, FactValue> = {
      'referral.basis': 'voluntary',
      'history.hasAbusedPartner': true,
      'engagement.isWilling': true,
    }
    for (const { fact } of questions) {
      const facts = { ...input.facts, ...harmless, [fact]: null }
      expect(outcomesIn(shippedRuleSet('step-by-step'), 'eligibility', { asOf, facts })[0]?.length).toBeGreaterThan(1)
    }
  })

  it('ask for the session that is not recorded', () => {
    const { questions, sentences } = settlingQuestions(shippedRuleSet('step-by-step'), 'attendance', {
      asOf,
      facts: register('attended', null),
    })
    expect(questions).toEqual([{ fact: 'attendance.register', entry: { index: 1, field: 'outcome' } }])
    expect(sentences.join(' ')).toContain('1 question settles it')
  })
})

describe('an answer that cannot be right', () => {
  it('is asked again, and said to be so', () => {
    const facts = { 'person.bornOn': '2026-05-02', 'referral.receivedOn': '2026-05-01', 'history.hasAbusedPartner': true }
    const { questions, sentences } = settlingQuestions(core, 'eligibility', {
      asOf,
      facts: { ...facts, 'residence.localAuthority': 'Sutton' },
    })
    expect(questions).toEqual([
      { fact: 'person.bornOn', isGiven: true },
      { fact: 'referral.receivedOn', isGiven: true },
    ])
    expect(sentences).toContain('When was the person born? (what was answered cannot be right).')
  })

  it('such as a day that lies ahead', () => {
    const draft = tiny([{ type: 'ineligible', conditions: { all: [{ fact: 'custom.day', operator: 'withinDays', value: 30 }] } }], {
      'custom.day': { type: 'day' },
    })
    const input = { asOf, facts: { 'custom.day': '2026-06-01' } }
    expect(settlingQuestions(draft, 'eligibility', input)).toMatchObject({
      questions: [{ fact: 'custom.day', isGiven: true }],
      isShortest: true,
    })
  })

  it('in an entry of a list too', () => {
    const dates = {
      type: 'list',
      of: { type: 'item', fields: { on: { type: 'day', label: 'Day' }, what: { type: 'text', label: 'What' } } },
    }
    const recent = { fact: 'custom.events', some: { path: '$.on', operator: 'withinDays', value: 30 } }
    const draft = tiny([{ type: 'ineligible', conditions: { all: [recent] } }], { 'custom.events': dates })
    const input = { asOf, facts: { 'custom.events': [{ on: '2026-01-01' }, { on: '2026-06-01' }] } }
    expect(settlingQuestions(draft, 'eligibility', input).questions).toEqual([
      { fact: 'custom.events', entry: { index: 1, field: 'on' }, isGiven: true },
    ])
  })
})

describe('what nearly fired', () => {
  it('is a rule that does not hold, and does with the one answer named', () => {
    let near = 0
    for (const { ruleSet, kind, input, says } of askedCases(20, 31)) {
      const resultOf = (facts: DecisionInput, rule: string) =>
        explain(ruleSet, kind, facts).rules.find((each) => each.rule === rule)?.result
      for (const { rule, result, changes } of nearlyFired(ruleSet, kind, input).rules) {
        expect(resultOf(input, rule), says).toBe(result)
        expect(result).not.toBe('true')
        for (const change of changes.slice(0, 3)) {
          for (const facts of made(input, { answers: [change satisfies AnswerChange] }))
            expect(resultOf(facts, rule), `${rule} ${JSON.stringify(change)} ${says}`).toBe('true')
          near++
        }
      }
    }
    console.log(`answers that make a rule hold: ${near}`)
    expect(near).toBeGreaterThan(300)
  })
})

describe('why not', () => {
  /** Core without these rules. */
  const without = (kind: KindId, rules: readonly string[]) =>
    coreDraft((document) => {
      put(document, 'locked', undefined)
      for (const rule of rules) put(document, `${kind}/${rule}`, undefined)
    })

  /** Each takes a rule set of its own. */
  const MOST_TRIED = 60

  it('names the rules without which the outcome would be the one wanted, or could be, and none else', () => {
    let hindered = 0
    for (const { kind, input, says } of askedCases(30, 41)) {
      for (const [ladder, outcomes] of outcomesOf(core, kind).entries()) {
        for (const wanted of outcomes) {
          const { inTheWay, oneOf, isSo, possible } = whyNot(core, kind, wanted, input)
          const now = outcomesIn(core, kind, input)[ladder]
          expect(possible, says).toEqual(now)
          expect(isSo).toBe(now?.length === 1 && now[0] === wanted)
          const rules = inTheWay.rules.map(({ rule }) => rule)
          if (isSo || rules.length === 0 || rules.length === Object.keys(core.document[kind]).length || hindered > MOST_TRIED) continue
          const isAbove = (found: readonly string[] | undefined) =>
            found?.some((outcome) => outcomes.indexOf(outcome) > outcomes.indexOf(wanted))
          const draft = without(kind, rules)
          // Where no rule is left to say anything, nothing can be told.
          if (!outcomesOf(draft, kind).flat().includes(wanted)) continue
          const freed = outcomesIn(draft, kind, input)[ladder]
          if (inTheWay.instrument.length === 0) expect(isAbove(freed), `${wanted}: ${says}`).toBe(false)
          if (inTheWay.instrument.length === 0 && oneOf.rules.length + oneOf.instrument.length === 0)
            expect(freed, `${wanted}: ${says}`).toEqual([wanted])
          for (const rule of rules.slice(0, 3)) {
            const others = rules.filter((each) => each !== rule)
            expect(isAbove(outcomesIn(without(kind, others), kind, input)[ladder]), `${rule} against ${wanted}: ${says}`).toBe(true)
            hindered++
          }
        }
      }
    }
    console.log(`rules that stand in the way by themselves: ${hindered}`)
    expect(hindered).toBeGreaterThan(60)
  })

  it('for risk also the answers that force a band, and the points', () => {
    const { inTheWay, sentences } = whyNot(core, 'risk', 'standard', {
      asOf,
      facts: form(present('threats-to-kill', 'non-fatal-strangulation')),
    })
    expect(inTheWay.instrument).toMatchObject([
      { what: 'floor', factor: 'non-fatal-strangulation', isOpen: false },
      { what: 'floor', factor: 'threats-to-kill', isOpen: false },
    ])
    expect(sentences).toContain('Threat to kill anyone, to anyone: by itself makes the band at least “high”.')
  })

  it('says what would have to hold, and how many points are short', () => {
    const { inTheWay, oneOf } = whyNot(core, 'risk', 'medium', { asOf, facts: form(present('separation')) })
    expect(inTheWay).toEqual({ rules: [], instrument: [] })
    expect(oneOf.instrument.at(-1)).toEqual({ what: 'points', points: 6, of: 100, short: 14 })
    expect(oneOf.rules.map(({ rule }) => rule)).toContain('separation-and-control')
  })
})

describe('all of it', () => {
  it('is marked as for staff only, in the data and in the first sentence', () => {
    let marked = 0
    for (const { ruleSet, kind, input } of askedCases(3, 51)) {
      const wanted = outcomesOf(ruleSet, kind)[0]?.[0] ?? ''
      for (const result of [
        smallestChange(ruleSet, kind, input),
        settlingQuestions(ruleSet, kind, input),
        nearlyFired(ruleSet, kind, input),
        whyNot(ruleSet, kind, wanted, input),
      ]) {
        expect(result.audience).toBe('staff-only')
        expect(result.sentences[0]).toMatch(/^For staff only: not for the person it is about/)
        expect(JSON.stringify(result)).toBe(JSON.stringify(JSON.parse(JSON.stringify(result))))
        marked++
      }
    }
    expect(marked).toBeGreaterThan(30)
  })

  it('comes out the same every time', () => {
    for (const { ruleSet, kind, input } of askedCases(3, 52)) {
      const all = () =>
        JSON.stringify([smallestChange(ruleSet, kind, input), settlingQuestions(ruleSet, kind, input), nearlyFired(ruleSet, kind, input)])
      expect(all()).toBe(all())
    }
  })
})
