import { daysBetween, yearsBetween } from './civil-day.ts'
import type { Derivation } from './facts.ts'

/** Computed from other facts of the catalogue, in this library. */
export type Computation = Exclude<Derivation, { by: 'kind' }>

export const isComputation = (derivation: Derivation | undefined): derivation is Computation =>
  derivation !== undefined && derivation.by !== 'kind'

/** The supplied facts it is computed from, in the order `compute` takes them. */
export function basesOf(computation: Computation): readonly string[] {
  switch (computation.by) {
    case 'years-between':
    case 'days-between':
      return [computation.from, computation.to]
    case 'sum':
      return computation.of
    case 'difference':
      return [computation.of, computation.less]
  }
}

/** Unknown where a base is, and where the result could not be: nobody is minus three years old. Whole numbers, exact. */
export function compute({ by }: Computation, values: readonly unknown[]): number | null {
  if (by === 'years-between' || by === 'days-between') {
    const [from, to] = values
    if (typeof from !== 'string' || typeof to !== 'string' || to < from) return null
    return by === 'years-between' ? yearsBetween(from, to) : daysBetween(from, to)
  }
  let result: number | null = null
  for (const value of values) {
    if (typeof value !== 'number') return null
    result = result === null ? value : by === 'sum' ? result + value : result - value
  }
  return result
}
