import type { RuleSet } from '../../src/index.ts'
import type { Condition } from '../../src/language/condition.ts'
import type { KindId } from '../../src/rule-set/document.ts'
import { load } from '../../src/load.ts'
import { type Loose, put } from './drafts.ts'
import type { Chance } from './random-cases.ts'
import { shippedText } from './shipped.ts'

/** Core without locks and examples, and with facts and rules that use everything the language has. */
export function richDocument(): Loose {
  const document = JSON.parse(shippedText('core')) as Loose
  delete document['examples']
  delete document['locked']
  const fact = (number: number, more: object) => ({ number, label: 'l', question: 'q?', source: 's', ...more })
  put(document, 'facts/custom.one', fact(9001, { type: 'integer', minimum: 0 }))
  put(document, 'facts/custom.other', fact(9002, { type: 'integer', minimum: -5, maximum: 20 }))
  put(document, 'facts/custom.both', fact(9003, { type: 'integer', derived: { by: 'sum', of: ['custom.one', 'custom.other'] } }))
  put(document, 'facts/custom.tags', fact(9004, { type: 'list', of: { type: 'text' } }))
  return document
}

const pickSome = <Value>(chance: Chance, values: readonly Value[]): Value[] => {
  const some = values.filter(() => chance.is(40))
  return some.length > 0 ? some : [chance.pick(values)]
}

/** A comparison, of any shape that the facts of this document allow. */
function comparison(chance: Chance, document: Loose, kind: KindId): Condition {
  const factor = `factor.${chance.pick(Object.keys(document['instrument']!['factors']!).sort())}`
  const answers = ['absent', 'possible', 'present'] as const
  const not = chance.pick(['', '', '', 'not:'])
  const answer: readonly (() => Condition)[] = [
    () => ({ fact: factor, operator: `${not}equal`, value: chance.pick(answers) }),
    () => ({ fact: factor, operator: `${not}in`, value: pickSome(chance, answers) }),
    () => ({ fact: `${factor}.window`, operator: `${not}equal`, value: chance.pick(['none', 'recent', 'historic']) }),
    () => ({ fact: `${factor}.lastOccurredOn`, operator: `${not}withinDays`, value: chance.pick([30, 365, 500]) }),
    () => ({
      fact: `${factor}.lastOccurredOn`,
      operator: 'lessThan',
      value: chance.pick([{ fact: 'referral.receivedOn' }, { fact: 'asOf' }, '2025-05-02']),
    }),
    () => ({ fact: `${factor}.sources`, operator: `${not}contains`, value: chance.pick(['self', 'police', 'partner']) }),
    () => ({ fact: `${factor}.sources`, operator: `${chance.pick(['someFact:', 'everyFact:'])}${not}in`, value: ['self', 'record'] }),
  ]
  const order = chance.pick(['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'])
  const result = {
    all: [
      { path: '$.tool', operator: 'in', value: ['sara', 'other'] },
      { path: '$.scoreInHundredths', operator: order, value: 900 },
    ],
  }
  const recentResult = {
    any: [{ path: '$.takenOn', operator: 'withinDays', value: 400 }, { not: { path: '$.source', operator: 'equal', value: 'self' } }],
  }
  const other: readonly (() => Condition)[] = [
    () => ({ fact: 'person.ageOnReceipt', operator: order, value: chance.pick([{ fact: 'parameter.minimumAge' }, 17, 18]) }),
    () => ({ fact: 'custom.both', operator: `${not}${order}`, value: chance.pick([3, 7, { fact: 'custom.one' }]) }),
    () => ({ fact: 'custom.tags', operator: `${not}contains`, value: chance.pick(['a', { fact: 'residence.localAuthority' }]) }),
    () => ({
      fact: 'residence.localAuthority',
      operator: `${not}in`,
      value: chance.pick([['Sutton'], ['Sutton', 'Merton'], { fact: 'parameter.areasServed' }, []]),
    }),
    () => ({ fact: 'parameter.areasServed', operator: 'contains', value: { fact: 'residence.localAuthority' } }),
    () => ({ fact: 'parameter.takesAnyArea', operator: 'equal', value: chance.is(50) }),
    () => ({ fact: 'referral.basis', operator: `${not}equal`, value: chance.pick(['voluntary', 'family-court']) }),
    () => ({ fact: 'engagement.isWilling', operator: `${not}equal`, value: chance.is(50) }),
    () => ({ fact: 'safeguarding.hasWeaponToHand', operator: 'equal', value: chance.is(80) }),
    () => ({ fact: 'referral.receivedOn', operator: 'withinDays', value: chance.pick([10, 200]) }),
    () => ({ fact: 'asOf', operator: order, value: '2026-05-01' }),
    () =>
      ({
        fact: 'assessment.outsideResults',
        [chance.pick(['some', 'every', 'none'])]: chance.pick([result, recentResult]),
      }) as unknown as Condition,
    () =>
      ({
        fact: 'assessment.outsideResults',
        count: chance.pick([result, recentResult]),
        operator: order,
        value: chance.pick([1, 2]),
      }) as unknown as Condition,
    () => ({ fact: 'completion.measuresCounted', operator: order, value: chance.below(4) }),
    () => ({ fact: chance.pick(['attendance.missed', 'attendance.late', 'attendance.held']), operator: order, value: chance.below(5) }),
  ]
  const riskBand: () => Condition = () => ({
    fact: chance.pick(['risk.atMost', 'risk.atLeast']),
    operator: `${not}in`,
    value: ['high', 'very-high'],
  })
  if (kind === 'risk') return chance.pick(chance.is(75) ? answer : other)()
  return chance.pick(chance.is(30) ? answer : [...other, riskBand])()
}

function condition(chance: Chance, document: Loose, kind: KindId, depth: number): Condition {
  if (depth === 0 || chance.is(35)) return comparison(chance, document, kind)
  const parts = () => Array.from({ length: 1 + chance.below(3) }, () => condition(chance, document, kind, depth - 1))
  const forms: readonly (() => Condition)[] = [
    () => ({ all: parts() }),
    () => ({ any: parts() }),
    () => ({ not: condition(chance, document, kind, depth - 1) }),
    () => {
      const of = [...parts(), ...parts()]
      return { atLeast: 1 + chance.below(of.length), of }
    },
    () => ({ condition: 'separation-control-violence' }),
  ]
  return chance.pick(forms)()
}

/** What an attendance rule, or a claim of improvement, is about. */
function conditionFor(chance: Chance, document: Loose, kind: KindId, type: string): Condition {
  const order = chance.pick(['lessThan', 'greaterThan', 'greaterThanInclusive', 'equal'])
  const misses = {
    fact: chance.pick(['attendance.missed', 'attendance.absent', 'attendance.leftEarly']),
    operator: order,
    value: chance.pick([0, 1, 2, { fact: 'parameter.missesAllowed' }]),
  }
  if (kind === 'attendance')
    return chance.pick([
      misses,
      { all: [misses, condition(chance, document, kind, 1)] },
      { any: [{ not: misses }, condition(chance, document, kind, 1)] },
    ])
  if (type !== 'improved') return condition(chance, document, kind, 2)
  const better = { fact: 'completion.measuresBetter', operator: 'greaterThanInclusive', value: chance.below(3) }
  return chance.is(50) ? better : { any: [better, { fact: 'completion.measuresCounted', operator: order, value: 1 }] }
}

function event(chance: Chance, kind: KindId, type: string): unknown {
  const within = { amount: 1 + chance.below(30), unit: chance.pick(['hours', 'days', 'working-days', 'weeks']) }
  const tell = pickSome(chance, ['police', 'partner-service', 'safeguarding-lead'])
  switch (kind) {
    case 'risk':
      return { type: 'band-at-least', params: { band: chance.pick(['medium', 'high', 'very-high']), action: 'Look' } }
    case 'eligibility':
      return chance.is(60)
        ? { type: 'ineligible', params: { reason: 'no' } }
        : { type: 'human-review', params: { reason: 'look', whom: 'lead' } }
    case 'safeguarding':
      return { type: 'tell', params: { level: chance.pick(['emergency', 'same-day', 'next-working-day']), tell, within } }
    case 'attendance':
      return chance.pick([
        { type: 'contact', params: { within, tell } },
        { type: 'review', params: chance.is(50) ? { within } : { tell } },
        { type: 'removal-due', params: { from: chance.pick(['this-run', 'programme']), tell } },
      ])
    case 'pathway':
      return chance.pick([
        { type: 'one-to-one', params: { reason: chance.pick(['language', 'literacy']), ...(chance.is(50) ? { every: within } : {}) } },
        { type: 'onward-referral', params: { to: chance.pick(['a', 'b']), reason: 'r' } },
        { type: 'programme-variant', params: { variant: 'long', reason: 'r' } },
      ])
    case 'completion':
      return { type, params: { definition: 'd' } }
  }
}

const kinds: readonly KindId[] = ['risk', 'risk', 'eligibility', 'safeguarding', 'attendance', 'pathway', 'completion']
type Edit = (chance: Chance, document: Loose) => void

const ruleEdit: Edit = (chance, document) => {
  const kind = chance.pick(kinds)
  const ids = Object.keys(document[kind] ?? {}).sort()
  const id = chance.is(20) || ids.length === 0 ? `new-${chance.below(3)}` : chance.pick(ids)
  const path = `${kind}/${id}`
  const known = document[kind]?.[id] as unknown as { event: { type: string } } | undefined
  if (known && chance.is(15)) return put(document, path, undefined)
  const type = known?.event.type ?? chance.pick(['completed', 'improved'])
  const numbers = Object.values(document[kind] ?? {}).map((rule) => Number(rule['number']))
  if (!known) put(document, path, { number: Math.max(0, ...numbers) + 10, label: 'New', source: 's' })
  if (!known || chance.is(70)) put(document, `${path}/conditions`, conditionFor(chance, document, kind, type))
  if (!known || chance.is(30)) put(document, `${path}/event`, event(chance, kind, type))
  if (known && chance.is(20)) put(document, `${path}/number`, 1 + chance.below(400))
}

const instrumentEdits: readonly Edit[] = [
  (chance, document) => {
    const bands = ['medium', 'high', 'very-high']
    const [possible, historic, recent] = Array.from({ length: 3 }, () => chance.below(3)).sort()
    const floor = { possible: bands[possible!], historic: bands[historic!], recent: bands[recent!] }
    put(document, `instrument/factors/${factorOf(chance, document)}/floor`, chance.is(75) ? floor : undefined)
  },
  (chance, document) => put(document, `instrument/factors/${factorOf(chance, document)}/static`, chance.is(50) ? true : undefined),
  (chance, document) =>
    put(
      document,
      `instrument/factors/${factorOf(chance, document)}/recentWithin`,
      chance.pick(['recentMonths', 'recentMonthsForThoughtsOfKilling']),
    ),
  (chance, document) => put(document, `instrument/factors/${factorOf(chance, document)}/weight`, 1 + chance.below(6)),
  (chance, document) => put(document, `instrument/factors/${factorOf(chance, document)}`, undefined),
  (chance, document) =>
    put(document, 'instrument/factors/added', {
      ...document['instrument']!['factors']!['escalation'],
      number: 900,
      weight: 1 + chance.below(4),
    }),
  (chance, document) => put(document, 'instrument/bands/high/from', 30 + chance.below(30)),
  (chance, document) => put(document, `instrument/bands/${chance.pick(['standard', 'high'])}/reviewDays`, 7 + chance.below(90)),
  (chance, document) => put(document, 'instrument/missing/prorated', chance.below(8)),
  (chance, document) => put(document, 'instrument/missing/provisionalReviewDays', 7 + chance.below(20)),
  (chance, document) => put(document, 'instrument/bands/high/label', chance.pick(['High', 'Medium', 'Grave'])),
  (chance, document) => {
    const bands = document['instrument']!['bands']!
    if (!chance.is(30)) return
    put(document, 'instrument/bands/extreme', { ...bands['very-high'], number: 9, from: 90 })
  },
]
const factorOf = (chance: Chance, document: Loose) => chance.pick(Object.keys(document['instrument']!['factors']!).sort())

const otherEdits: readonly Edit[] = [
  (chance, document) => put(document, 'parameters/minimumAge/value', 16 + chance.below(5)),
  (chance, document) => put(document, 'parameters/missesAllowed/value', chance.below(4)),
  (chance, document) => put(document, 'parameters/reviewAtMisses/value', 1 + chance.below(4)),
  (chance, document) => put(document, 'parameters/excusedAbsenceCounts/value', chance.is(50)),
  (chance, document) => put(document, 'parameters/leftEarlyCounts/value', chance.is(50)),
  (chance, document) => put(document, 'parameters/lateArrivalsPerMiss/value', chance.below(4)),
  (chance, document) =>
    put(document, 'parameters/countedSessionKinds/value', chance.pick([['group'], ['one-to-one'], ['group', 'one-to-one']])),
  (chance, document) => put(document, 'parameters/areasServed/value', chance.pick([['Sutton'], ['Merton'], []])),
  (chance, document) => put(document, 'parameters/recentMonths/value', 12 + chance.below(25)),
  (chance, document) => put(document, 'parameters/recentMonthsForThoughtsOfKilling/value', 3 + chance.below(10)),
  (chance, document) => put(document, 'parameters/verifyWithinWorkingDays/value', 1 + chance.below(5)),
  (chance, document) =>
    put(
      document,
      'parameters/namedMeasures/value',
      chance.pick([['respectful-communication@1'], ['respectful-communication@2', 'unheard-of@1']]),
    ),
  (chance, document) => put(document, 'facts/custom.one/minimum', chance.below(4)),
  (chance, document) => put(document, 'facts/parties.youngestAge/maximum', 5 + chance.below(10)),
  (chance, document) =>
    put(
      document,
      'facts/custom.both/derived',
      chance.pick([
        { by: 'sum', of: ['custom.one', 'custom.other'] },
        { by: 'difference', of: 'custom.other', less: 'custom.one' },
      ]),
    ),
  (chance, document) => put(document, 'conditions/separation-control-violence', condition(chance, document, 'risk', 1)),
]

/** A draft with many things changed at once, sometimes only in one kind or in rules. Undefined where it does not load. */
export function rewritten(from: Loose, chance: Chance): RuleSet | undefined {
  const document = structuredClone(from)
  const edits = chance.pick([[ruleEdit], [ruleEdit], instrumentEdits, otherEdits, [ruleEdit, ...instrumentEdits, ...otherEdits]])
  for (let i = chance.below(6); i >= 0; i--) chance.pick(edits)(chance, document)
  const result = load(JSON.stringify(document))
  return result.ok ? result.ruleSet : undefined
}
