import type { DecisionInput, FactValue, KindId, RuleSet } from '../../src/index.ts'
import type { PastCase } from '../../src/bulk/index.ts'

/** Numbers that look random and are the same every time. */
export class Chance {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  below(limit: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0
    return Math.floor((this.state / 2 ** 32) * limit)
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value
  }

  is(percent: number): boolean {
    return this.below(100) < percent
  }
}

const AS_OF = ['2026-02-28', '2026-05-01', '2026-12-31']
const DAYS = ['2023-01-15', '2024-12-31', '2025-05-01', '2025-05-02', '2025-11-30', '2026-02-01', '2026-04-30']
const BIRTHDAYS = ['1985-06-01', '2004-02-29', '2008-05-01', '2009-11-30', '2010-05-02', '2011-01-01']

/** A case asked about every kind; answers are missing, null or mistyped now and then. */
export function randomCase(id: string, chance: Chance, ruleSet: RuleSet): PastCase {
  const asOf = chance.pick(AS_OF)
  const asked: Partial<Record<KindId, DecisionInput>> = {
    risk: { asOf, facts: riskFacts(chance, ruleSet) },
    attendance: { asOf, facts: { 'place.joinedOn': chance.is(95) ? '2025-05-02' : null, 'attendance.register': register(chance) } },
    completion: { asOf, facts: completionFacts(chance) },
  }
  for (const kind of ['eligibility', 'safeguarding'] as const) asked[kind] = { asOf, facts: flatFacts(chance, ruleSet, kind) }
  asked.pathway = { asOf, facts: { ...riskFacts(chance, ruleSet), ...flatFacts(chance, ruleSet, 'pathway') } }
  return { id, asked }
}

function riskFacts(chance: Chance, { document }: RuleSet): Record<string, FactValue> {
  const facts: Record<string, FactValue> = {}
  const open = chance.pick([0, 0, 5, 20, 60])
  const severity = chance.pick([5, 20, 50])
  for (const id of Object.keys(document.instrument?.factors ?? {})) {
    if (chance.is(open)) {
      if (chance.is(50)) facts[`factor.${id}`] = null
      continue
    }
    facts[`factor.${id}`] = chance.is(severity) ? 'present' : chance.is(severity) ? 'possible' : 'absent'
    if (chance.is(60)) facts[`factor.${id}.lastOccurredOn`] = chance.pick(DAYS)
    if (chance.is(50)) facts[`factor.${id}.sources`] = chance.pick([['self'], ['partner'], ['police'], ['self', 'record'], []])
  }
  return facts
}

const OUTCOMES = ['attended', 'attended', 'attended', 'late', 'left-early', 'excused', 'absent', 'not-held', null] as const
const register = (chance: Chance): FactValue =>
  Array.from({ length: chance.below(8) }, (_, index) => ({
    session: `s${index}`,
    kind: chance.is(75) ? 'group' : 'one-to-one',
    date: `2025-06-${String(1 + chance.below(28)).padStart(2, '0')}`,
    outcome: chance.is(chance.pick([70, 95])) ? 'attended' : chance.pick(OUTCOMES),
  }))

const MEASURES = ['respectful-communication', 'partner-space-for-action', 'safety-from-violence', 'unheard-of']
function completionFacts(chance: Chance): Record<string, FactValue> {
  const measures = Array.from({ length: chance.below(5) }, () => ({
    measure: chance.pick(MEASURES),
    version: chance.is(90) ? '1' : '2',
    source: chance.pick(['self', 'worker', 'partner', null]),
    change: chance.pick(['significantly-better', 'significantly-better', 'no-significant-change', 'significantly-worse', null]),
  }))
  return {
    ...(chance.is(80) ? { 'programme.sessionsAttended': 8 + chance.below(18) } : {}),
    ...(chance.is(80) ? { 'programme.themesCompleted': 6 + chance.below(6) } : {}),
    ...(chance.is(80) ? { 'outcomes.measures': measures } : {}),
  }
}

/** Whatever the catalogue has that may be supplied and no register, measure or answer. */
function flatFacts(chance: Chance, { facts }: RuleSet, kind: KindId): Record<string, FactValue> {
  const found: Record<string, FactValue> = {}
  const known = chance.pick([100, 95, 70])
  for (const [name, fact] of Object.entries(facts)) {
    if (fact.derived || fact.type === 'list' || name.startsWith('factor.') || name.startsWith('place.')) continue
    if (!chance.is(known)) {
      if (chance.is(50)) found[name] = null
      continue
    }
    if (name === 'person.bornOn') found[name] = chance.pick(BIRTHDAYS)
    else if (fact.type === 'day') found[name] = chance.pick(['2026-05-01', '2025-11-30'])
    else if (fact.type === 'boolean') found[name] = chance.is(kind === 'safeguarding' ? 8 : 60)
    else if (fact.type === 'integer') found[name] = chance.below(40)
    else if (fact.type === 'choice') found[name] = chance.pick(fact.choices)
    else found[name] = chance.pick(['Sutton', 'Merton', 'Croydon'])
  }
  return found
}
