import { and, eq, inArray, or, sql, type SQL } from 'drizzle-orm'
import { hasRole, type Actor, type Side } from '../../platform/actor.ts'
import { NotAllowed } from '../../platform/errors.ts'
import { cases, isNotExcluded, casesInFull } from '../cases/index.ts'
import { caseReaders } from '../providers/index.ts'
import { concerns } from './tables.ts'

/** Sides whose concerns a person hears of. Partner support must hear of his dangers; nothing goes the other way. */
const heard: Record<Side, Side[]> = {
  participant: ['participant'],
  partner: ['participant', 'partner'],
  neutral: ['participant', 'partner', 'neutral'],
}

/** The concerns a person may see: of the cases they read, on the sides they hear of; and their own, unless they are excluded from the case. */
export function visibleConcerns(actor: Actor): SQL {
  if (!hasRole(actor, ...caseReaders)) return sql`false`
  const readable = sql`${concerns.caseId} in (select ${cases.id} from ${cases} where ${casesInFull(actor)})`
  const ofMine = sql`${concerns.caseId} in (select ${cases.id} from ${cases} where ${cases.providerId} = ${actor.providerId} and ${isNotExcluded(actor)})`
  return and(
    eq(concerns.providerId, actor.providerId),
    or(and(readable, inArray(concerns.side, heard[actor.side])), and(ofMine, eq(concerns.ownerId, actor.id))),
  )!
}

type Owned = { ownerId: string; side: Side }

/** On what ground somebody acts on a concern; undefined for those who only see it. */
const groundFor = (actor: Actor, { ownerId, side }: Owned): string | undefined => {
  if (ownerId === actor.id) return 'owner'
  const oversees = hasRole(actor, 'safeguarding-lead') || (side === 'participant' && hasRole(actor, 'programme-manager'))
  return oversees ? 'oversight' : undefined
}

/** Its owner acts on a concern, or those who answer for its side. @returns the ground, for the audit. @throws NotAllowed */
export function assertMayAct(actor: Actor, concern: Owned): string {
  const ground = groundFor(actor, concern)
  if (!ground)
    throw new NotAllowed('a concern is acted on by its owner, the safeguarding lead, and on the participant’s side the programme manager')
  return ground
}
