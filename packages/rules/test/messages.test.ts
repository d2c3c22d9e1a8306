import { describe, expect, it } from 'vitest'
import {
  counterfactualsInEnglish,
  nearlyFired,
  settlingQuestions,
  smallestChange,
  whyNot,
  type CounterfactualMessages,
} from '../src/counterfactuals/index.ts'
import { english, explain, type Facts, kindIds, type Messages, pluralIn, type RuleSet } from '../src/index.ts'
import { outcomesOf, sufficientReason } from '../src/why/index.ts'
import { otherLanguage, templatesIn } from './support/other-language.ts'
import { form, present, register } from './support/forms.ts'
import { shippedIds, shippedRuleSet } from './support/shipped.ts'
import { type AskedCase, askedCases } from './support/staff-cases.ts'

/** Whatever the library says of a case, in one language. */
function everythingSaid(
  { ruleSet, kind, input }: Pick<AskedCase, 'ruleSet' | 'kind' | 'input'>,
  messages: CounterfactualMessages,
): string[] {
  return [
    explain(ruleSet, kind, input, { messages }),
    sufficientReason(ruleSet, kind, input, { messages }),
    sufficientReason(ruleSet, kind, input, { messages, atLeast: true }),
    smallestChange(ruleSet, kind, input, { messages }),
    settlingQuestions(ruleSet, kind, input, { messages }),
    nearlyFired(ruleSet, kind, input, { messages }),
    ...outcomesOf(ruleSet, kind)
      .flat()
      .map((outcome) => whyNot(ruleSet, kind, outcome, input, { messages })),
  ].flatMap(({ sentences }) => sentences)
}

/** Invented cases, and the worked examples of every document. */
function* cases(count: number): Generator<Pick<AskedCase, 'ruleSet' | 'kind' | 'input'>> {
  yield* askedCases(count, 61)
  for (const id of shippedIds) {
    const ruleSet = shippedRuleSet(id)
    for (const { kind, asOf, facts } of Object.values(ruleSet.examples).slice(0, count)) yield { ruleSet, kind, input: { asOf, facts } }
  }
}

/** Texts that a rule set and the facts bring: whatever is written for people, and the ids that are read out. */
function writtenTexts({ document, facts }: RuleSet, given: Facts): string[] {
  const texts = new Set<string>()
  const spoken = new Set([
    'label',
    'question',
    'reason',
    'action',
    'route',
    'definition',
    'whom',
    'tell',
    'choices',
    'unit',
    'to',
    'variant',
    'measure',
  ])
  const walk = (value: unknown, isSpoken: boolean): void => {
    if (typeof value === 'string' && isSpoken) texts.add(value)
    else if (Array.isArray(value)) for (const each of value) walk(each, isSpoken)
    else if (typeof value === 'object' && value !== null)
      for (const [key, each] of Object.entries(value)) walk(each, isSpoken || spoken.has(key))
  }
  walk([document.facts, document.parameters, document.instrument, ...kindIds.map((kind) => document[kind])], false)
  walk(Object.values(document.statements), true)
  walk(
    Object.values(document.parameters).map(({ value }) => value),
    true,
  )
  walk(Object.keys(document.instrument?.bands ?? {}), true)
  // Texts and entries that somebody recorded, the answers of the instrument left out: those are words of the library.
  for (const [name, value] of Object.entries(given)) if (!name.startsWith('factor.') && facts[name]?.type !== 'choice') walk(value, true)
  const all = [...texts, ...[...texts].map((text) => text.toLowerCase())]
  return all.filter((text) => /\p{L}/u.test(text)).sort((one, other) => other.length - one.length)
}

describe('a second language', () => {
  it('leaves no word of the library’s own in English, and every label as it is written', () => {
    const messages = otherLanguage()
    let said = 0
    for (const asked of cases(6)) {
      const written = writtenTexts(asked.ruleSet, asked.input.facts)
      for (const sentence of everythingSaid(asked, messages)) {
        const left = written.reduce((text, part) => text.replaceAll(part, ''), sentence)
        // An entry of measures is named by name and version.
        expect(left.replaceAll(/[\w-]+@[\w?]+/g, ''), sentence).not.toMatch(/\p{L}/u)
        said++
      }
    }
    console.log(`sentences in another language: ${said}`)
    expect(said).toBeGreaterThan(500)
  })

  it('says as much as English does', () => {
    for (const asked of cases(3))
      expect(everythingSaid(asked, otherLanguage())).toHaveLength(everythingSaid(asked, counterfactualsInEnglish).length)
  })

  it('must have every key, with the parameters of the English one', () => {
    const { band: _band, ...risk } = english.risk
    // @ts-expect-error a catalogue without a message is none
    const incomplete: Messages = { ...english, risk }
    // @ts-expect-error a message that asks for what it is not given is none
    const mistaken: Messages = { ...english, words: { ...english.words, days: ({ months }: { months: number }) => `${months}` } }
    const complete: Messages = { ...english, words: { ...english.words, days: ({ count }) => `${count} o ddyddiau` } }
    expect([incomplete.risk.band, mistaken.words.days({ count: 1 }), complete.words.days({ count: 3 })]).toEqual([
      undefined,
      'undefined',
      '3 o ddyddiau',
    ])
  })

  it('has its own forms for numbers', () => {
    const inWelsh = pluralIn('cy')
    const forms = { zero: 'a', one: 'b', two: 'c', few: 'd', many: 'e', other: 'f' }
    expect([0, 1, 2, 3, 6, 7].map((count) => inWelsh(count, forms)).join('')).toBe('abcdef')
    expect(pluralIn('en')(2, { one: 'session', other: 'sessions' })).toBe('sessions')
  })
})

/** Numbers that look like measurements, and words that tell somebody what to do or call somebody safe. */
const forbidden =
  /\b(?:probab\w*|(?:un)?likel\w*|chances?|odds|per ?cent\w*|should|ought|advis\w*|recommend\w*|suggest\w*|consider|you|your|safe|harmless|low risk|improbab\w*)\b|%/i

describe('no probability, and no advice about a person', () => {
  it('in any template', () => {
    const templates = templatesIn(counterfactualsInEnglish)
    console.log(`templates read: ${templates.length}`)
    expect(templates.length).toBeGreaterThan(100)
    expect(
      templates.filter(({ message }) => forbidden.test(String(message))).map(({ path, message }) => `${path}: ${String(message)}`),
    ).toEqual([])
  })

  it('in any sentence of any case', () => {
    let said = 0
    for (const asked of cases(8)) {
      const written = writtenTexts(asked.ruleSet, asked.input.facts)
      for (const sentence of everythingSaid(asked, counterfactualsInEnglish)) {
        expect(
          written.reduce((text, part) => text.replaceAll(part, ''), sentence),
          sentence,
        ).not.toMatch(forbidden)
        said++
      }
    }
    console.log(`sentences read: ${said}`)
    expect(said).toBeGreaterThan(1000)
  })

  it.each(['It is likely to be high', 'The chance is 40 %', 'You should move out', 'She is safe', 'We recommend a review'])(
    'which the test sees: %s',
    (text) => {
      expect(text).toMatch(forbidden)
    },
  )
})

describe('in plain words, for staff', () => {
  const asOf = '2026-05-31'
  it.each([
    {
      what: 'why',
      said: () =>
        sufficientReason(
          shippedRuleSet('core'),
          'risk',
          { asOf, facts: form(present('threats-to-kill', 'escalation')) },
          { atLeast: true },
        ),
      sentences: [
        'This answer alone makes the outcome at least “high”, whatever the other answers are.',
        'Threat to kill anyone, to anyone: present, recent.',
      ],
    },
    {
      what: 'why not',
      said: () => whyNot(shippedRuleSet('step-by-step'), 'attendance', 'in-good-standing', { asOf, facts: register('absent') }),
      sentences: [
        'For staff only: not for the person it is about, nor for reports, referrers, courts or answers to subject-access requests.',
        'The outcome is not “in good standing”, but “removal due”.',
        '2 things stand in the way, each by itself.',
        'Every miss brings a contact the same day: holds. Seen: Misses, as the provider counts them: 1, which is at least 1.',
        'No session may be missed: holds. Seen: Misses, as the provider counts them: 1, which is more than 0 (Misses allowed where a provider removes for missing).',
      ],
    },
  ])('$what', ({ said, sentences }) => {
    expect(said().sentences).toEqual(sentences)
  })
})
