import { isDay } from '../../language/civil-day.ts'
import type { DecisionInput, FactValue } from '../../language/facts.ts'
import type { ResolvedDocument } from '../../rule-set/document.ts'

export const sessionOutcomes = ['attended', 'late', 'left-early', 'excused', 'absent', 'not-held'] as const
export type SessionOutcome = (typeof sessionOutcomes)[number]
export const sessionKinds = ['group', 'one-to-one'] as const

/** One session of the register, as it counts. Null: not recorded. */
export type CountedSession = { session: string | null; outcome: SessionOutcome | null }

/** Which outcomes and kinds of session count as a miss: parameters of the rule set in force on the day the place began. */
export type AttendanceParameters = {
  countedSessionKinds: readonly string[]
  excusedAbsenceCounts: boolean
  leftEarlyCounts: boolean
  /** So many late arrivals make one miss; 0: never. */
  lateArrivalsPerMiss: number
}

export function attendanceParameters({ parameters }: ResolvedDocument): AttendanceParameters {
  const value = (id: string) => (Object.hasOwn(parameters, id) ? parameters[id]!.value : undefined)
  const kinds = value('countedSessionKinds')
  const late = value('lateArrivalsPerMiss')
  return {
    countedSessionKinds: Array.isArray(kinds) ? kinds.map(String) : sessionKinds,
    excusedAbsenceCounts: value('excusedAbsenceCounts') === true,
    leftEarlyCounts: value('leftEarlyCounts') === true,
    lateArrivalsPerMiss: typeof late === 'number' ? late : 0,
  }
}

/**
 * The sessions of this run that count, in order of day: from the joining day up to and including `asOf`, of a counted kind.
 * A session of which the day or kind is not recorded may or may not count, and stands as one whose outcome is not recorded.
 * Undefined while the register or the joining day is unknown.
 */
export function countedSessions(
  { facts, asOf }: DecisionInput,
  { countedSessionKinds }: AttendanceParameters,
): CountedSession[] | undefined {
  const register = facts['attendance.register']
  const joinedOn = facts['place.joinedOn']
  if (!Array.isArray(register) || !isDay(joinedOn) || !isDay(asOf)) return undefined
  const sessions: (CountedSession & { date: string })[] = []
  for (const written of register as readonly unknown[]) {
    const item = Object(written) as Readonly<Record<string, FactValue>>
    const date = isDay(item['date']) ? item['date'] : null
    const kind = sessionKinds.find((each) => each === item['kind'])
    if (date !== null && (date < joinedOn || date > asOf)) continue
    if (kind !== undefined && !countedSessionKinds.includes(kind)) continue
    const outcome = sessionOutcomes.find((each) => each === item['outcome']) ?? null
    const isCertain = date !== null && kind !== undefined
    if (outcome === 'not-held') continue
    sessions.push({
      session: typeof item['session'] === 'string' ? item['session'] : null,
      outcome: isCertain ? outcome : null,
      date: date ?? '',
    })
  }
  return sessions
    .sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0))
    .map(({ session, outcome }) => ({ session, outcome }))
}

/** What a register adds up to. Facts for the attendance rules; nothing is decided here. */
export type AttendanceCounts = {
  /** Sessions held since the person joined this run. A session that was not held is no session. */
  held: number
  /** There, late and left early included. */
  attended: number
  /** What counts as a miss by the parameters. */
  missed: number
  excused: number
  /** Neither there nor excused. */
  absent: number
  late: number
  leftEarly: number
}

/** Adds up sessions of which every outcome is given. */
export function countsOf(outcomes: readonly SessionOutcome[], parameters: AttendanceParameters): AttendanceCounts {
  const counts = { held: 0, attended: 0, missed: 0, excused: 0, absent: 0, late: 0, leftEarly: 0 }
  for (const outcome of outcomes) {
    if (outcome === 'not-held') continue
    counts.held++
    if (outcome === 'absent') counts.absent++
    else if (outcome === 'excused') counts.excused++
    else counts.attended++
    if (outcome === 'late') counts.late++
    if (outcome === 'left-early') counts.leftEarly++
    if (isMiss(outcome, counts.late, parameters)) counts.missed++
  }
  return counts
}

/**
 * What the sessions may add up to, for every way in which the unrecorded ones may have come out.
 * Undefined where too many are unrecorded: thousands of guesses say little.
 */
export function possibleCounts(
  sessions: readonly Pick<CountedSession, 'outcome'>[],
  parameters: AttendanceParameters,
): Iterable<AttendanceCounts> | undefined {
  const recorded = sessions.flatMap(({ outcome }) => outcome ?? [])
  const unrecorded = sessions.length - recorded.length
  return unrecorded > MOST_UNRECORDED ? undefined : eachPossible(recorded, unrecorded, parameters)
}
const MOST_UNRECORDED = 10

function* eachPossible(recorded: readonly SessionOutcome[], unrecorded: number, parameters: AttendanceParameters) {
  for (const guess of waysToRecord(unrecorded)) yield countsOf([...recorded, ...guess], parameters)
}

/** Which outcomes, regardless of order: counts do not depend on it. A session that may not count is as good as one not held. */
function* waysToRecord(sessions: number, from = 0): Generator<SessionOutcome[]> {
  if (sessions === 0) return yield []
  for (let i = from; i < sessionOutcomes.length; i++) {
    for (const rest of waysToRecord(sessions - 1, i)) yield [sessionOutcomes[i]!, ...rest]
  }
}

/** References of the sessions that count as misses, as far as outcomes are recorded: one contact is due for each. */
export function missedSessions(sessions: readonly CountedSession[], parameters: AttendanceParameters): string[] {
  const missed: string[] = []
  let late = 0
  for (const { session, outcome } of sessions) {
    if (outcome === 'late') late++
    if (session !== null && outcome !== null && isMiss(outcome, late, parameters)) missed.push(session)
  }
  return missed
}

/** `late`: how many late arrivals there have been, this one included. The last of a full number counts as the miss. */
function isMiss(outcome: SessionOutcome, late: number, parameters: AttendanceParameters): boolean {
  switch (outcome) {
    case 'absent':
      return true
    case 'excused':
      return parameters.excusedAbsenceCounts
    case 'left-early':
      return parameters.leftEarlyCounts
    case 'late':
      // With 0 there is no rest, and so never a miss.
      return late % parameters.lateArrivalsPerMiss === 0
    default:
      return false
  }
}
