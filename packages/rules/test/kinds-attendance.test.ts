import { describe, expect, it } from 'vitest'
import type { AttendanceOutcome } from '../src/kinds/index.ts'
import type { FactValue } from '../src/language/facts.ts'
import type { Document } from '../src/rule-set/document.ts'
import { loaded, shipped } from './support/kinds.ts'

const core = shipped('core')
const asOf = '2026-05-31'
const joinedOn = '2026-05-01'

type Session = Partial<Record<'session' | 'kind' | 'date' | 'outcome', FactValue | undefined>>

/** `"10 absent"`, `"10 one-to-one absent"`: a session of May, named after its day. */
function session(written: string): Session {
  const [day = '', ...words] = written.split(' ')
  const [kind, outcome] = words.length > 1 ? words : ['group', words[0]]
  return { session: `s${day}`, kind, date: `2026-05-${day}`, outcome: outcome === '?' ? null : outcome }
}

const ruleSetWith = (parameters: Record<string, FactValue>, over: Partial<Document> = {}) =>
  loaded(core, {
    id: 'riverside',
    version: '1.0.0',
    title: 'Riverside',
    effectiveFrom: '2026-01-01',
    extends: { id: 'core', version: '1.0.0' },
    parameters,
    ...over,
  } as Document)

type Asked = {
  parameters?: Record<string, FactValue>
  register: (string | Session | null)[]
  joined?: FactValue
  on?: string
}
const outcomeOf = ({ parameters = {}, register, joined = joinedOn, on = asOf }: Asked): AttendanceOutcome =>
  ruleSetWith(parameters).decide('attendance', {
    asOf: on,
    facts: {
      'place.joinedOn': joined,
      'attendance.register': register.map((each) => (typeof each === 'string' ? session(each) : each)) as FactValue,
    },
  })

const none = { held: 0, attended: 0, missed: 0, excused: 0, absent: 0, late: 0, leftEarly: 0, unrecorded: 0, missedSessions: [] }

describe('a register adds up', () => {
  it.each<[string, Asked, Partial<NonNullable<AttendanceOutcome['counts']>>]>([
    ['to nothing while nothing was held', { register: [] }, {}],
    [
      'each outcome in its place',
      { register: ['10 attended', '11 late', '12 left-early', '13 excused', '14 absent', '15 not-held'] },
      { held: 5, attended: 3, missed: 1, excused: 1, absent: 1, late: 1, leftEarly: 1, missedSessions: ['s14'] },
    ],
    [
      'with excused absences where they count',
      { parameters: { excusedAbsenceCounts: true }, register: ['10 excused'] },
      { held: 1, excused: 1, missed: 1, missedSessions: ['s10'] },
    ],
    [
      'with leaving early where it counts',
      { parameters: { leftEarlyCounts: true }, register: ['10 left-early', '11 attended'] },
      { held: 2, attended: 2, leftEarly: 1, missed: 1, missedSessions: ['s10'] },
    ],
    [
      'every second late arrival a miss',
      { parameters: { lateArrivalsPerMiss: 2 }, register: ['10 late', '11 late', '12 attended', '13 late', '14 late', '15 late'] },
      { held: 6, attended: 6, late: 5, missed: 2, missedSessions: ['s11', 's14'] },
    ],
    [
      'every late arrival a miss',
      { parameters: { lateArrivalsPerMiss: 1 }, register: ['10 late', '11 attended'] },
      { held: 2, attended: 2, late: 1, missed: 1, missedSessions: ['s10'] },
    ],
    ['no late arrival a miss where none counts', { register: ['10 late', '11 late'] }, { held: 2, attended: 2, late: 2 }],
    [
      'in order of day, however it was written down',
      { parameters: { lateArrivalsPerMiss: 2 }, register: ['20 absent', '14 late', '10 late', '12 absent'] },
      { held: 4, attended: 2, absent: 2, late: 2, missed: 3, missedSessions: ['s12', 's14', 's20'] },
    ],
    [
      'sessions of one day in the order they were written',
      { register: [{ ...session('10 absent'), session: 'morning' }, { ...session('10 absent'), session: 'evening' }, '09 absent'] },
      { held: 3, absent: 3, missed: 3, missedSessions: ['s09', 'morning', 'evening'] },
    ],
    [
      'from the day of joining up to the day of the decision, both counted',
      { joined: '2026-05-10', on: '2026-05-20', register: ['09 absent', '10 absent', '20 absent', '21 absent'] },
      { held: 2, absent: 2, missed: 2, missedSessions: ['s10', 's20'] },
    ],
    [
      'of the kinds that count',
      { register: ['10 one-to-one absent', '11 absent'] },
      { held: 1, absent: 1, missed: 1, missedSessions: ['s11'] },
    ],
    [
      'of both kinds where both count',
      { parameters: { countedSessionKinds: ['group', 'one-to-one'] }, register: ['10 one-to-one absent', '11 absent'] },
      { held: 2, absent: 2, missed: 2, missedSessions: ['s10', 's11'] },
    ],
    [
      'a miss without a reference is a miss, and is not named',
      {
        register: [
          { ...session('10 absent'), session: null },
          { ...session('11 absent'), session: 7 },
        ],
      },
      { held: 2, absent: 2, missed: 2 },
    ],
    ['what happened is not recorded: neither held nor missed', { register: ['10 ?', '11 gone'] }, { unrecorded: 2 }],
    [
      'a day that is not recorded: it may not count',
      {
        register: [
          { ...session('10 absent'), date: null },
          { ...session('10 absent'), date: '2026-02-30' },
        ],
      },
      { unrecorded: 2 },
    ],
    [
      'a kind that is not recorded: it may not count',
      {
        register: [
          { ...session('10 absent'), kind: null },
          { ...session('10 absent'), kind: 'outing' },
        ],
      },
      { unrecorded: 2 },
    ],
    [
      'whatever the day, one that was not held is no session',
      {
        register: [
          { ...session('10 not-held'), date: null },
          { ...session('10 not-held'), kind: null },
        ],
      },
      {},
    ],
    [
      'an entry that is nothing at all',
      { register: [null, [] as unknown as Session, 'x' as unknown as Session].map((each) => (each === null ? null : each)) },
      { unrecorded: 3 },
    ],
    [
      'an unrecorded late arrival may have been one of two',
      { parameters: { lateArrivalsPerMiss: 2 }, register: [{ ...session('10 late'), date: null }, '11 late'] },
      { held: 1, attended: 1, late: 1, unrecorded: 1 },
    ],
  ])('%s', (_, asked, counts) => expect(outcomeOf(asked).counts).toEqual({ ...none, ...counts }))

  it.each<[string, Asked]>([
    ['no day of joining', { register: ['10 absent'], joined: null }],
    ['a day of joining that is none', { register: ['10 absent'], joined: '2026-02-30' }],
  ])('to nothing known: %s', (_, asked) =>
    expect(outcomeOf(asked)).toEqual({
      outcome: 'cannot-tell',
      consequences: [],
      counts: null,
      undecided: ['contact-after-a-miss', 'review-after-misses'],
    }),
  )
})

describe('what is not recorded', () => {
  const absent = (count: number) => Array.from({ length: count }, (_, index) => `${10 + index} absent`)
  const unrecorded = (count: number) => Array.from({ length: count }, (_, index) => `${17 + index} ?`)
  it.each<[string, Asked, AttendanceOutcome['outcome'], string[]]>([
    ['may be a miss', { register: ['10 ?'] }, 'cannot-tell', ['contact-after-a-miss']],
    ['may be the third miss', { register: [...absent(2), '20 ?'] }, 'cannot-tell', ['review-after-misses']],
    ['changes nothing where all is so anyway', { register: [...absent(3), '20 ?'] }, 'review', []],
    ['changes nothing where it cannot be enough', { register: [...absent(1), '20 ?'] }, 'contact', []],
    ['may be enough together', { register: [...absent(1), '20 ?', '21 ?'] }, 'cannot-tell', ['review-after-misses']],
    ['is gone through for ten sessions', { register: [...absent(3), ...unrecorded(10)] }, 'review', []],
    [
      'of more than ten is not gone through',
      { register: [...absent(3), ...unrecorded(11)] },
      'cannot-tell',
      ['contact-after-a-miss', 'review-after-misses'],
    ],
  ])('%s', (_, asked, outcome, undecided) => expect(outcomeOf(asked)).toMatchObject({ outcome, undecided }))

  it('of a milder consequence leaves a graver one standing', () => {
    const rule = (number: number, value: number, type: string, params: object) => ({
      number,
      label: 'A rule',
      source: 'test',
      conditions: { all: [{ fact: 'attendance.late', operator: 'greaterThanInclusive', value }] },
      event: { type, params },
    })
    const ruleSet = ruleSetWith({}, {
      attendance: {
        'removal-first': rule(901, 1, 'removal-due', { from: 'this-run' }),
        'review-later': rule(902, 3, 'review', {}),
        'removal-later': rule(903, 4, 'removal-due', { from: 'programme' }),
      },
    } as Partial<Document>)
    const facts = {
      'place.joinedOn': joinedOn,
      'attendance.register': [session('10 late'), session('11 late'), session('12 ?'), session('13 ?')] as FactValue,
    }
    expect(ruleSet.decide('attendance', { asOf, facts })).toMatchObject({
      outcome: 'removal-due',
      undecided: ['contact-after-a-miss', 'review-later', 'removal-later'],
    })
  })
})

describe('a count that a rule looks at', () => {
  const rule = (fact: string, value: number) => ({
    number: 901,
    label: 'A rule',
    source: 'test',
    conditions: { all: [{ fact, operator: 'equal', value }] },
    event: { type: 'review', params: {} },
  })
  const about = (fact: string, value: number, parameters: Record<string, FactValue> = {}) => {
    const ruleSet = ruleSetWith(parameters, { attendance: { counted: rule(fact, value) } } as Partial<Document>)
    return (...written: string[]) =>
      ruleSet
        .explain('attendance', { asOf, facts: { 'place.joinedOn': joinedOn, 'attendance.register': written.map(session) as FactValue } })
        .find(({ rule: id }) => id === 'counted')?.result
  }
  it.each<[string, string, number, string[], string]>([
    ['a session nobody recorded was held, or was not', 'attendance.held', 2, ['10 attended', '11 ?'], 'unknown'],
    ['and so it may have been the only one', 'attendance.held', 1, ['11 ?'], 'unknown'],
    ['or none at all', 'attendance.held', 0, ['11 ?'], 'unknown'],
    ['more than that it was not', 'attendance.held', 3, ['10 attended', '11 ?'], 'false'],
    ['fewer neither', 'attendance.held', 0, ['10 attended', '11 ?'], 'false'],
    ['the person was there, or was not', 'attendance.attended', 2, ['10 attended', '11 ?'], 'unknown'],
    ['and not more often', 'attendance.attended', 3, ['10 attended', '11 ?'], 'false'],
    ['and was late there, or was not', 'attendance.late', 1, ['10 attended', '11 ?'], 'unknown'],
    ['or left early', 'attendance.leftEarly', 2, ['10 left-early', '11 ?'], 'unknown'],
    ['but not twice in one session', 'attendance.leftEarly', 2, ['10 attended', '11 ?'], 'false'],
    ['or was excused', 'attendance.excused', 1, ['11 ?'], 'unknown'],
    ['or was simply absent', 'attendance.absent', 1, ['11 ?'], 'unknown'],
    ['a session that did not take place is none', 'attendance.held', 1, ['10 attended', '11 not-held'], 'true'],
  ])('%s', (_, fact, value, register, result) => expect(about(fact, value)(...register)).toBe(result))

  it('stands with the session that fills up a number of late arrivals, in the order of days', () => {
    const register = ['12 late', '10 late', '11 attended', '14 late', '13 late'].map(session)
    expect(outcomeOf({ parameters: { lateArrivalsPerMiss: 2 }, register }).counts).toMatchObject({
      late: 4,
      missed: 2,
      missedSessions: ['s12', 's14'],
    })
    expect(outcomeOf({ parameters: { lateArrivalsPerMiss: 0 }, register }).counts).toMatchObject({ late: 4, missed: 0, missedSessions: [] })
  })

  it('stands without a session that has no reference', () => {
    const register = [{ ...session('10 absent'), session: null }, session('11 absent')]
    expect(outcomeOf({ register }).counts).toMatchObject({ missed: 2, missedSessions: ['s11'] })
  })
})

describe('what is handed out', () => {
  it('may be changed without changing what is decided next', () => {
    const ruleSet = ruleSetWith({})
    const input = { asOf, facts: { 'place.joinedOn': joinedOn, 'attendance.register': [session('10 absent')] as FactValue } }
    const first = ruleSet.decide('attendance', input)
    const params = first.consequences[0]?.params as Record<string, unknown>
    ;(params['within'] as { amount: number }).amount = 99
    ;(params['tell'] as string[]).push('anybody')
    params['more'] = true
    expect(ruleSet.decide('attendance', input).consequences).toEqual([
      { rule: 'contact-after-a-miss', type: 'contact', params: { within: { amount: 4, unit: 'hours' }, tell: ['partner-service'] } },
    ])
  })
})

describe('counts in rules of other kinds', () => {
  const ruleSet = ruleSetWith({}, {
    completion: {
      'came-often': {
        number: 901,
        label: 'Came often',
        source: 'test',
        conditions: { all: [{ fact: 'attendance.attended', operator: 'greaterThanInclusive', value: 2 }] },
        event: { type: 'completed', params: { definition: 'Came often' } },
      },
    },
  } as Partial<Document>)
  const result = (facts: Record<string, FactValue>) =>
    ruleSet.explain('completion', { asOf, facts }).find(({ rule }) => rule === 'came-often')
  it('are known when every outcome is recorded, else unknown, and are asked for by what they are counted from', () => {
    const register = ['10 attended', '11 late', '12 absent'].map(session) as FactValue
    expect(result({ 'place.joinedOn': joinedOn, 'attendance.register': register })).toMatchObject({
      result: 'true',
      conditions: { all: [{ seen: 2 }] },
    })
    expect(
      result({ 'place.joinedOn': joinedOn, 'attendance.register': ['10 attended', '11 absent'].map(session) as FactValue }),
    ).toMatchObject({ result: 'false' })
    const open = ['10 attended', '11 late', '12 ?'].map(session) as FactValue
    expect(result({ 'place.joinedOn': joinedOn, 'attendance.register': open })).toMatchObject({
      result: 'unknown',
      dependsOn: ['attendance.register'],
    })
    expect(result({ 'place.joinedOn': joinedOn })).toMatchObject({ result: 'unknown', dependsOn: ['attendance.register'] })
    expect(result({ 'attendance.register': register })).toMatchObject({ result: 'unknown', dependsOn: ['place.joinedOn'] })
    expect(result({ 'place.joinedOn': null, 'attendance.register': null })).toMatchObject({
      result: 'unknown',
      dependsOn: ['place.joinedOn', 'attendance.register'],
    })
  })
})
