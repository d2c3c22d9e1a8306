import { and, eq, isNull, isNotNull, sql } from 'drizzle-orm'
import { InvalidInput, NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { decryptField, encryptField, type FieldPlace } from '../../platform/field-encryption.ts'
import type { Uuid } from '../../platform/ids.ts'
import type { PageQuery } from '../../platform/page.ts'
import { record } from '../audit/index.ts'
import { staffWithRole } from '../providers/index.ts'
import { completeTasksAbout, openTask } from '../tasks/index.ts'
import { safeCallBacks } from './tables.ts'
import type { CallBackOutcome, SituationOfHarm } from './words.ts'

/** A call-back as the partner service reads it, its fields opened. */
export type SafeCallBack = Omit<typeof safeCallBacks.$inferSelect, `${string}Sealed`> & {
  codeName: string | null
  contact: string | null
  safeTimes: string | null
  outcomeNote: string | null
}

export type NewSafeCallBack = {
  id: Uuid
  situation: SituationOfHarm
  isInDangerNow: boolean
  codeName?: string | null | undefined
  contact?: string | null | undefined
  safeTimes?: string | null | undefined
  leaveNoMessage: boolean
}

const placeOf = (actor: Actor, rowId: Uuid, column: string): FieldPlace => ({
  providerId: actor.providerId,
  table: 'partner.safe_call_backs',
  column,
  rowId,
})
const sealed = (actor: Actor, rowId: Uuid, column: string, text: string | null | undefined) =>
  text == null ? null : encryptField(placeOf(actor, rowId, column), text)
const opened = (actor: Actor, rowId: Uuid, column: string, text: string | null) =>
  text === null ? null : decryptField(placeOf(actor, rowId, column), text)

/** Leaves a call-back with the partner service. Nothing is read back: whoever writes it here cannot see it. */
export async function leaveSafeCallBack(tx: Tx, actor: Actor, input: NewSafeCallBack): Promise<void> {
  const { id } = input
  await tx.orm.insert(safeCallBacks).values({
    providerId: actor.providerId,
    id,
    situation: input.situation,
    isInDangerNow: input.isInDangerNow,
    codeNameSealed: sealed(actor, id, 'code_name', input.codeName),
    contactSealed: sealed(actor, id, 'contact', input.contact),
    safeTimesSealed: sealed(actor, id, 'safe_times', input.safeTimes),
    leaveNoMessage: input.leaveNoMessage,
    recordedBy: actor.id,
    recordedAt: tx.now,
  })
  const [ownerId] = await staffWithRole(tx, actor, 'partner-support-worker', 'safeguarding-lead')
  if (!ownerId) return
  await openTask(tx, actor, {
    kind: 'call-back-safely',
    title: 'Call back safely; read the safe times and the code name first',
    about: { type: 'safe-call-back', id },
    caseId: null,
    ownerId,
    side: 'partner',
    due: { within: input.isInDangerNow ? { amount: 2, unit: 'hours' } : { amount: 1, unit: 'working-days' } },
  })
}

const open = (
  actor: Actor,
  { codeNameSealed, contactSealed, safeTimesSealed, outcomeNoteSealed, ...row }: typeof safeCallBacks.$inferSelect,
): SafeCallBack => ({
  ...row,
  codeName: opened(actor, row.id, 'code_name', codeNameSealed),
  contact: opened(actor, row.id, 'contact', contactSealed),
  safeTimes: opened(actor, row.id, 'safe_times', safeTimesSealed),
  outcomeNote: opened(actor, row.id, 'outcome_note', outcomeNoteSealed),
})

/** Oldest first. The database shows the rows to the partner side only. */
export async function callBacks(tx: Tx, actor: Actor, waiting: boolean, { limit, after, backwards }: PageQuery): Promise<SafeCallBack[]> {
  const { recordedAt, id } = safeCallBacks
  const direction = sql.raw(backwards ? 'desc' : 'asc')
  const rows = await tx.orm
    .select()
    .from(safeCallBacks)
    .where(
      and(
        eq(safeCallBacks.providerId, actor.providerId),
        waiting ? isNull(safeCallBacks.closedAt) : isNotNull(safeCallBacks.closedAt),
        after ? sql`(${recordedAt}, ${id}) ${sql.raw(backwards ? '<' : '>')} (${after.key}::timestamptz, ${after.id}::uuid)` : undefined,
      ),
    )
    .orderBy(sql`${recordedAt} ${direction}, ${id} ${direction}`)
    .limit(limit)
  return rows.map((row) => open(actor, row))
}

/** Records what came of a call-back and ends its task. A second call is refused: what happened next is another call-back. */
export async function closeSafeCallBack(
  tx: Tx,
  actor: Actor,
  input: { id: Uuid; outcome: CallBackOutcome; note: string; expectedVersion: number },
): Promise<SafeCallBack> {
  const where = and(eq(safeCallBacks.providerId, actor.providerId), eq(safeCallBacks.id, input.id))
  const [row] = await tx.orm.select().from(safeCallBacks).where(where).for('update')
  if (!row) throw new NotFound('safe call-back')
  if (row.version !== input.expectedVersion) throw new StaleVersion(row.version)
  if (row.closedAt) throw new InvalidInput('id', 'this call-back has been closed', 'record what happened since with the partner service')
  const [closed] = await tx.orm
    .update(safeCallBacks)
    .set({
      outcome: input.outcome,
      outcomeNoteSealed: sealed(actor, row.id, 'outcome_note', input.note),
      closedBy: actor.id,
      closedAt: tx.now,
      version: row.version + 1,
    })
    .where(where)
    .returning()
  await completeTasksAbout(tx, actor, { type: 'safe-call-back', id: row.id }, 'call-back-safely', 'the call-back was recorded')
  await record(tx, actor, {
    action: 'safe-call-back.closed',
    subjectType: 'safe-call-back',
    subjectId: row.id,
    fields: ['outcome', 'outcomeNote'],
  })
  return open(actor, closed!)
}
