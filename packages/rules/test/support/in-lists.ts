import { type KindResult, type Move, moves, type Prepared, type Swap } from '../../src/bulk/index.ts'

/** What one by one was found, in a form in which both ways of counting can be compared. */
export const inLists = ({ kind, counts, judged, up, down, cannotTell, unchanged, swaps }: KindResult) => ({
  kind,
  counts,
  judged,
  lists: [up.map((each) => each.case), down.map((each) => each.case), unchanged, cannotTell.map((each) => each.case)],
  swaps: sorted(swaps),
})

/** The same of what was found for all at once. */
export const foundInLists = (found: ReturnType<Prepared['moves']>) =>
  found.map(({ kind, counts, judged, cases, places, swaps }) => {
    for (const move of moves) {
      if (places(move).length !== counts[move])
        throw new Error(`${kind}: ${counts[move]} are ${move}, and ${places(move).length} are listed`)
    }
    return { kind, counts, judged, lists: moves.map((move: Move) => cases(move)), swaps: sorted(swaps) }
  })

const sorted = (swaps: readonly Swap[]) => swaps.map((swap) => JSON.stringify(swap)).sort()
