import type { DecisionInput } from '../language/facts.ts'
import type { Program, Slots } from '../language/program.ts'
import type { KindId, ResolvedDocument } from '../rule-set/document.ts'
import { attendanceFiller, isAttendanceFact } from './attendance/filler.ts'
import { isMeasureFact, measureFiller } from './completion/measures.ts'
import { factorFiller, factorOfWindow } from './risk/filler.ts'

/** Puts facts that a kind computes into the slots of one program. */
export type Filler = (slots: Slots, input: DecisionInput) => void

/**
 * Reads facts for one program, computed ones included, so that a fact means the same in rules of every kind.
 * `besides`: the kind that fills in its own.
 */
export function readerOf(document: ResolvedDocument, program: Program, besides?: KindId): (input: DecisionInput) => Slots {
  const fillers = [
    besides === 'risk' ? undefined : factorFiller(document, program),
    besides === 'attendance' ? undefined : attendanceFiller(document, program),
    measureFiller(document, program),
  ].filter((filler) => filler !== undefined)
  if (fillers.length === 0) return program.read
  return (input) => {
    const slots = program.read(input)
    for (const fill of fillers) fill(slots, input)
    return slots
  }
}

/** Facts that can be asked for, in place of those that are computed from them. */
export function factsToAsk(names: readonly string[], input: DecisionInput): string[] {
  return [...new Set(names.flatMap((name) => factToAsk(name, input)))]
}

function factToAsk(name: string, { facts }: DecisionInput): string | string[] {
  const answer = factorOfWindow(name)
  if (answer !== undefined) return answer
  if (isMeasureFact(name)) return 'outcomes.measures'
  if (!isAttendanceFact(name)) return name
  const missing = ['place.joinedOn', 'attendance.register'].filter((each) => facts[each] === undefined || facts[each] === null)
  return missing.length > 0 ? missing : 'attendance.register'
}
