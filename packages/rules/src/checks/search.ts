import type { FactValue } from '../language/facts.ts'
import type { Truth } from '../language/truth.ts'
import { between, type Formula } from './formula.ts'
import type { Space } from './space.ts'

/** A condition that is to come out so. `as`: with one variable taken to be one of its ways, whatever is chosen for it. */
export type Wanted = { formula: Formula; atLeast?: Truth; atMost?: Truth; as?: { variable: number; way: number } }

/** Comparisons that may still be looked at, by all searches of one run together: what keeps a large rule set from taking for ever. */
export type Budget = { left: number; spent: number }

/** For each variable the place of the way chosen; -1 where any will do. `none`: in no case there is. */
export type Answer = { found: 'some'; chosen: readonly number[] } | { found: 'none' } | { found: 'not-decided' }

export type SearchOptions = {
  /** Only facts that are known, to their last item. */
  isKnown?: true
  /** Which ways of a variable may be chosen at all. */
  allows?: (variable: number, way: number) => boolean
  /** Whether what is chosen so far (-1: open) can still do. Cuts the search short. */
  isStillPossible?: (chosen: readonly number[]) => boolean
  /** Asked once everything wanted is settled; open variables may then still be chosen for. */
  isEnough?: (chosen: readonly number[]) => readonly number[] | undefined
}

const MOST_AT_ONCE = 200_000

/** Looks for a case in which every wanted condition comes out as wanted. Complete: where it finds none there is none in this space. */
export function search(space: Space, wanted: readonly Wanted[], budget: Budget, options: SearchOptions = {}): Answer {
  const { variables, variableOf } = space
  const allowed = variables.map(({ ways }, variable) =>
    ways.flatMap((way, place) => ((!options.isKnown || way.isKnown) && (options.allows?.(variable, place) ?? true) ? [place] : [])),
  )
  if (allowed.some((ways) => ways.length === 0)) return { found: 'none' }
  const ends = space.leaves.map((_, leaf): readonly [Truth, Truth] => {
    const variable = variableOf[leaf] ?? 0
    const truths = (allowed[variable] ?? []).map((way) => truthIn(space, leaf, way))
    return [Math.min(...truths) as Truth, Math.max(...truths) as Truth]
  })
  const chosen = variables.map(() => -1)
  const before = Math.min(MOST_AT_ONCE, budget.left)
  let left = before

  const look = ({ formula, as }: Wanted) =>
    between(formula, (leaf) => {
      left--
      const variable = variableOf[leaf] ?? 0
      const way = as?.variable === variable ? as.way : (chosen[variable] ?? -1)
      if (way < 0) return ends[leaf] ?? [0, 2]
      const truth = truthIn(space, leaf, way)
      return [truth, truth]
    })
  const descend = (): readonly number[] | 'none' | 'not-decided' => {
    if (left-- <= 0) return 'not-decided'
    if (options.isStillPossible?.(chosen) === false) return 'none'
    let open: Wanted | undefined
    for (const each of wanted) {
      const [least, most] = look(each)
      const { atLeast = 0, atMost = 2 } = each
      if (most < atLeast || least > atMost) return 'none'
      if (!open && (least < atLeast || most > atMost)) open = each
    }
    const next = open && openVariable(open.formula, (variable) => chosen[variable] === -1 && open?.as?.variable !== variable, variableOf)
    if (next === undefined) return options.isEnough ? (options.isEnough(chosen) ?? 'none') : chosen.slice()
    for (const way of allowed[next] ?? []) {
      chosen[next] = way
      const found = descend()
      if (found !== 'none') return found
    }
    chosen[next] = -1
    return 'none'
  }

  const found = descend()
  budget.left -= before - left
  budget.spent += before - left
  return typeof found === 'string' ? { found } : { found: 'some', chosen: found }
}

const truthIn = ({ variables, variableOf }: Space, leaf: number, way: number): Truth =>
  variables[variableOf[leaf] ?? 0]?.ways[way]?.truths.get(leaf) ?? 1

/** The first variable that a condition still waits for. */
function openVariable(formula: Formula, isOpen: (variable: number) => boolean, variableOf: readonly number[]): number | undefined {
  if (formula.is === 'leaf') {
    const variable = variableOf[formula.leaf] ?? 0
    return isOpen(variable) ? variable : undefined
  }
  if (formula.is === 'not') return openVariable(formula.of, isOpen, variableOf)
  for (const part of formula.of) {
    const found = openVariable(part, isOpen, variableOf)
    if (found !== undefined) return found
  }
  return undefined
}

/** The facts of a case found. */
export const factsOf = ({ variables }: Space, chosen: readonly number[]): Readonly<Record<string, FactValue>> =>
  Object.assign({}, ...variables.map(({ ways }, variable) => ways[chosen[variable] ?? -1]?.facts ?? {})) as Record<string, FactValue>
