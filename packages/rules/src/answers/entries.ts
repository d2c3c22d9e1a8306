import { isMeasureFact, namedMeasures } from '../kinds/completion/measures.ts'
import { isAttendanceFact, readCounts } from '../kinds/attendance/filler.ts'
import { attendanceParameters, countsOf, sessionOutcomes, type SessionOutcome } from '../kinds/attendance/register.ts'
import { addDays, isDay } from '../language/civil-day.ts'
import type { Day, DecisionInput, FactValue, ItemType, ScalarType } from '../language/facts.ts'
import type { Others, Values } from '../language/representatives.ts'
import { isItem } from '../language/scope.ts'
import { ANY_OTHER_TEXT, isRecord, ownField, scalarReader } from '../language/values.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import type { Answer, Draft, Ways } from './answer.ts'
import { both, plainAnswer } from './plain.ts'

type Entry = Readonly<Record<string, FactValue>>
type Context = { ruleSet: RuleSet; kind: KindId; input: DecisionInput }

/**
 * The answers in a list of entries: each field of each entry that the rules look at. Which entries there are is taken as given.
 * The whole list is one answer while it is not known, or has none.
 */
export function entryAnswers(context: Context, fact: string): Answer[] {
  const { ruleSet, kind, input } = context
  const type = ruleSet.facts[fact]
  const list = input.facts[fact]
  if (fact === JOINED) return [plainAnswer(ruleSet, kind, input, fact, isCountRead(context, fact) ? joiningDays(input) : undefined)]
  if (type?.type !== 'list' || !isItem(type.of)) return [plainAnswer(ruleSet, kind, input, fact)]
  if (!Array.isArray(list) || list.length === 0) return [plainAnswer(ruleSet, kind, input, fact, wholeLists(context, fact))]
  const { of } = type
  return (list as readonly FactValue[]).flatMap((written, index) => {
    const entry = isRecord(written) ? (written as Entry) : {}
    return Object.keys(of.fields).flatMap((field) => {
      const valuesBeside = (others: Others) => valuesOfField(context, fact, of, field, entry, others)
      const [varied, alone] = [valuesBeside('vary'), valuesBeside('stand')]
      return varied && alone ? [fieldAnswer(input, of, { fact, index, field }, entry, varied, alone)] : []
    })
  })
}

function fieldAnswer(
  { facts }: DecisionInput,
  { fields }: ItemType,
  { fact, index, field }: { fact: string; index: number; field: string },
  entry: Entry,
  varied: Values,
  alone: Values,
): Answer {
  const type = fields[field]
  const now = (type ? scalarReader(type)(ownField(entry, field) ?? null) : null) as FactValue
  const way = (value: FactValue) => ({
    value,
    write: (draft: Draft) => {
      const list = (draft[fact] ?? facts[fact]) as readonly FactValue[]
      draft[fact] = list.map((held, place) =>
        place === index ? { ...(isRecord(held) ? (held as Entry) : {}), [field]: value } : held,
      ) as FactValue
    },
  })
  const waysOf = ({ values, isExhaustive }: Values): Ways => ({ ways: values.map((value) => way(value as FactValue)), isExhaustive })
  return {
    id: `${fact}/${index}/${field}`,
    fact,
    entry: { index, field },
    isKnown: now !== null,
    now: way(now),
    unknown: way(null),
    ...waysOf(varied),
    alone: waysOf(alone),
  }
}

const JOINED = 'place.joinedOn'
const REGISTER = 'attendance.register'
const MEASURES = 'outcomes.measures'

/** What a field of an entry might be. Undefined where no rule looks at it, by itself or through what is computed from the list. */
function valuesOfField(
  context: Context,
  fact: string,
  { fields }: ItemType,
  field: string,
  entry: Entry,
  others: Others,
): Values | undefined {
  const { ruleSet, kind, input } = context
  const type = fields[field]
  const compared = ruleSet.kinds[kind].valuesFor(input, fact, field, others)
  const told = compared?.values ?? []
  const counted = type && isCountRead(context, fact) ? valuesCounted(context, fact, { field, type, told }, entry) : undefined
  // Looked at both by itself and through a count: what either tells apart.
  return compared && counted ? both(compared, counted) : (compared ?? counted)
}

/** What the counts tell apart, beside what is `told` apart already. Undefined for what does not matter to them, or identifies an entry. */
function valuesCounted(
  context: Context,
  fact: string,
  { field, type, told }: { field: string; type: ScalarType; told: readonly unknown[] },
  entry: Entry,
): Values | undefined {
  const { ruleSet, input } = context
  const isRecorded = typeof entry[field] === 'string'
  if (fact === MEASURES && (field === 'measure' || field === 'version'))
    return isRecorded ? undefined : { values: partsOfNames(ruleSet, field), isExhaustive: true }
  if (field === 'session') return undefined
  // A session whose day or kind is recorded is the session it is.
  if (field !== 'outcome' && field !== 'change' && field !== 'source' && isRecorded) return undefined
  if (type.type === 'choice')
    return { values: fact === REGISTER && field === 'outcome' ? outcomesToldApart(context, told) : type.choices, isExhaustive: true }
  return type.type === 'day' ? daysOfSession(input) : undefined
}

/** A day on which a session does not count, whichever the joining day, and one on which it does. */
function daysOfSession({ facts, asOf }: DecisionInput): Values {
  const joinedOn = facts[JOINED]
  if (!isDay(joinedOn)) return { values: [asOf], isExhaustive: false }
  const [first = joinedOn] = [joinedOn, ...daysIn(facts[REGISTER])].sort()
  return { values: [addDays(first, -1), asOf], isExhaustive: true }
}

/** Whether rules of this kind read what the list adds up to. */
const isCountRead = ({ ruleSet, kind, input }: Context, fact: string): boolean =>
  Object.keys(ruleSet.facts).some((name) => basesOf(name)?.includes(fact) && ruleSet.kinds[kind].valuesFor(input, name) !== undefined)

/** The names of the measures that count, or their versions, and any other. */
const partsOfNames = ({ document }: RuleSet, part: 'measure' | 'version'): string[] => {
  const parts = namedMeasures(document).map((name) => {
    const at = name.lastIndexOf('@')
    return part === 'measure' ? name.slice(0, at) : name.slice(at + 1)
  })
  return [...new Set([...parts, ANY_OTHER_TEXT])]
}

/** Those outcomes of a session that are told apart already, and the first of the others that add up alike, as far as the rules look at sums. */
function outcomesToldApart({ ruleSet, kind, input }: Context, told: readonly unknown[]): SessionOutcome[] {
  const parameters = attendanceParameters(ruleSet.document)
  const counts = readCounts((name) => ruleSet.kinds[kind].valuesFor(input, name) !== undefined)
  const isMissBySome = counts.includes('missed') && parameters.lateArrivalsPerMiss > 0
  const kinds = new Map<string, SessionOutcome>()
  for (const outcome of sessionOutcomes) {
    const sums = countsOf([outcome], parameters)
    const kindOfOutcome =
      told.includes(outcome) || (outcome === 'late' && isMissBySome) ? outcome : counts.map((count) => sums[count]).join()
    if (!kinds.has(kindOfOutcome)) kinds.set(kindOfOutcome, outcome)
  }
  return [...kinds.values()]
}

/** The day a run was joined: on the day of each session, and after the last of them. */
function joiningDays({ facts, asOf }: DecisionInput): Values {
  const register = facts[REGISTER]
  if (!Array.isArray(register)) return { values: [asOf], isExhaustive: false }
  const days = daysIn(register)
  const sorted = [...new Set(days)].sort()
  return { values: [...sorted, addDays(sorted.at(-1) ?? asOf, 1)], isExhaustive: days.length === register.length }
}

const daysIn = (register: FactValue | undefined): Day[] =>
  Array.isArray(register) ? (register as readonly unknown[]).map((entry) => (isRecord(entry) ? entry['date'] : null)).filter(isDay) : []

/** Lists that a rule would tell apart. */
function wholeLists({ ruleSet, kind, input }: Context, fact: string): Values | undefined {
  if (fact === REGISTER) return { values: registers(numbersNear({ ruleSet, kind, input }, isAttendanceFact), input), isExhaustive: false }
  if (fact === MEASURES) return { values: measureLists(ruleSet), isExhaustive: false }
  return undefined
}

function numbersNear({ ruleSet, kind, input }: Context, isCount: (name: string) => boolean): number[] {
  const near = Object.keys(ruleSet.facts)
    .filter(isCount)
    .flatMap((name) => ruleSet.kinds[kind].valuesFor(input, name)?.values ?? [])
  return [...new Set(near)]
    .filter((count): count is number => typeof count === 'number' && count > 0 && count <= MOST_SESSIONS)
    .sort(byValue)
}
const byValue = (one: number, other: number) => one - other
const MOST_SESSIONS = 60

const registers = (counts: readonly number[], { facts, asOf }: DecisionInput): FactValue[] => {
  const date = isDay(facts[JOINED]) ? facts[JOINED] : asOf
  const register = (outcome: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({ session: `${index + 1}`, kind: 'group', date, outcome }))
  return [[], ...sessionOutcomes.flatMap((outcome) => counts.map((count) => register(outcome, count)))]
}

const measureLists = ({ document }: RuleSet): FactValue[] => {
  const named = namedMeasures(document).map((name) => name.split('@'))
  const list = (change: string, count: number) =>
    named.slice(0, count).map(([measure = '', version = '']) => ({ measure, version, source: 'record', change }))
  return [[], ...named.flatMap((_, index) => ['significantly-better', 'significantly-worse'].map((change) => list(change, index + 1)))]
}

/** The supplied facts that a computed one rests on, known or not. */
export function basesOf(name: string): string[] | undefined {
  if (isAttendanceFact(name)) return [JOINED, REGISTER]
  return isMeasureFact(name) ? [MEASURES] : undefined
}
