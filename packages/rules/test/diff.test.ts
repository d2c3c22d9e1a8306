import { describe, expect, it } from 'vitest'
import { diff, type ChangeClass } from '../src/bulk/index.ts'
import { coreDraft, draftOf, type Loose, put } from './support/drafts.ts'
import { shippedIds, shippedRuleSet } from './support/shipped.ts'

const present = (factor: string) => ({ fact: `factor.${factor}`, operator: 'equal', value: 'present' })
const rule = (conditions: unknown, event: unknown) => ({ number: 900, label: 'A new one', source: 'test', conditions, event })
const band = (name: string) => ({ type: 'band-at-least', params: { band: name, action: 'look' } })

type Case = [path: string, value: unknown, expected: ChangeClass, words: string | RegExp]

/** Each change of core: what is put where, its class, and the line about it. */
const cases: Record<string, Case[]> = {
  parameters: [
    ['parameters/reviewAtMisses/value', 2, 'moves-up', 'reviewAtMisses 3 → 2 (Misses that call for a review of the place)'],
    ['parameters/reviewAtMisses/value', 4, 'moves-down', 'reviewAtMisses 3 → 4 (Misses that call for a review of the place)'],
    ['parameters/minimumAge/value', 18, 'moves-up', /^minimumAge 16 → 18/],
    ['parameters/missesAllowed/value', 1, 'additive', /^missesAllowed 2 → 1/],
    ['parameters/takesAnyArea/value', false, 'moves-up', /^takesAnyArea yes → no/],
    ['parameters/areasServed/value', ['Sutton'], 'additive', /^areasServed gains Sutton/],
    ['parameters/excusedAbsenceCounts/value', true, 'moves-up', /^excusedAbsenceCounts no → yes/],
    ['parameters/lateArrivalsPerMiss/value', 3, 'moves-up', /^lateArrivalsPerMiss 0 → 3/],
    ['parameters/countedSessionKinds/value', ['group', 'one-to-one'], 'moves-up', /gains one to one/],
    ['parameters/countedSessionKinds/value', ['one-to-one'], 'cannot-tell', /gains one to one and loses group/],
    ['parameters/recentMonths/value', 24, 'moves-up', /^recentMonths 12 → 24/],
    ['parameters/verifyWithinWorkingDays/value', 3, 'moves-up', /^verifyWithinWorkingDays 5 → 3/],
    ['parameters/sessionsRequired/value', 20, 'moves-down', /^sessionsRequired 22 → 20/],
    ['parameters/measuresBetterRequired/value', 3, 'moves-up', /^measuresBetterRequired 2 → 3/],
    ['parameters/namedMeasures/value', ['respectful-communication@1'], 'cannot-tell', /^namedMeasures loses/],
    ['parameters/minimumAge/maximum', 25, 'additive', 'parameter minimumAge: other values are allowed (16 to 30 → 16 to 25)'],
    ['parameters/minimumAge/label', 'Youngest age', 'wording', /^parameter minimumAge: label/],
  ],
  rules: [
    ['eligibility/no-history-of-abuse', undefined, 'moves-down', /^eligibility rule “No history of abusing a partner” removed/],
    ['eligibility/no-history-of-abuse/label', 'None', 'wording', /label “No history of abusing a partner” → “None”/],
    ['eligibility/no-history-of-abuse/event/params/reason', 'No reason', 'wording', /reason “There is no history/],
    [
      'eligibility/no-history-of-abuse/event',
      { type: 'human-review', params: { reason: 'look', whom: 'lead' } },
      'moves-down',
      /ineligible → human-review/,
    ],
    [
      'eligibility/new',
      rule({ all: [{ fact: 'engagement.isWilling', operator: 'equal', value: false }] }, { type: 'ineligible', params: { reason: 'no' } }),
      'moves-up',
      'new eligibility rule “A new one”: ineligible where Willing to engage: no',
    ],
    [
      'eligibility/below-minimum-age/conditions/all',
      [{ fact: 'person.ageOnReceipt', operator: 'lessThanInclusive', value: 17 }],
      'moves-up',
      /asks now: Age on the day the referral was received: at most 17/,
    ],
    [
      'eligibility/under-16/conditions/all',
      [{ fact: 'person.ageOnReceipt', operator: 'lessThanInclusive', value: 16 }],
      'moves-up',
      /at most 16/,
    ],
    [
      'safeguarding/threat-to-staff/event/params/within',
      { amount: 1, unit: 'working-days' },
      'cannot-tell',
      /within 4 hours → 1 working day/,
    ],
    ['safeguarding/threat-to-staff/event/params/within', { amount: 2, unit: 'hours' }, 'moves-up', /within 4 hours → 2 hours/],
    [
      'safeguarding/threat-to-staff/event/params/tell',
      ['safeguarding-lead'],
      'moves-down',
      /tell safeguarding-lead, programme-manager → safeguarding-lead/,
    ],
    ['safeguarding/threat-to-staff/event/params/level', 'emergency', 'moves-up', /level “same-day” → “emergency”/],
    ['risk/new', rule({ all: [present('escalation')] }, band('high')), 'moves-up', /^new risk rule “A new one”/],
    ['risk/separation-and-control/event', band('standard'), 'moves-down', /band “medium” → “standard”/],
    ['risk/separation-and-control/conditions/all', [present('separation')], 'moves-up', /asks now: Separated/],
    ['risk/separation-and-control/conditions', { any: [present('separation'), present('coercive-control')] }, 'cannot-tell', /asks now/],
    ['risk/separation-and-control/conditions/all', [present('coercive-control'), present('separation')], 'wording', /risk rule/],
    [
      'conditions/separation-control-violence/all',
      [present('separation')],
      'moves-up',
      /^condition “separation-control-violence” asks now/,
    ],
  ],
  instrument: [
    ['instrument/bands/high/from', 44, 'moves-up', 'band high begins at 45 → 44 in 100'],
    ['instrument/bands/high/from', 46, 'moves-down', 'band high begins at 45 → 46 in 100'],
    ['instrument/bands/high/reviewDays', 42, 'moves-down', 'band high: review within 28 → 42 days'],
    ['instrument/bands/high/label', 'Raised', 'wording', /label “High” → “Raised”/],
    ['instrument/factors/escalation/weight', 3, 'cannot-tell', /weight 2 → 3/],
    ['instrument/factors/escalation/static', true, 'moves-up', /now counts in full/],
    [
      'instrument/factors/escalation/floor',
      { recent: 'high', historic: 'medium', possible: 'medium' },
      'moves-up',
      /forces no band → at least high if recent/,
    ],
    ['instrument/factors/escalation', undefined, 'cannot-tell', /removed/],
    ['instrument/factors/escalation/question', 'Worse?', 'wording', /question/],
    ['instrument/missing/prorated', 2, 'moves-up', /4 → 2/],
    ['instrument/missing/provisionalReviewDays', 28, 'moves-down', /14 → 28/],
  ],
  'the rest': [
    ['title', 'Core', 'wording', /title “Plumbline core” → “Core”/],
    ['statements/new', 'Look twice.', 'additive', /new statement/],
    [
      'facts/custom.colour',
      { number: 1, type: 'text', label: 'Colour', question: 'Which?', source: 'test' },
      'additive',
      'fact custom.colour added',
    ],
    ['locked/parameters', ['minimumAge'], 'additive', 'parameters “minimumAge” is now locked'],
    ['locked/statements', ['not-validated'], 'cannot-tell', /“attendance-is-not-safety” is locked no more/],
  ],
}

/** Where another part of core must change too, so that the draft loads. */
const alongside: Readonly<Record<string, (document: Parameters<Parameters<typeof coreDraft>[0]>[0]) => void>> = {
  'instrument/factors/escalation': (document) => {
    for (const id of ['cluster-plus-alarm', 'strangulation-active', 'stalking-after-separation', 'escalation-with-breach'])
      put(document, `risk/${id}`, undefined)
  },
}

describe('a difference is matched by id, put in words, and classified by where it can move a case', () => {
  const core = coreDraft(() => undefined)
  for (const [part, changes] of Object.entries(cases)) {
    it.each(changes)(`${part}: %s becomes %j`, (path, value, expected, words) => {
      const also = alongside[path]
      const { changes: found, class: gravest } = diff(
        also ? coreDraft(also) : core,
        coreDraft((document) => {
          also?.(document)
          put(document, path, value)
        }),
      )
      expect(found.map(({ inWords }) => inWords)).toEqual([typeof words === 'string' ? words : expect.stringMatching(words)])
      expect(found.map((change) => change.class)).toEqual([expected])
      expect(gravest).toBe(expected)
    })
  }

  it.each(shippedIds)('%s does not differ from itself', (id) => {
    expect(diff(shippedRuleSet(id), shippedRuleSet(id))).toMatchObject({ class: null, changes: [] })
  })

  it('a parameter moves cases by the rules that read it: one more miss allowed is milder', () => {
    const draft = draftOf('step-by-step', (document) => put(document, 'parameters/missesAllowed', 1))
    const { changes } = diff(shippedRuleSet('step-by-step'), draft)
    expect(changes[0]).toEqual({
      class: 'moves-down',
      at: '/parameters/missesAllowed',
      kinds: ['attendance'],
      inWords: 'missesAllowed 0 → 1 (Misses allowed where a provider removes for missing)',
    })
  })

  it('what counts as a miss no more is milder in every respect', () => {
    const draft = draftOf('step-by-step', (document) => put(document, 'parameters/excusedAbsenceCounts', false))
    expect(diff(shippedRuleSet('step-by-step'), draft).changes[0]).toMatchObject({ class: 'moves-down', kinds: ['attendance'] })
  })

  it('the gravest change comes first, and gives the whole its class', () => {
    const draft = coreDraft((document) => {
      put(document, 'title', 'Core')
      put(document, 'parameters/reviewAtMisses/value', 2)
      put(document, 'instrument/bands/high/from', 50)
    })
    const { changes, class: gravest } = diff(core, draft)
    expect(changes.map((change) => change.class)).toEqual(['moves-down', 'moves-up', 'wording'])
    expect(gravest).toBe('moves-down')
  })

  describe('several changes at once are classed by what comes of them together', () => {
    const young = (value: unknown) =>
      rule({ all: [{ fact: 'person.ageOnReceipt', operator: 'lessThan', value }] }, { type: 'ineligible', params: { reason: 'young' } })
    const written = (edit: (document: Parameters<Parameters<typeof coreDraft>[0]>[0]) => void) =>
      coreDraft((document) => {
        put(document, 'locked', undefined)
        put(document, 'parameters/youngest', { type: 'integer', number: 900, label: 'Youngest', source: 'test', value: 21 })
        put(document, 'conditions/young', { all: [{ fact: 'person.ageOnReceipt', operator: 'lessThan', value: 21 }] })
        put(document, 'eligibility/young', young(21))
        edit(document)
      })

    it('a rule takes a parameter in place of a number, and the parameter is another', () => {
      const draft = written((document) => {
        put(document, 'parameters/youngest/value', 16)
        put(document, 'eligibility/young', young({ fact: 'parameter.youngest' }))
      })
      const { class: gravest, changes } = diff(
        written(() => undefined),
        draft,
      )
      expect([gravest, changes[0]?.at, changes[0]?.kinds]).toEqual(['moves-down', '/parameters/youngest', ['eligibility']])
    })

    it('a rule takes a named condition in place of its own, and the named condition is another', () => {
      const draft = written((document) => {
        put(document, 'conditions/young/all', [{ fact: 'person.ageOnReceipt', operator: 'lessThan', value: 16 }])
        put(document, 'eligibility/young/conditions', { condition: 'young' })
      })
      const { class: gravest, changes } = diff(
        written(() => undefined),
        draft,
      )
      expect([gravest, changes[0]?.at, changes[0]?.kinds]).toEqual(['moves-down', '/conditions/young', ['eligibility']])
    })

    it('two parameters that a rule compares with each other', () => {
      const compared = (one: number, other: number) =>
        written((document) => {
          put(document, 'parameters/youngest/value', one)
          put(document, 'parameters/oldest', { type: 'integer', number: 901, label: 'Oldest', source: 'test', value: other })
          put(document, 'eligibility/young/conditions/all', [
            { fact: 'parameter.youngest', operator: 'equal', value: { fact: 'parameter.oldest' } },
          ])
        })
      expect(diff(compared(1, 2), compared(3, 3)).class).toBe('moves-up')
    })
  })

  it('how far back is recent moves the rules of every kind that ask for it', () => {
    const withWindow = (recentWithin: string) =>
      coreDraft((document) => {
        put(document, 'safeguarding/recent-violence', {
          ...rule(
            { all: [{ fact: 'factor.physical-violence.window', operator: 'equal', value: 'recent' }] },
            { type: 'tell', params: { level: 'emergency', tell: ['police'], within: { amount: 1, unit: 'hours' } } },
          ),
        })
        put(document, 'instrument/factors/physical-violence/recentWithin', recentWithin)
      })
    const { changes } = diff(withWindow('recentMonths'), withWindow('recentMonthsForThoughtsOfKilling'))
    expect(changes).toMatchObject([{ class: 'moves-down', kinds: ['risk', 'safeguarding'] }])
  })

  describe('what moves the band moves the rules of other kinds that ask for it', () => {
    const asking = (operator: string, value: unknown, edit: (document: Loose) => void = () => undefined) =>
      coreDraft((document) => {
        put(document, 'locked', undefined)
        put(document, 'safeguarding/miss-or-ending-at-high-risk', undefined)
        put(document, 'eligibility/by-band', {
          ...rule({ all: [{ fact: 'risk.atLeast', operator, value }] }, { type: 'ineligible', params: { reason: 'band' } }),
        })
        edit(document)
      })
    const high = ['in', ['high', 'very-high']] as const
    it.each<[string, readonly [string, unknown], string, unknown, ChangeClass, string[]]>([
      ['where a band begins', high, 'instrument/bands/high/from', 44, 'moves-up', ['risk', 'eligibility']],
      ['and they ask for a low one', ['equal', 'standard'], 'instrument/bands/high/from', 44, 'cannot-tell', ['risk', 'eligibility']],
      ['and they ask for no low one', ['notEqual', 'standard'], 'instrument/bands/high/from', 46, 'moves-down', ['risk', 'eligibility']],
      ['and they ask for one in between', ['equal', 'medium'], 'instrument/bands/high/from', 46, 'cannot-tell', ['risk', 'eligibility']],
      ['a weight', high, 'instrument/factors/escalation/weight', 3, 'cannot-tell', ['risk', 'eligibility']],
      ['a floor', high, 'instrument/factors/threats-to-kill/floor', undefined, 'moves-down', ['risk', 'eligibility']],
      ['a pattern', high, 'risk/separation-and-control', undefined, 'moves-down', ['risk', 'eligibility']],
      ['what a pattern forces', high, 'risk/separation-and-control/event', band('high'), 'moves-up', ['risk', 'eligibility']],
      ['how far back is recent', high, 'parameters/recentMonths/value', 24, 'moves-up', ['risk', 'eligibility']],
      [
        'a named condition',
        high,
        'conditions/separation-control-violence/all',
        [present('separation')],
        'moves-up',
        ['risk', 'eligibility'],
      ],
      ['but not when it is looked at again', high, 'instrument/bands/high/reviewDays', 42, 'moves-down', ['risk']],
      ['nor how soon an answer is verified', high, 'parameters/verifyWithinWorkingDays/value', 3, 'moves-up', ['risk']],
    ])('%s', (_what, asks, path, to, expected, moved) => {
      const draft = asking(...asks, (document) => put(document, path, to))
      const { changes } = diff(asking(...asks), draft)
      expect(changes.map((change) => [change.class, change.kinds])).toEqual([[expected, moved]])
    })
  })

  it('sessions that count besides may not be recorded: to kinds that only add up, that may take a count away', () => {
    const counting = (kinds: string[]) =>
      coreDraft((document) => {
        put(
          document,
          'eligibility/held',
          rule({ all: [{ fact: 'attendance.held', operator: 'greaterThan', value: 1 }] }, { type: 'ineligible', params: { reason: 'no' } }),
        )
        put(document, 'parameters/countedSessionKinds/value', kinds)
      })
    const [group, both] = [counting(['group']), counting(['group', 'one-to-one'])]
    expect([diff(group, both).class, diff(both, group).class]).toEqual(['cannot-tell', 'cannot-tell'])
  })

  it('the first rule about a pathway takes the place of a person who looks: which way, only a trial shows', () => {
    const strand = rule(
      { all: [{ fact: 'engagement.isWilling', operator: 'equal', value: false }] },
      { type: 'parenting-strand', params: { reason: 'children' } },
    )
    const empty = coreDraft((document) => put(document, 'pathway', {}))
    const first = coreDraft((document) => put(document, 'pathway', { strand }))
    expect([diff(empty, first).class, diff(first, empty).class]).toEqual(['cannot-tell', 'cannot-tell'])
  })
})
