import { addMonths, type KindId, type Outcomes, type RuleSet } from '@plumbline/rules'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Day, Instant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { evaluate } from './decide.ts'
import { isReview, recordOf } from './decision.ts'
import { directionOf, directions, type Direction } from './direction.ts'
import { impactSentences } from './impact-sentences.ts'
import { inOneWord } from './outcome-word.ts'
import { decisions, kindIds } from './tables.ts'

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

/** Decides every stored decision of the last twelve months again, on its own facts, by the draft. */
export async function impactOf(tx: Tx, actor: Actor, draft: RuleSet): Promise<Impact> {
  const fromOn = addMonths(tx.today, -monthsLookedAt)
  const tally = newTally()
  for (let after: Place | null = null; ; ) {
    const rows: StoredRow[] = await storedAfter(tx, actor, fromOn, after)
    for (const row of rows) tally.add(moveUnder(draft, row))
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
function moveUnder(draft: RuleSet, row: StoredRow): Move {
  const { asOf, facts, result: stored } = recordOf(row)
  const { result: now } = evaluate({ loaded: { ruleSet: draft, id: draft.id, version: draft.version, hash: '' }, reason: null }, row.kind, {
    asOf,
    facts,
  })
  const common = { kind: row.kind, decisionId: row.id, caseId: row.caseId }
  if (isReview(stored) || isReview(now)) {
    const direction = isReview(stored) && isReview(now) ? 'unchanged' : 'cannot-tell'
    return { ...common, direction, from: word(row.kind, stored), to: word(row.kind, now) }
  }
  return { ...common, direction: direction(row.kind, stored, now, draft), from: word(row.kind, stored), to: word(row.kind, now) }
}

const direction = <Kind extends KindId>(kind: Kind, stored: unknown, now: unknown, draft: RuleSet): Direction =>
  directionOf(kind, stored as Outcomes[Kind], now as Outcomes[Kind], draft.document)
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

const byDirection = (one: { direction: Direction }, other: { direction: Direction }) =>
  directions.indexOf(one.direction) - directions.indexOf(other.direction)
