import type { Part } from './evaluate.ts'
import type { Evaluator } from './tests.ts'

/**
 * Conditions as a list without nesting: comparisons first, then the groups over them, each after what it is made of.
 * `not` is gone: it has moved down to the comparisons, where it is a sign (three values obey De Morgan as two do).
 * Both evaluators of all conditions at once are made from this: the one for one decision, and the index over many.
 */
export type Flat = {
  literals: readonly Literal[]
  groups: readonly Group[]
  /** For each condition the place of its literal or, from `literals.length` on, of its group. */
  roots: readonly number[]
}

/** A comparison, or its denial. Equal comparisons are one literal. */
export type Literal = { part: Part; isDenied: boolean }

/** True when at least `needed` of its parts are: all of them for `all`, one for `any`. */
export type Group = { needed: number; of: readonly number[] }

export function flatten(parts: readonly Part[]): Flat {
  const literals: Literal[] = []
  const groups: Group[] = []
  const known = [new Map<Evaluator, number>(), new Map<Evaluator, number>()] as const
  const named = new Map<string, number>()
  // Groups are counted from -1 downwards until it is known how many literals there are.
  const place = (part: Part, isDenied: boolean): number => {
    const { node, of, truth } = part
    switch (node.kind) {
      case 'not':
        return place(of[0] as Part, !isDenied)
      case 'named':
        return place(of[0] as Part, isDenied)
      case 'all':
        return group(isDenied ? 1 : of.length, of, isDenied)
      case 'any':
        return group(isDenied ? of.length : 1, of, isDenied)
      case 'atLeast':
        return group(isDenied ? of.length - node.atLeast + 1 : node.atLeast, of, isDenied)
      default: {
        const before = known[isDenied ? 1 : 0].get(truth)
        if (before !== undefined) return before
        known[isDenied ? 1 : 0].set(truth, literals.length)
        return literals.push({ part, isDenied }) - 1
      }
    }
  }
  const group = (needed: number, of: readonly Part[], isDenied: boolean): number => {
    const places = of.map((part) => place(part, isDenied))
    const [only] = places
    if (only !== undefined && places.length === 1) return only
    const key = `${needed} ${places.join()}`
    const before = named.get(key)
    if (before !== undefined) return before
    const made = -groups.push({ needed, of: places })
    named.set(key, made)
    return made
  }
  const roots = parts.map((part) => place(part, false))
  const final = (at: number) => (at < 0 ? literals.length - at - 1 : at)
  return { literals, groups: groups.map(({ needed, of }) => ({ needed, of: of.map(final) })), roots: roots.map(final) }
}
