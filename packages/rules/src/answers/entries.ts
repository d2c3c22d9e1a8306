import { isMeasureFact, namedMeasures } from '../kinds/completion/measures.ts'
import { isAttendanceFact, readCounts } from '../kinds/attendance/filler.ts'
import { attendanceParameters, countsOf, sessionOutcomes, type SessionOutcome } from '../kinds/attendance/register.ts'
import { addDays, isDay } from '../language/civil-day.ts'
import type { DecisionInput, FactValue, ItemType } from '../language/facts.ts'
import type { Others, Values } from '../language/representatives.ts'
import { isItem } from '../language/scope.ts'
import { ANY_OTHER_TEXT, isRecord, ownField, scalarReader } from '../language/values.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import type { Answer, Draft, Ways } from './answer.ts'
import { plainAnswer } from './plain.ts'

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
  if (fact === JOINED) return [plainAnswer(ruleSet, kind, input, fact, joiningDays(input))]
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
  { ruleSet, kind, input }: Context,
  fact: string,
  { fields }: ItemType,
  field: string,
  entry: Entry,
  others: Others,
): Values | undefined {
  const compared = ruleSet.kinds[kind].valuesFor(input, fact, field, others)
  if (compared) return compared
  const type = fields[field]
  if (fact === MEASURES && (field === 'measure' || field === 'version')) {
    const isOpen = typeof entry[field] !== 'string'
    return isOpen ? { values: partsOfNames(ruleSet, field), isExhaustive: true } : undefined
  }
  const isComputed = fact === REGISTER || fact === MEASURES
  if (!isComputed || !type || field === 'session') return undefined
  // A session whose day or kind is recorded is the session it is; a measure likewise.
  if (field !== 'outcome' && field !== 'change' && field !== 'source' && typeof entry[field] === 'string') return undefined
  if (type.type === 'choice') {
    const isOutcome = fact === REGISTER && field === 'outcome'
    return { values: isOutcome ? outcomesToldApart({ ruleSet, kind, input }) : type.choices, isExhaustive: true }
  }
  if (type.type !== 'day') return undefined
  const joinedOn = input.facts[JOINED]
  return isDay(joinedOn)
    ? { values: [addDays(joinedOn, -1), input.asOf], isExhaustive: true }
    : { values: [input.asOf], isExhaustive: false }
}

/** The names of the measures that count, or their versions, and any other. */
const partsOfNames = ({ document }: RuleSet, part: 'measure' | 'version'): string[] => {
  const parts = namedMeasures(document).map((name) => {
    const at = name.lastIndexOf('@')
    return part === 'measure' ? name.slice(0, at) : name.slice(at + 1)
  })
  return [...new Set([...parts, ANY_OTHER_TEXT])]
}

/** The first of those outcomes of a session that add up alike, as far as the rules look at sums. */
function outcomesToldApart({ ruleSet, kind, input }: Context): SessionOutcome[] {
  const parameters = attendanceParameters(ruleSet.document)
  const counts = readCounts((name) => ruleSet.kinds[kind].valuesFor(input, name) !== undefined)
  const isMissBySome = counts.includes('missed') && parameters.lateArrivalsPerMiss > 0
  const kinds = new Map<string, SessionOutcome>()
  for (const outcome of sessionOutcomes) {
    const sums = countsOf([outcome], parameters)
    const kindOfOutcome = outcome === 'late' && isMissBySome ? outcome : counts.map((count) => sums[count]).join()
    if (!kinds.has(kindOfOutcome)) kinds.set(kindOfOutcome, outcome)
  }
  return [...kinds.values()]
}

/** The day a run was joined: on the day of each session, and after the last of them. */
export function joiningDays({ facts, asOf }: DecisionInput): Values {
  const register = facts[REGISTER]
  if (!Array.isArray(register)) return { values: [asOf], isExhaustive: false }
  const days = (register as readonly unknown[]).map((entry) => (isRecord(entry) ? entry['date'] : null)).filter((day) => isDay(day))
  const sorted = [...new Set(days)].sort()
  return { values: [...sorted, addDays(sorted.at(-1) ?? asOf, 1)], isExhaustive: days.length === register.length }
}

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
