import { FALSE, TRUE } from '../../language/truth.ts'
import { PRESENT } from './evidence.ts'
import type { Form } from './form.ts'
import type { Plan } from './plan.ts'

/** In place of how often a weight counts: the factor has no answer. */
export const OPEN = 3

/** All that a band rests on, apart from weights and from where bands begin: what stays of a form while those are tuned. */
export type Basis = {
  /** For each factor, in order of `number`, how often its weight counts: 0, 1 or 2 times, or `OPEN`. */
  times: readonly number[]
  /** The band that floors and patterns force for certain, by its place from the lowest; 0 where none does. */
  forced: number
  /** The highest band that an open answer could still make them force. */
  mayBeForced: number
}

export function basisOf(plan: Plan, { answers, points, floor, open, slots }: Form): Basis {
  let forced = Math.max(0, floor)
  let mayBeForced = 0
  for (const index of open) {
    const { isCritical, floorRecent } = plan.factors[index]!
    if (isCritical) mayBeForced = Math.max(mayBeForced, floorRecent)
  }
  for (const { index, band } of plan.patterns) {
    const truth = plan.program.truth(slots, index)
    if (truth === TRUE) forced = Math.max(forced, band)
    else if (truth !== FALSE) mayBeForced = Math.max(mayBeForced, band)
  }
  const times: number[] = []
  for (let i = 0; i < answers.length; i++) times.push(answers[i]! > PRESENT ? OPEN : points[i]! / plan.factors[i]!.weight)
  return { times, forced, mayBeForced }
}
