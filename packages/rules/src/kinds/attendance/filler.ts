import type { FactDefinition } from '../../language/facts.ts'
import type { Filler, Program } from '../../language/program.ts'
import type { ResolvedDocument } from '../../rule-set/document.ts'
import { putCounts } from '../counts.ts'
import {
  type AttendanceCounts,
  type AttendanceParameters,
  attendanceParameters,
  type CountedSession,
  countedSessions,
  countsOf,
} from './register.ts'

/** The facts that a register adds up to, and the count behind each. */
const counted: Readonly<Record<string, { count: keyof AttendanceCounts; label: string }>> = {
  'attendance.held': { count: 'held', label: 'Sessions held since joining' },
  'attendance.attended': { count: 'attended', label: 'Sessions attended' },
  'attendance.missed': { count: 'missed', label: 'Misses, as the provider counts them' },
  'attendance.excused': { count: 'excused', label: 'Excused absences' },
  'attendance.absent': { count: 'absent', label: 'Absences without an excuse' },
  'attendance.late': { count: 'late', label: 'Late arrivals' },
  'attendance.leftEarly': { count: 'leftEarly', label: 'Sessions left early' },
}

export const isAttendanceFact = (name: string): boolean => Object.hasOwn(counted, name)

/** The count that one of these facts is. */
export const attendanceFact = (name: string, counts: AttendanceCounts | null): number | null => counts && counts[counted[name]!.count]

/** Which of the counts are read as facts. */
export const readCounts = (isRead: (fact: string) => boolean): (keyof AttendanceCounts)[] =>
  Object.entries(counted).flatMap(([name, { count }]) => (isRead(name) ? [count] : []))

export function attendanceFacts(): Readonly<Record<string, FactDefinition>> {
  const definitions = Object.entries(counted).map(([name, { label }], index): [string, FactDefinition] => [
    name,
    {
      type: 'integer',
      unit: 'sessions',
      minimum: 0,
      number: 3001 + index,
      label,
      question: 'What happened at each session of this run?',
      source: 'Computed from the register of this run',
      derived: { by: 'kind' },
    },
  ])
  return Object.fromEntries(definitions)
}

export const countsInto = (program: Program) => putCounts(counted, program)

/** For rules of other kinds: the counts when every outcome is recorded, else unknown. */
export function attendanceFiller(document: ResolvedDocument, program: Program): Filler | undefined {
  const put = countsInto(program)
  if (!put) return undefined
  const parameters = attendanceParameters(document)
  return (slots, input) => {
    const sessions = countedSessions(input, parameters)
    put(slots, sessions ? certainCounts(sessions, parameters) : null)
  }
}

/** The counts where every outcome is recorded. */
export function certainCounts(
  sessions: readonly Pick<CountedSession, 'outcome'>[],
  parameters: AttendanceParameters,
): AttendanceCounts | null {
  const recorded = sessions.flatMap(({ outcome }) => outcome ?? [])
  return recorded.length === sessions.length ? countsOf(recorded, parameters) : null
}
