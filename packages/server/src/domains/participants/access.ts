import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { caseReaders, type Role } from '../providers/index.ts'
import { participants } from './tables.ts'

/** What this slice has to know of cases, which lie downstream. */
export type CaseLink = {
  /** True where the person may read one of this participant’s cases. */
  readsACase(actor: Actor, participantId: AnyPgColumn): SQL
  /** True where the person is excluded from this participant. */
  isExcluded(actor: Actor, participantId: AnyPgColumn): SQL
  /** Whose case it is; null when there is no such case. */
  participantOf(tx: Tx, actor: Actor, caseId: Uuid): Promise<Uuid | null>
}

let link: CaseLink = { readsACase: () => sql`false`, isExcluded: () => sql`true`, participantOf: async () => null }

/** Called once, by the slice that owns cases. Until then nobody reads a participant. */
export function registerCaseLink(cases: CaseLink): void {
  link = cases
}
export const participantOfCase = (tx: Tx, actor: Actor, caseId: Uuid): Promise<Uuid | null> => link.participantOf(tx, actor, caseId)

/** Who may read participants at all. */
export const participantReaders: Role[] = [...caseReaders, 'referrer']
/** Who compares new people with those known here, over the whole provider. */
export const matchers: Role[] = ['intake-worker', 'programme-manager', 'safeguarding-lead']
/** Who corrects what is recorded of a person. */
export const correctors: Role[] = ['intake-worker', 'facilitator', 'one-to-one-worker', 'programme-manager', 'safeguarding-lead']

/**
 * The participants a person may read: those of a case they may read; for intake workers every participant (never the cases),
 * because they match each new referral with the people known here. An exclusion hides the participant from whoever is excluded.
 */
export function visibleParticipants(actor: Actor): SQL {
  const known = hasRole(actor, 'intake-worker')
    ? sql`true`
    : hasRole(actor, ...participantReaders)
      ? link.readsACase(actor, participants.id)
      : sql`false`
  return and(eq(participants.providerId, actor.providerId), known, sql`not ${link.isExcluded(actor, participants.id)}`)!
}
