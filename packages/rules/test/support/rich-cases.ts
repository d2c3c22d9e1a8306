import type { FactValue, KindId, RuleSet } from '../../src/index.ts'
import type { PastCase } from '../../src/bulk/index.ts'
import { type Chance, randomCase } from './random-cases.ts'

const DAYS = ['2025-05-01', '2025-11-30', '2026-04-30', '2027-01-01', '2025-02-30', 'soon']

/** A case of which all kinds see all facts that there are, some of them wrong in type. */
export function richCase(id: string, chance: Chance, ruleSet: RuleSet): PastCase {
  const { asked } = randomCase(id, chance, ruleSet)
  const all: Record<string, FactValue> = {}
  for (const { facts } of Object.values(asked)) Object.assign(all, facts)
  const known = chance.pick([100, 90, 60])
  const set = (name: string, value: () => unknown) => {
    if (chance.is(known)) all[name] = (chance.is(4) ? chance.pick([null, 'wrong', 3.5, {}, [{}], true]) : value()) as FactValue
  }
  set('custom.one', () => chance.below(9) - 2)
  set('custom.other', () => chance.below(30) - 7)
  set('custom.tags', () => chance.pick([[], ['a'], ['b', null], ['Sutton', 'a']]))
  set('referral.receivedOn', () => chance.pick(DAYS))
  set('assessment.outsideResults', () => Array.from({ length: chance.below(4) }, () => outsideResult(chance)))
  set('engagement.isWilling', () => chance.is(50))
  const asOf = chance.is(3) ? 'never' : (asked.risk?.asOf ?? '')
  const kinds = Object.keys(asked).filter(() => chance.is(90)) as KindId[]
  return { id, asked: Object.fromEntries(kinds.map((kind) => [kind, { asOf, facts: all }])) }
}

const outsideResult = (chance: Chance): FactValue =>
  chance.is(10)
    ? null
    : ({
        tool: chance.pick(['sara', 'dash-ric', 'other', 'none of them', null]),
        ...(chance.is(80) ? { scoreInHundredths: chance.pick([300, 900, 1200, 'x']) } : {}),
        ...(chance.is(80) ? { takenOn: chance.pick(DAYS) } : {}),
        source: chance.pick(['self', 'police', null]),
        ...(chance.is(20) ? { unheardOf: 'x' } : {}),
      } as unknown as FactValue)
