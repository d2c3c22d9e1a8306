import { factorNames } from '../kinds/risk/evidence.ts'
import { byNumber } from '../kinds/rule.ts'
import type { FactValue } from '../language/facts.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'

/** Facts of which one says something about the other. `ways`: every way they can be together, unknown being null. */
export type Group = {
  facts: readonly string[]
  ways?: readonly (readonly FactValue[])[] | undefined
  /** Ways are told apart even where no comparison does. */
  keepsAll?: true
}

/** Every way to answer a factor, from harmless to worst, with its window. */
export const answeredWays = [
  ['absent', 'none'],
  ['possible', 'historic'],
  ['possible', 'recent'],
  ['present', 'historic'],
  ['present', 'recent'],
] as const

/** From which to which of these an answer becomes worse: more certain, or more recent. All else follows from these. */
export const worseSteps: readonly (readonly [better: number, worse: number])[] = [
  [0, 1],
  [1, 2],
  [1, 3],
  [2, 4],
  [3, 4],
]

/** An answer and its window, which is computed from it; and both ends of the band, of which the lower is never above the higher. */
export function groupsOf({ instrument }: ResolvedDocument): Group[] {
  if (!instrument) return []
  const factors = byNumber(instrument.factors).map(([id]): Group => {
    const { answer, window } = factorNames(id)
    return { facts: [answer, window], ways: [...answeredWays, [null, null]] }
  })
  const bands = byNumber(instrument.bands).map(([id]) => id)
  const ends = [...bands, null].flatMap((atLeast) => [...bands, null].map((atMost) => [atLeast, atMost] as const))
  const possible = ends.filter(
    ([atLeast, atMost]) => atLeast === null || atMost === null || bands.indexOf(atLeast) <= bands.indexOf(atMost),
  )
  return [...factors, { facts: ['risk.atLeast', 'risk.atMost'], ways: possible }]
}
