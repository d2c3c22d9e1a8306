import { kindIds, type KindId } from '../rule-set/document.ts'
import { decide, type DocumentRef, type RuleSet } from '../rule-set/rule-set.ts'
import { alike } from './alike.ts'
import { factsReadBy } from './asked-for.ts'
import type { PastCase } from './case.ts'
import { type Judge, judgeOf } from './judge.ts'
import { type Move, moves } from './move.ts'
import { type Reason, reasonsFor } from './reasons.ts'
import { standings } from './standing.ts'

/** A case that moves, or of which it cannot be told. */
export type MovedCase = { case: string; before: string; after: string; reasons: Reason[] }

/** A cell of the swap table: so many cases stood so before, and stand so after. */
export type Swap = { before: string; after: string; move: Move; count: number }

export type KindResult = {
  kind: KindId
  /** Cases that were decided on this. */
  judged: number
  counts: Readonly<Record<Move, number>>
  up: MovedCase[]
  down: MovedCase[]
  cannotTell: MovedCase[]
  unchanged: string[]
  /** Unchanged ones included; in the order in which cases first show them. */
  swaps: Swap[]
}

export type Simulation = {
  before: DocumentRef
  after: DocumentRef
  cases: number
  /** Kinds that no case was asked about are left out. */
  kinds: KindResult[]
  /** Kinds among them with rules that ask for the risk band, where risk is decided otherwise: they saw the band that was stored, not the one that the draft gives. */
  onStoredBand: KindId[]
}

export type SimulateOptions = {
  /** Only these kinds. */
  kinds?: readonly KindId[]
  /** `false`: counts and lists only. Reasons cost two traces for each case that moves. */
  reasons?: boolean
  /** Called now and then, and at the end, with how many cases are done. */
  onProgress?: (done: number, of: number) => void
}

/**
 * Past cases judged by two rule sets: who moves up, who moves down, who stays, and of whom it cannot be told.
 * Each case is judged on the facts that were stored with its decisions, on the day of the decision. Nothing about the cases is changed.
 */
export function simulate(before: RuleSet, after: RuleSet, cases: readonly PastCase[], options: SimulateOptions = {}): Simulation {
  const judge = judgeOf(before, after)
  const isOneSided = isRiskOneSided(before, after)
  const wanted = options.kinds ?? kindIds.filter((kind) => kind !== 'risk' || before.document.instrument || after.document.instrument)
  const tallies = wanted.map((kind) => ({ kind, tally: new Tally(kind) }))
  for (const [index, past] of cases.entries()) {
    for (const { kind, tally } of tallies)
      if (kind === 'risk' && isOneSided) takeOneSided(tally, past, [before, after], options.reasons !== false)
      else take(tally, kind, past, judge, options.reasons === false ? undefined : { before, after })
    if (index % PROGRESS_EVERY === 0) options.onProgress?.(index, cases.length)
  }
  options.onProgress?.(cases.length, cases.length)
  const kinds = tallies.map(({ tally }) => tally.result()).filter(({ judged }) => judged > 0)
  return {
    before: { id: before.id, version: before.version },
    after: { id: after.id, version: after.version },
    cases: cases.length,
    kinds,
    onStoredBand: askingForBand(before, after).filter((kind) => kinds.some((result) => result.kind === kind)),
  }
}

function askingForBand(before: RuleSet, after: RuleSet): KindId[] {
  if (alike(before, after).kind('risk')) return []
  const asking = [before, after].flatMap((ruleSet) => factsReadBy(ruleSet)).filter(([, facts]) => bandFacts.some((name) => facts.has(name)))
  return kindIds.filter((kind) => asking.some(([each]) => each === kind))
}

const bandFacts = ['risk.atLeast', 'risk.atMost']

const PROGRESS_EVERY = 256

/** With an instrument in one of the two only there is nothing to compare a band with. */
export const isRiskOneSided = (before: RuleSet, after: RuleSet): boolean =>
  (before.document.instrument === undefined) !== (after.document.instrument === undefined)

function takeOneSided(
  tally: Tally,
  { id, asked: { risk } }: PastCase,
  pair: readonly [before: RuleSet, after: RuleSet],
  isExplained: boolean,
): void {
  if (!risk) return
  const [before, after] = pair.map((ruleSet) =>
    ruleSet.document.instrument ? standings.risk(decide(ruleSet, 'risk', risk), ruleSet.document).inWords : 'not decided',
  ) as [string, string]
  const inWords = after === 'not decided' ? 'there is no instrument any more' : 'there was no instrument before'
  tally.add(id, 'cannot-tell', before, after, () => (isExplained ? [{ what: 'score', id: 'score', inWords }] : []))
}

function take(tally: Tally, kind: KindId, past: PastCase, judge: Judge, explained: { before: RuleSet; after: RuleSet } | undefined): void {
  const input = past.asked[kind]
  if (!input) return
  const judgement = judge(kind, input)
  const { move, before, after } = judgement
  const reasons = () => (explained ? reasonsFor(kind, judgement, input, explained) : [])
  tally.add(past.id, move, before.standing.inWords, after.standing.inWords, reasons)
}

/** Adds up one kind. */
export class Tally {
  private readonly lists: Record<Exclude<Move, 'unchanged'>, MovedCase[]> = { up: [], down: [], 'cannot-tell': [] }
  private readonly unchanged: string[] = []
  private readonly swaps = new Map<string, Swap>()
  private readonly kind: KindId

  constructor(kind: KindId) {
    this.kind = kind
  }

  add(id: string, move: Move, before: string, after: string, reasons: () => Reason[]): void {
    const key = `${before}\n${after}\n${move}`
    const swap = this.swaps.get(key)
    if (swap) swap.count++
    else this.swaps.set(key, { before, after, move, count: 1 })
    if (move === 'unchanged') this.unchanged.push(id)
    else this.lists[move].push({ case: id, before, after, reasons: reasons() })
  }

  result(): KindResult {
    const { up, down, 'cannot-tell': cannotTell } = this.lists
    const counts: Record<Move, number> = {
      up: up.length,
      down: down.length,
      unchanged: this.unchanged.length,
      'cannot-tell': cannotTell.length,
    }
    const judged = moves.reduce((sum, move) => sum + counts[move], 0)
    return { kind: this.kind, judged, counts, up, down, cannotTell, unchanged: this.unchanged, swaps: [...this.swaps.values()] }
  }
}
