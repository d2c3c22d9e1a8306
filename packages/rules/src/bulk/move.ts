import { type Ends, NEVER, type Standing } from './standing.ts'

/** `cannot-tell`: it depends on answers that nobody has given. It is never counted as unchanged. */
export const moves = ['up', 'down', 'unchanged', 'cannot-tell'] as const
export type Move = (typeof moves)[number]

/** `same`: as far as it can be told, nothing has moved; the ends are equal, and may be apart. */
export type Step = 'up' | 'down' | 'same'

/**
 * What the change from one standing to another comes to, on the safe side:
 * whatever protects somebody and falls at either end is a move down, even where something else rises.
 */
export const stepOf = (before: Standing, after: Standing): Step => stepBetween(before.care, after.care)

/** How soon things are due, where everything else stands as it stood. Later is down. */
export const paceOf = (before: Standing, after: Standing): Step => stepBetween(before.pace, after.pace)

export const isSettled = ({ care }: Standing): boolean => Object.values(care).every(([atLeast, atMost]) => atLeast === atMost)

function stepBetween(before: Standing['care'], after: Standing['care']): Step {
  let step: Step = 'same'
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [[least, most], [leastNow, mostNow]] = [before[name] ?? nothing, after[name] ?? nothing]
    if (leastNow < least || mostNow < most) return 'down'
    if (leastNow > least || mostNow > most) step = 'up'
  }
  return step
}
const nothing: Ends = [NEVER, NEVER]
