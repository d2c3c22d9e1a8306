import { addMonths, type KindId, type Outcomes, type RuleSet } from '@plumbline/rules'
import { judgeOf, type Judge, type Move as Direction } from '@plumbline/rules/bulk'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Day, Instant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { evaluate } from './decide.ts'
import { isReview, recordOf } from './decision.ts'
import { impactSentences } from './impact-sentences.ts'
import { inOneWord } from './outcome-word.ts'
import { loadStored, RuleSetDamaged } from './rule-set-on.ts'
import { decisions, kindIds } from './tables.ts'

export type { Direction }

/** What a draft would have made of the decisions of the last twelve months. Nothing decided is touched by it: a decision stays as it was made. */
export type Impact = {
  /** The first day looked at. */
  fromOn: Day
  computedAt: Instant
  decisions: number
  /** Kinds with any decision, those with moves down first. */
  kinds: KindImpact[]
  /** Decisions that would not stay: down first, then those that cannot be told, then up. */
  moves: Move[]
  /** How many more there are than `moves` lists. Those down are listed first. */
  unlisted: number
  /** In plain English, moves down first. */
  sentences: string[]
}

export type KindImpact = { kind: KindId; down: number; cannotTell: number; up: number; unchanged: number; changes: OutcomeChange[] }
export type OutcomeChange = { direction: Direction; from: string; to: string; count: number }
export type Move = { direction: Direction; kind: KindId; decisionId: Uuid; caseId: Uuid | null; from: string; to: string }

export const monthsLookedAt = 12
const greatestList = 1_000
// Small, so that other requests get their turn between two batches.
const batch = 250

/**
 * Decides every stored decision of the last twelve months again, on its own facts, by the draft and by the rules of then.
 * Which way it moves, the library says: it is what a trial in a terminal says too.
 */
export async function impactOf(tx: Tx, actor: Actor, draft: RuleSet): Promise<Impact> {
  const fromOn = addMonths(tx.today, -monthsLookedAt)
  const judgeBy = judges(tx, actor, draft)
  const tally = newTally()
  for (let after: Place | null = null; ; ) {
    const rows: StoredRow[] = await storedAfter(tx, actor, fromOn, after)
    for (const row of rows) tally.add(moveUnder(draft, row, await judgeBy(row)))
    const last = rows.at(-1)
    if (rows.length < batch || !last) break
    after = last
  }
  const { decisions: count, kinds, moves } = tally.result()
  const listed = moves.slice(0, greatestList)
  return {
    fromOn,
    computedAt: tx.now,
    decisions: count,
    kinds,
    moves: listed,
    unlisted: moves.length - listed.length,
    sentences: impactSentences(fromOn, count, kinds),
  }
}

type Place = { id: Uuid; decidedAt: Instant }
type StoredRow = Place & { kind: KindId; caseId: Uuid | null; canonicalText: string }

/** For a decision its judge between the rules it was made by and the draft; undefined where those rules cannot be had. */
function judges(tx: Tx, actor: Actor, draft: RuleSet): (row: StoredRow) => Promise<Judge | undefined> {
  const known = new Map<string, Promise<Judge | undefined>>()
  const judgeFrom = async ({ id, version, hash }: { id: string; version: string; hash: string }) => {
    try {
      const [then] = await loadStored(tx, actor, [{ ruleSetId: id, version, hash }])
      return then && judgeOf(then.ruleSet, draft)
    } catch (error) {
      if (error instanceof RuleSetDamaged) return undefined
      throw error
    }
  }
  return async (row) => {
    const { ruleSet } = recordOf(row)
    if (!ruleSet) return undefined
    const judge = known.get(ruleSet.hash) ?? judgeFrom(ruleSet)
    known.set(ruleSet.hash, judge)
    return judge
  }
}

const storedAfter = (tx: Tx, actor: Actor, fromOn: Day, after: Place | null): Promise<StoredRow[]> =>
  tx.orm
    .select({
      id: decisions.id,
      decidedAt: decisions.decidedAt,
      kind: decisions.kind,
      caseId: decisions.caseId,
      canonicalText: decisions.canonicalText,
    })
    .from(decisions)
    .where(
      and(
        eq(decisions.providerId, actor.providerId),
        sql`${decisions.decidedAt} >= (${fromOn}::date::timestamp at time zone 'Europe/London')`,
        after ? sql`(${decisions.decidedAt}, ${decisions.id}) > (${after.decidedAt}::timestamptz, ${after.id}::uuid)` : undefined,
      ),
    )
    .orderBy(asc(decisions.decidedAt), asc(decisions.id))
    .limit(batch)

/** Where the rules could not decide, then or under the draft, nothing can be told; unless both say the same. */
function moveUnder(draft: RuleSet, row: StoredRow, judge: Judge | undefined): Move {
  const { asOf, facts, result: stored } = recordOf(row)
  const { result: now } = evaluate({ loaded: { ruleSet: draft, id: draft.id, version: draft.version, hash: '' }, reason: null }, row.kind, {
    asOf,
    facts,
  })
  const direction = (): Direction => {
    if (isReview(stored) || isReview(now)) return isReview(stored) && isReview(now) ? 'unchanged' : 'cannot-tell'
    return judge ? judge(row.kind, { asOf, facts }).move : 'cannot-tell'
  }
  return {
    direction: direction(),
    kind: row.kind,
    decisionId: row.id,
    caseId: row.caseId,
    from: word(row.kind, stored),
    to: word(row.kind, now),
  }
}

const word = <Kind extends KindId>(kind: Kind, result: unknown): string =>
  isReview(result) ? 'needs-human-review' : inOneWord(kind, result as Outcomes[Kind])

function newTally() {
  const kinds = new Map<KindId, KindImpact>()
  const moves: Move[] = []
  let count = 0
  return {
    add(move: Move): void {
      count += 1
      const kind = kinds.get(move.kind) ?? { kind: move.kind, down: 0, cannotTell: 0, up: 0, unchanged: 0, changes: [] }
      kinds.set(move.kind, kind)
      kind[move.direction === 'cannot-tell' ? 'cannotTell' : move.direction] += 1
      if (move.direction === 'unchanged') return
      moves.push(move)
      const known = kind.changes.find(({ direction, from, to }) => direction === move.direction && from === move.from && to === move.to)
      if (known) known.count += 1
      else kind.changes.push({ direction: move.direction, from: move.from, to: move.to, count: 1 })
    },
    result() {
      for (const { changes } of kinds.values())
        changes.sort(
          (one, other) =>
            byDirection(one, other) || other.count - one.count || (`${one.from} ${one.to}` < `${other.from} ${other.to}` ? -1 : 1),
        )
      return {
        decisions: count,
        kinds: [...kinds.values()].sort(
          (one, other) => Number(other.down > 0) - Number(one.down > 0) || kindIds.indexOf(one.kind) - kindIds.indexOf(other.kind),
        ),
        moves: moves.sort(byDirection),
      }
    },
  }
}

/** What a second person looks at first comes first. */
const directions: readonly Direction[] = ['down', 'cannot-tell', 'up', 'unchanged']
const byDirection = (one: { direction: Direction }, other: { direction: Direction }) =>
  directions.indexOf(one.direction) - directions.indexOf(other.direction)
