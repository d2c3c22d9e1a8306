import type { Slots } from './program.ts'
import { isEquality, type Equality, type Evaluator } from './tests.ts'
import { FALSE, TRUE, UNKNOWN, type Truth } from './truth.ts'

/** The least of them; stops at the first false. */
export function allOf(parts: readonly Evaluator[]): Evaluator {
  const [first] = parts
  if (first && parts.length === 1) return first
  const equalities = parts.filter(isEquality)
  const others = parts.filter((part) => !isEquality(part))
  if (others.length === 0) return allEqual(equalities)
  if (equalities.length > 1) return leastOf([allEqual(equalities), ...others])
  return leastOf(parts)
}

/** The greatest of them; stops at the first true. */
export function anyOf(parts: readonly Evaluator[]): Evaluator {
  const [first] = parts
  if (first && parts.length === 1) return first
  const equalities = parts.filter(isEquality)
  const others = parts.filter((part) => !isEquality(part))
  if (others.length === 0) return anyEqual(equalities)
  if (equalities.length > 1) return greatestOf([anyEqual(equalities), ...others])
  return greatestOf(parts)
}

function leastOf(parts: readonly Evaluator[]): Evaluator {
  const [first, second] = parts
  if (first && second && parts.length === 2) {
    return (slots) => {
      const a = first(slots)
      if (a === FALSE) return FALSE
      const b = second(slots)
      return a < b ? a : b
    }
  }
  return (slots) => {
    let least: Truth = TRUE
    for (let i = 0; i < parts.length; i++) {
      const truth = (parts[i] as Evaluator)(slots)
      if (truth === FALSE) return FALSE
      if (truth < least) least = truth
    }
    return least
  }
}

function greatestOf(parts: readonly Evaluator[]): Evaluator {
  const [first, second] = parts
  if (first && second && parts.length === 2) {
    return (slots) => {
      const a = first(slots)
      if (a === TRUE) return TRUE
      const b = second(slots)
      return a > b ? a : b
    }
  }
  return (slots) => {
    let greatest: Truth = FALSE
    for (let i = 0; i < parts.length; i++) {
      const truth = (parts[i] as Evaluator)(slots)
      if (truth === TRUE) return TRUE
      if (truth > greatest) greatest = truth
    }
    return greatest
  }
}

/** Facts that each have to be one certain choice, by far the commonest group, without a call for each. */
function allEqual(equalities: readonly Equality[]): Evaluator {
  const places = equalities.map(({ slot }) => slot)
  const wanted = equalities.map(({ constant }) => constant)
  return (slots) => {
    let least: Truth = TRUE
    for (let i = 0; i < places.length; i++) {
      const value = slots[places[i] as number]
      if (value === null) least = UNKNOWN
      else if (value !== wanted[i]) return FALSE
    }
    return least
  }
}

function anyEqual(equalities: readonly Equality[]): Evaluator {
  const places = equalities.map(({ slot }) => slot)
  const wanted = equalities.map(({ constant }) => constant)
  return (slots) => {
    let greatest: Truth = FALSE
    for (let i = 0; i < places.length; i++) {
      const value = slots[places[i] as number]
      if (value === null) greatest = UNKNOWN
      else if (value === wanted[i]) return TRUE
    }
    return greatest
  }
}

export const not =
  (part: Evaluator): Evaluator =>
  (slots: Slots) =>
    (2 - part(slots)) as Truth

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
