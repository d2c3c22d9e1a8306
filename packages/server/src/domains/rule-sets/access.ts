import type { KindId } from '@plumbline/rules'
import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { assessors, caseReaders, oversight, type Role } from '../providers/index.ts'

/** Which of these cases a person may read. */
export type CaseAccess = (tx: Tx, actor: Actor, caseIds: readonly Uuid[]) => Promise<ReadonlySet<Uuid>>

/** Until somebody knows cases, nobody reads a decision about one. */
let readableCases: CaseAccess = async () => new Set()

/** Says who may read a case. Called once, by the slice that owns cases: a decision is read by those who read its case. @returns what held before */
export function registerDecisionAccess(check: CaseAccess): CaseAccess {
  const before = readableCases
  readableCases = check
  return before
}

/**
 * Who reads decisions of these kinds, of the cases they may open: their records hold every answer of an assessment with its sources, and what would
 * tip the result. Others see the result as the assessment shows it. The other kinds hold only what their own rules look at.
 */
const readersOf: Partial<Record<KindId, Role[]>> = {
  risk: assessors,
  safeguarding: assessors,
  pathway: assessors,
}

/** Those of the rows that this person may read whole. */
export const readableDecisions = <Row extends { kind: KindId; caseId: Uuid | null }>(
  tx: Tx,
  actor: Actor,
  rows: readonly Row[],
): Promise<Row[]> =>
  ofReadableCases(
    tx,
    actor,
    rows.filter(({ kind }) => hasRole(actor, ...(readersOf[kind] ?? caseReaders))),
  )

/** Those of the rows whose case this person may open. A decision about no case is for those who answer for the provider as a whole. */
export async function ofReadableCases<Row extends { caseId: Uuid | null }>(tx: Tx, actor: Actor, rows: readonly Row[]): Promise<Row[]> {
  if (rows.length === 0 || !hasRole(actor, ...caseReaders)) return []
  const caseIds = [...new Set(rows.flatMap(({ caseId }) => caseId ?? []))]
  const readable = caseIds.length > 0 ? await readableCases(tx, actor, caseIds) : new Set<Uuid>()
  return rows.filter(({ caseId }) => (caseId === null ? hasRole(actor, ...oversight) : readable.has(caseId)))
}

/** Who may read the rules themselves. Not referrers: what the rules look for could be used to coach. */
export const ruleReaders: Role[] = [
  'intake-worker',
  'facilitator',
  'one-to-one-worker',
  'programme-manager',
  'partner-support-worker',
  'safeguarding-lead',
  'rules-author',
  'commissioner',
  'auditor',
]
