import { type Ends, NEVER, type Standing } from './standing.ts'

/** `cannot-tell`: it depends on answers that nobody has given. It is never counted as unchanged. */
export const moves = ['up', 'down', 'unchanged', 'cannot-tell'] as const
export type Move = (typeof moves)[number]

/** `same`: as far as it can be told, nothing has moved; the ends are equal, and may be apart. */
export type Step = Exclude<Move, 'unchanged'> | 'same'

/**
 * What the change from one standing to another comes to, on the safe side:
 * whatever protects somebody and falls at either end is a move down, even where something else rises.
 */
export function stepOf(before: Standing, after: Standing): Step {
  return worst([...steps(before.watched, after.watched, watchedStep), ...steps(before.open, after.open, openStep)])
}

/** How soon things are due, where everything else stands as it stood. Later is down. */
export const paceOf = (before: Standing, after: Standing): Step => worst(steps(before.pace, after.pace, watchedStep))

export const isSettled = ({ watched, open }: Standing): boolean =>
  [...Object.values(watched), ...Object.values(open)].every(([atLeast, atMost]) => atLeast === atMost)

function worst(steps: readonly Step[]): Step {
  for (const step of ['down', 'cannot-tell', 'up'] as const) if (steps.includes(step)) return step
  return 'same'
}

function steps(before: Standing['open'], after: Standing['open'], stepBetween: (one: Ends, other: Ends) => Step): Step[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].map((name) => stepBetween(before[name] ?? nothing, after[name] ?? nothing))
}
const nothing: Ends = [NEVER, NEVER]

const watchedStep = (before: Ends, after: Ends): Step =>
  after[0] < before[0] || after[1] < before[1] ? 'down' : after[0] > before[0] || after[1] > before[1] ? 'up' : 'same'

/** Certain only where one end moves and the other does not go the opposite way, and the range does not merely become wider. */
function openStep(before: Ends, after: Ends): Step {
  const least = Math.sign(after[0] - before[0])
  const most = Math.sign(after[1] - before[1])
  if (least === 0 && most === 0) return 'same'
  const isWider = least <= 0 && most >= 0
  if (isWider || least * most < 0) return 'cannot-tell'
  return least + most > 0 ? 'up' : 'down'
}
