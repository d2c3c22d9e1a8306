import { didYouMean } from '../language/did-you-mean.ts'
import type { Ladder } from '../answers/ladder.ts'
import type { KindId } from '../rule-set/document.ts'

/**
 * Where an outcome stands.
 * @throws RangeError where there is none of this name
 */
export function bitsOf(ladders: readonly Ladder[], kind: KindId, outcome: string): { ladder: number; step: number; bits: number } {
  const ladder = ladders.findIndex(({ steps }) => steps.includes(outcome))
  const step = ladders[ladder]?.steps.indexOf(outcome) ?? -1
  if (step >= 0) return { ladder, step, bits: 1 << step }
  const words = ladders.flatMap(({ steps }) => steps)
  const guess = didYouMean(outcome, words)
  throw new RangeError(
    `${kind} cannot come to "${outcome}"; ${guess === undefined ? `it comes to ${words.join(', ')}` : `did you mean "${guess}"?`}`,
  )
}
