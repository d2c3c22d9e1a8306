import type { DecisionInput } from '../../language/facts.ts'
import type { Program, Slots } from '../../language/program.ts'
import { FALSE, TRUE, type Truth, truthWord, UNKNOWN } from '../../language/truth.ts'
import type { Kind, RuleTrace } from '../kind.ts'
import { readerOf } from '../reader.ts'
import { byNumber, type RuleId } from '../rule.ts'
import { type RulesInOrder, tracesOf } from '../traces.ts'
import { attendanceFacts, countsInto } from './filler.ts'
import {
  type AttendanceCounts,
  type AttendanceParameters,
  attendanceParameters,
  type CountedSession,
  countedSessions,
  countsOf,
  missedSessions,
  possibleCounts,
} from './register.ts'

export type ConsequenceType = 'contact' | 'review' | 'removal-due'
export type Consequence = { rule: RuleId; type: ConsequenceType; params: Readonly<Record<string, unknown>> }

/** What follows from the register of one run. A proposal: a person confirms a removal. */
export type AttendanceOutcome = {
  /** The gravest consequence. `cannot-tell` where something unrecorded could bring a graver one. */
  outcome: 'in-good-standing' | 'contact' | 'review' | 'removal-due' | 'cannot-tell'
  /** All that follow whatever the unrecorded outcomes turn out to be, in order of `number`. */
  consequences: Consequence[]
  /** Of what is recorded; `unrecorded` sessions are in none of the other counts. Null while the register or the joining day is unknown. */
  counts: (AttendanceCounts & { unrecorded: number; missedSessions: string[] }) | null
  /** Rules that unrecorded outcomes decide. */
  undecided: RuleId[]
}

type CompiledAttendance = {
  program: Program
  read: (input: DecisionInput) => Slots
  put: (slots: Slots, counts: AttendanceCounts | null) => void
  parameters: AttendanceParameters
  consequences: readonly (Consequence & { index: number })[]
  rules: RulesInOrder
}

export const attendance: Kind<CompiledAttendance, AttendanceOutcome> = {
  title: 'Attendance',
  question: 'What follows from this register?',
  events: {
    contact: {
      description: 'The person is contacted about each miss.',
      params: {
        within: { type: 'duration', description: 'By when, from the end of the session.' },
        tell: { type: 'texts', optional: true, description: 'Who is told of the miss.' },
      },
    },
    review: {
      description: 'The place is reviewed.',
      params: {
        within: { type: 'duration', optional: true, description: 'By when, from the end of the session.' },
        tell: { type: 'texts', optional: true, description: 'Who is told.' },
      },
    },
    'removal-due': {
      description: 'By the provider’s rule the person is to be removed; a named person confirms it.',
      params: {
        from: { type: 'choice', choices: ['this-run', 'programme'], description: 'What the person is removed from.' },
        tell: { type: 'texts', optional: true, description: 'Who is told, the partner service first.' },
      },
    },
  },
  facts: attendanceFacts,
  check: () => undefined,
  compile: (document, program) => {
    const rules = byNumber(document.attendance)
    const consequences = rules.map(([rule, { event }]) => ({
      rule,
      type: event.type as ConsequenceType,
      params: event.params ?? {},
      index: program.ids.indexOf(rule),
    }))
    const put = countsInto(program) ?? (() => undefined)
    return {
      program,
      read: readerOf(document, program, 'attendance'),
      put,
      parameters: attendanceParameters(document),
      consequences,
      rules,
    }
  },
  decide: (compiled, input) => decide(compiled, input),
  explain: (compiled, input) => explain(compiled, input),
}

function decide(compiled: CompiledAttendance, input: DecisionInput): AttendanceOutcome {
  const sessions = countedSessions(input, compiled.parameters)
  const slots = compiled.read(input)
  const truths = truthsOf(compiled, slots, sessions)
  const consequences: Consequence[] = []
  const undecided: (Consequence & { index: number })[] = []
  compiled.consequences.forEach((consequence, position) => {
    const { rule, type, params } = consequence
    if (truths[position] === TRUE) consequences.push({ rule, type, params: structuredCopy(params) })
    else if (truths[position] === UNKNOWN) undecided.push(consequence)
  })
  const gravest = Math.max(0, ...consequences.map(gravity))
  const couldBeGraver = undecided.some((consequence) => gravity(consequence) > gravest)
  return {
    outcome: couldBeGraver ? 'cannot-tell' : (standings[gravest] ?? 'in-good-standing'),
    consequences,
    counts: sessions ? recordedCounts(sessions, compiled.parameters) : null,
    undecided: undecided.map(({ rule }) => rule),
  }
}

const standings = ['in-good-standing', 'contact', 'review', 'removal-due'] as const
const gravity = ({ type }: Consequence): number => standings.indexOf(type)

/** Event parameters are plain JSON; what is handed out may be changed by whoever gets it. */
const structuredCopy = (params: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, copied(value)]))
const copied = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(copied) : typeof value === 'object' && value !== null ? structuredCopy({ ...value }) : value

function recordedCounts(sessions: readonly CountedSession[], parameters: AttendanceParameters) {
  const recorded = sessions.map(({ outcome }) => outcome).filter((outcome) => outcome !== null)
  return {
    ...countsOf(recorded, parameters),
    unrecorded: sessions.length - recorded.length,
    missedSessions: missedSessions(sessions, parameters),
  }
}

/** True or false only when every way of recording what is missing agrees. */
function truthsOf(
  { program, put, parameters, consequences }: CompiledAttendance,
  slots: Slots,
  sessions: readonly CountedSession[] | undefined,
): Truth[] {
  const truths = () => consequences.map(({ index }) => program.truth(slots, index))
  const possible = sessions && possibleCounts(sessions, parameters)
  if (!possible) {
    put(slots, null)
    return truths()
  }
  let agreed: Truth[] | undefined
  for (const counts of possible) {
    put(slots, counts)
    const found = truths()
    agreed = agreed ? agreed.map((truth, position) => (truth === found[position] ? truth : UNKNOWN)) : found
  }
  return agreed ?? truths()
}

/** Where some outcomes are unrecorded the traces show the counts as unknown, and each rule's result as it was decided. */
function explain(compiled: CompiledAttendance, input: DecisionInput): RuleTrace[] {
  const sessions = countedSessions(input, compiled.parameters)
  const slots = compiled.read(input)
  const truths = truthsOf(compiled, slots, sessions)
  const isRecorded = sessions?.every(({ outcome }) => outcome !== null)
  compiled.put(slots, sessions && isRecorded ? recordedCounts(sessions, compiled.parameters) : null)
  return tracesOf(compiled.rules, compiled.program, slots, input).map((trace, position) => {
    const truth = truths[position] ?? FALSE
    return { ...trace, result: truthWord(truth), dependsOn: truth === UNKNOWN ? trace.dependsOn : [] }
  })
}
