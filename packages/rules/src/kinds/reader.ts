import type { DecisionInput } from '../language/facts.ts'
import type { Filler, Program, Slots } from '../language/program.ts'
import type { Truth } from '../language/truth.ts'
import type { KindId, ResolvedDocument } from '../rule-set/document.ts'
import { attendanceFiller, isAttendanceFact } from './attendance/filler.ts'
import { isMeasureFact, measureFiller } from './completion/measures.ts'
import { factorFiller, factorOfWindow, readsFactors } from './risk/filler.ts'

/**
 * Reads facts for one program, computed ones included, so that a fact means the same in rules of every kind.
 * `besides`: the kind that fills in its own.
 */
export function readerOf(document: ResolvedDocument, program: Program, besides?: KindId): (input: DecisionInput) => Slots {
  const fill = fillerOf(document, program, besides)
  if (!fill) return program.read
  return (input) => {
    const slots = program.read(input)
    fill(slots, input)
    return slots
  }
}

/** The truth of every rule, read the same way. */
export function truthsOf(document: ResolvedDocument, program: Program): (input: DecisionInput) => readonly Truth[] {
  const fill = fillerOf(document, program)
  // An answer is supplied and read in another way than supplied: the partner's word is left out. All at once would see it as it stands.
  if (!fill || !readsFactors(document, program)) return (input) => program.truths(input, fill)
  return (input) => {
    const slots = program.read(input)
    fill(slots, input)
    return program.ids.map((_, index) => program.truth(slots, index))
  }
}

function fillerOf(document: ResolvedDocument, program: Program, besides?: KindId): Filler | undefined {
  const fillers = [
    besides === 'risk' ? undefined : factorFiller(document, program),
    besides === 'attendance' ? undefined : attendanceFiller(document, program),
    measureFiller(document, program),
  ].filter((filler) => filler !== undefined)
  if (fillers.length === 0) return undefined
  return (slots, input) => {
    for (const fill of fillers) fill(slots, input)
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
