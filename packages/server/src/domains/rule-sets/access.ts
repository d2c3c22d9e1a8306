import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { caseReaders, oversight, type Role } from '../providers/index.ts'

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

/** Those of the rows that this person may read. A decision about no case is for those who answer for the provider as a whole. */
export async function readableDecisions<Row extends { caseId: Uuid | null }>(tx: Tx, actor: Actor, rows: readonly Row[]): Promise<Row[]> {
  if (!hasRole(actor, ...caseReaders)) return []
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
