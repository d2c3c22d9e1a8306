import { attendanceFact, certainCounts } from '../kinds/attendance/filler.ts'
import {
  type AttendanceCounts,
  type AttendanceParameters,
  countedSessions,
  possibleCounts,
  type SessionOutcome,
  sessionOutcomes,
} from '../kinds/attendance/register.ts'
import type { DecisionInput } from '../language/facts.ts'
import { type Column, columnOf, recoded } from './column.ts'

type Sessions = readonly { outcome: SessionOutcome | null }[] | null

/** One of each set of counts that differ where somebody looks. Null where nothing can be said. */
export type PossibleCounts = ReadonlyMap<string, AttendanceCounts> | null

/** Registers by how many of their counted sessions came out how: their order decides nothing. */
export class RegisterColumns {
  private readonly inputs: readonly DecisionInput[]
  private readonly made = new Map<string, Column>()

  constructor(inputs: readonly DecisionInput[]) {
    this.inputs = inputs
  }

  /** A count as rules of other kinds see it: null unless every outcome is recorded. */
  fact(name: string, parameters: AttendanceParameters): Column<number | null> {
    return this.remembered([name, parameters], () =>
      recoded(
        this.sessions(parameters),
        (sessions) => attendanceFact(name, sessions && certainCounts(sessions, parameters)),
        (count) => count,
      ),
    )
  }

  /** All that the named counts may be, however the unrecorded outcomes came out. */
  possible(names: readonly string[], parameters: AttendanceParameters): Column<PossibleCounts> {
    return this.remembered(['possible', names, parameters], () =>
      recoded(
        this.sessions(parameters),
        (sessions) => sessions && distinctCounts(possibleCounts(sessions, parameters), names),
        (counts) => counts && JSON.stringify([...counts.keys()].sort()),
      ),
    )
  }

  private sessions(parameters: AttendanceParameters): Column<Sessions> {
    return this.remembered([parameters.countedSessionKinds], () =>
      columnOf<Sessions>(this.inputs.length, (place) => countedSessions(this.inputs[place]!, parameters) ?? null, textOf),
    )
  }

  private remembered<Value>(key: unknown, make: () => Column<Value>): Column<Value> {
    const text = JSON.stringify(key)
    const column = (this.made.get(text) as Column<Value> | undefined) ?? make()
    this.made.set(text, column)
    return column
  }
}

/** How many came out how; first, of how many nothing is recorded. */
function textOf(sessions: Sessions): string | null {
  if (!sessions) return null
  const counts = [0, ...sessionOutcomes.map(() => 0)]
  for (const { outcome } of sessions) counts[outcome === null ? 0 : 1 + sessionOutcomes.indexOf(outcome)]!++
  return counts.join()
}

/** One of each, by the counts that are looked at. */
function distinctCounts(possible: Iterable<AttendanceCounts> | undefined, names: readonly string[]): PossibleCounts {
  if (!possible) return null
  const found = new Map<string, AttendanceCounts>()
  for (const counts of possible) found.set(names.map((name) => attendanceFact(name, counts)).join(), counts)
  return found
}
