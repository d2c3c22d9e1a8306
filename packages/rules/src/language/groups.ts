import type { Slots } from './program.ts'
import type { Evaluator } from './tests.ts'
import { FALSE, TRUE, UNKNOWN, type Truth } from './truth.ts'

/** The least of them; stops at the first false. */
export function allOf(parts: readonly Evaluator[]): Evaluator {
  const [first, second, third] = parts
  if (first && parts.length === 1) return first
  if (first && second && parts.length === 2) {
    return (slots) => {
      const a = first(slots)
      if (a === FALSE) return FALSE
      const b = second(slots)
      return a < b ? a : b
    }
  }
  if (first && second && third && parts.length === 3) {
    return (slots) => {
      let least = first(slots)
      if (least === FALSE) return FALSE
      let next = second(slots)
      if (next === FALSE) return FALSE
      if (next < least) least = next
      next = third(slots)
      return next < least ? next : least
    }
  }
  return (slots) => {
    let least: Truth = TRUE
    for (const part of parts) {
      const truth = part(slots)
      if (truth === FALSE) return FALSE
      if (truth < least) least = truth
    }
    return least
  }
}

/** The greatest of them; stops at the first true. */
export function anyOf(parts: readonly Evaluator[]): Evaluator {
  const [first, second, third] = parts
  if (first && parts.length === 1) return first
  if (first && second && parts.length === 2) {
    return (slots) => {
      const a = first(slots)
      if (a === TRUE) return TRUE
      const b = second(slots)
      return a > b ? a : b
    }
  }
  if (first && second && third && parts.length === 3) {
    return (slots) => {
      let greatest = first(slots)
      if (greatest === TRUE) return TRUE
      let next = second(slots)
      if (next === TRUE) return TRUE
      if (next > greatest) greatest = next
      next = third(slots)
      return next > greatest ? next : greatest
    }
  }
  return (slots) => {
    let greatest: Truth = FALSE
    for (const part of parts) {
      const truth = part(slots)
      if (truth === TRUE) return TRUE
      if (truth > greatest) greatest = truth
    }
    return greatest
  }
}

export const not = (part: Evaluator): Evaluator => (slots: Slots) => (2 - part(slots)) as Truth

/** True at so many true ones, false when no longer reachable; stops as soon as either is settled. */
export function atLeastOf(needed: number, parts: readonly Evaluator[]): Evaluator {
  const spare = parts.length - needed
  return (slots) => {
    let found = 0
    let lost = 0
    for (const part of parts) {
      const truth = part(slots)
      if (truth === TRUE) {
        if (++found === needed) return TRUE
      } else if (truth === FALSE && ++lost > spare) return FALSE
    }
    return UNKNOWN
  }
}
