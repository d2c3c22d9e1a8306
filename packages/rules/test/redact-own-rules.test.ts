import { expect, it } from 'vitest'
import { explain, type Facts, type FactValue, type KindId, type RuleSet } from '../src/index.ts'
import { redact } from '../src/explain/redact.ts'
import { load } from '../src/load.ts'
import { Chance } from './support/random-cases.ts'
import { outcomeAlone } from './support/outcome-alone.ts'
import { small } from './support/small-instrument.ts'

const asOf = '2026-05-31'
const days: readonly FactValue[] = [null, '2008-05-31', '2008-06-01', '2026-05-01', '2026-05-31', '2026-06-01']
const sizes: readonly FactValue[] = [null, 0, 1, 2]

/** Every supplied fact with the values tried. */
const supplied: Readonly<Record<string, readonly FactValue[]>> = {
  'custom.bornOn': days,
  'custom.seenOn': days,
  'custom.size': sizes,
  'custom.limit': sizes,
  'custom.isSo': [null, true, false],
  'custom.entries': [null, [], [{ size: 1 }], [{ size: 2 }, { size: null }], [{ size: 0 }, { size: 2 }], [null]],
  ...Object.fromEntries(
    ['f-a', 'f-b', 'f-c'].flatMap((id): [string, readonly FactValue[]][] => [
      [`factor.${id}`, [null, 'absent', 'possible', 'present']],
      [`factor.${id}.lastOccurredOn`, [null, '2026-05-01', '2020-01-01']],
      [`factor.${id}.sources`, [null, ['partner'], ['police'], ['self']]],
    ]),
  ),
}
const described = { label: 'A fact', question: 'What is it?', source: 'test' }
const size = { type: 'integer', label: 'Size', minimum: 0, maximum: 3 }
const facts = {
  'custom.bornOn': { type: 'day' },
  'custom.seenOn': { type: 'day' },
  'custom.size': { type: 'integer', minimum: 0, maximum: 3 },
  'custom.limit': { type: 'integer', minimum: 0, maximum: 3 },
  'custom.isSo': { type: 'boolean' },
  'custom.entries': { type: 'list', of: { type: 'item', fields: { size } } },
  'custom.age': { type: 'integer', derived: { by: 'years-between', from: 'custom.bornOn', to: 'custom.seenOn' } },
  'custom.sum': { type: 'integer', derived: { by: 'sum', of: ['custom.size', 'custom.limit'] } },
}

const comparisons: readonly ((chance: Chance) => object)[] = [
  (chance) => ({ fact: 'custom.age', operator: chance.pick(['lessThan', 'greaterThanInclusive']), value: chance.pick([1, 18]) }),
  (chance) => ({ fact: 'custom.sum', operator: chance.pick(['equal', 'lessThan']), value: 1 + chance.below(3) }),
  () => ({ fact: 'custom.size', operator: 'greaterThan', value: { fact: 'custom.limit' } }),
  (chance) => ({ fact: 'custom.size', operator: 'equal', value: chance.below(3) }),
  () => ({ fact: 'custom.isSo', operator: 'equal', value: true }),
  () => ({ fact: 'custom.seenOn', operator: 'withinDays', value: 30 }),
  () => ({ fact: 'custom.bornOn', operator: 'lessThan', value: { fact: 'custom.seenOn' } }),
  (chance) => ({
    fact: 'custom.entries',
    [chance.pick(['some', 'every', 'none'])]: { path: '$.size', operator: 'equal', value: chance.pick([2, { fact: 'custom.limit' }]) },
  }),
  (chance) => ({
    fact: 'custom.entries',
    count: { not: { path: '$.size', operator: 'lessThan', value: 1 } },
    operator: 'greaterThanInclusive',
    value: chance.pick([1, 2, { fact: 'custom.size' }]),
  }),
  (chance) => ({ fact: `factor.${chance.pick(['f-a', 'f-b', 'f-c'])}`, operator: chance.pick(['equal', 'notEqual']), value: 'present' }),
  (chance) => ({ fact: `factor.${chance.pick(['f-a', 'f-b', 'f-c'])}.window`, operator: 'equal', value: 'recent' }),
]

function condition(chance: Chance, depth: number, names: readonly string[]): object {
  if (depth === 0) return chance.pick(comparisons)(chance)
  const part = () => condition(chance, chance.below(depth), names)
  const of = [part(), part(), ...(chance.is(50) ? [part()] : [])]
  switch (chance.below(names.length > 0 ? 5 : 4)) {
    case 0:
      return { all: of }
    case 1:
      return { any: of }
    case 2:
      return { atLeast: 1 + chance.below(of.length), of }
    case 3:
      return { not: part() }
    default:
      return { condition: chance.pick(names) }
  }
}

const within = { amount: 1, unit: 'days' }
const events: Readonly<Record<Exclude<KindId, 'attendance' | 'completion'>, readonly object[]>> = {
  risk: ['amber', 'red'].map((band) => ({ type: 'band-at-least', params: { band, action: 'act' } })),
  eligibility: [
    { type: 'ineligible', params: { reason: 'no' } },
    { type: 'human-review', params: { reason: 'ask', whom: 'lead' } },
  ],
  safeguarding: ['same-day', 'emergency'].map((level) => ({ type: 'tell', params: { level, tell: ['lead'], within } })),
  pathway: [{ type: 'onward-referral', params: { to: 'somebody', reason: 'needed' } }],
}
const kinds = Object.keys(events) as (keyof typeof events)[]

function ownRules(chance: Chance): RuleSet {
  const rules = (kind: keyof typeof events) =>
    Object.fromEntries(
      ['one', 'two'].map((id, index) => [
        id,
        {
          number: index + 1,
          label: `Rule ${id}`,
          source: 'test',
          conditions: condition(chance, 2, ['named']),
          event: chance.pick(events[kind]),
        },
      ]),
    )
  const result = load(
    JSON.stringify({
      ...small,
      facts: Object.fromEntries(Object.entries(facts).map(([name, fact], index) => [name, { ...described, number: index + 1, ...fact }])),
      conditions: { named: condition(chance, 1, []) },
      ...Object.fromEntries(kinds.map((kind) => [kind, rules(kind)])),
    }),
  )
  if (!result.ok) throw new Error(result.issues.map(({ at, message }) => `${at}: ${message}`).join('\n'))
  return result.ruleSet
}

it('what is hidden makes no difference in rules of one’s own, whatever they ask and whatever is hidden', () => {
  const chance = new Chance(20_260_531)
  const names = Object.keys(supplied)
  const answered = (which: readonly string[]): Facts => Object.fromEntries(which.map((name) => [name, chance.pick(supplied[name] ?? [])]))
  let compared = 0
  for (let tried = 0; tried < 120; tried++) {
    const ruleSet = ownRules(chance)
    for (const kind of kinds) {
      const hidden = names.filter(() => chance.is(30))
      const seen = answered(names.filter((name) => !hidden.includes(name)))
      const shownFor = new Map<string, { input: Facts; shown: string }>()
      for (let other = 0; other < 12; other++) {
        const input = { ...seen, ...answered(hidden) }
        const whole = explain(ruleSet, kind, { asOf, facts: input })
        const shown = JSON.stringify(redact(whole, (fact) => !hidden.includes(fact), ruleSet))
        const alike = shownFor.get(outcomeAlone(whole))
        if (alike) {
          expect(shown, JSON.stringify({ hidden, one: alike.input, other: input })).toBe(alike.shown)
          compared++
        } else shownFor.set(outcomeAlone(whole), { input, shown })
      }
    }
  }
  console.log(`pairs compared, in rules of one's own: ${compared}`)
  expect(compared).toBeGreaterThan(3000)
})
