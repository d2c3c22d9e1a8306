import { and, eq, sql } from 'drizzle-orm'
import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, NotFound } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { once } from '../../platform/idempotency.ts'
import { record } from '../audit/index.ts'
import { addToTimeline, assignWorker, openCase } from '../cases/index.ts'
import { assertReadableParticipant, createParticipant } from '../participants/index.ts'
import { agencies, assertActiveStaff, staffWithRole } from '../providers/index.ts'
import { assertReadableReferral, isOutside } from './access.ts'
import { duplicatesOf, PossibleDuplicates } from './duplicates.ts'
import type { FactAnswer } from './fact-values.ts'
import { addAnswers, checkedAnswers, type CheckedAnswer } from './record-referral-facts.ts'
import type { Referral } from './referral.ts'
import { referrals } from './tables.ts'
import { openDuplicateCheck } from './tasks.ts'
import type { Basis, FeedbackChannel, Source } from './words.ts'

export type NewPerson = {
  givenName: string
  familyName: string
  bornOn?: Day | null | undefined
  localAuthority?: string | null | undefined
}

export type ReferParticipant = {
  idempotencyKey: string
  /** Somebody known here… */
  participantId?: Uuid | null | undefined
  /** …or somebody new: exactly one of the two. */
  person?: NewPerson | null | undefined
  /** Why the new person is none of the possible duplicates. */
  confirmNewPerson?: string | null | undefined
  source: Source
  basis: Basis
  agencyId?: Uuid | null | undefined
  referrerName?: string | null | undefined
  referrerId?: Uuid | null | undefined
  purpose: string
  feedbackChannel: FeedbackChannel
  feedbackAddress?: string | null | undefined
  receivedOn: Day
  facts?: readonly FactAnswer[]
}

/** Records a referral and opens its case; for somebody known it is a further case. Repeating the key changes nothing. */
export async function referParticipant(tx: Tx, actor: Actor, input: ReferParticipant): Promise<Referral> {
  assertConsistent(tx, actor, input)
  return once(
    tx,
    actor,
    { operation: 'refer-participant', key: input.idempotencyKey, payload: { ...input, idempotencyKey: null } },
    async () => {
      await oneAtATime(tx, actor)
      const referrer = await referrerOf(tx, actor, input)
      const answers = await checkedAnswers(tx, actor, input.receivedOn, input.facts ?? [])
      const { participantId, hiddenLikeness, confirmed } = await participantFor(tx, actor, input)
      const openedCase = await openCase(tx, actor, { participantId, openedOn: input.receivedOn })
      const [referral] = await tx.orm
        .insert(referrals)
        .values({
          providerId: actor.providerId,
          id: tx.newId(),
          caseId: openedCase.id,
          participantId,
          source: input.source,
          basis: input.basis,
          ...referrer,
          purpose: input.purpose,
          feedbackChannel: input.feedbackChannel,
          feedbackAddress: input.feedbackAddress ?? null,
          receivedOn: input.receivedOn,
          newPersonReason: confirmed ? (input.confirmNewPerson ?? null) : null,
          status: 'received',
          recordedBy: actor.id,
          recordedAt: tx.now,
        })
        .returning()
      await addAnswers(tx, actor, referral!.id, [...answersOfTheForm(input), ...answers], null)
      await giveToIntake(tx, actor, openedCase.id)
      if (hiddenLikeness) await openDuplicateCheck(tx, actor, referral!)
      await addToTimeline(tx, actor, {
        caseId: openedCase.id,
        what: 'referral-received',
        occurredAt: tx.now,
        summary: 'A referral was received',
        about: { type: 'referral', id: referral!.id },
      })
      await record(tx, actor, {
        action: 'referral.received',
        subjectType: 'referral',
        subjectId: referral!.id,
        fields: ['participantId', 'source', 'basis', 'purpose', 'receivedOn', ...answers.map(({ fact }) => fact)],
      })
      return referral!
    },
    (id) => assertReadableReferral(tx, actor, id),
  )
}

/** A provider’s referrals follow one another: of two about the same person the second sees the first. */
async function oneAtATime(tx: Tx, actor: Actor): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`refer-participant/${actor.providerId}`}, 0))`)
}

function assertConsistent(tx: Tx, actor: Actor, input: ReferParticipant): void {
  if ((input.participantId == null) === (input.person == null))
    throw new InvalidInput('person', 'name either a participant who is known or a new person')
  if (input.receivedOn > tx.today) throw new InvalidInput('receivedOn', 'a referral cannot have arrived after today')
  if (input.person?.bornOn && input.person.bornOn > input.receivedOn)
    throw new InvalidInput('person.bornOn', 'nobody is referred before they are born')
  if ((input.feedbackChannel === 'none') !== (input.feedbackAddress == null))
    throw new InvalidInput('feedbackAddress', 'a way to answer needs an address, and no answer needs none')
  const personal = input.source === 'self' || input.source === 'family-or-friend'
  if (personal && input.agencyId) throw new InvalidInput('agencyId', 'a person who refers themself, or somebody close, has no agency')
  if (input.source === 'self' && (input.referrerName || input.referrerId))
    throw new InvalidInput('referrerName', 'a person who refers themself is their own referrer')
  if (input.source !== 'self' && !isOutside(actor) && !input.referrerName && !input.referrerId)
    throw new InvalidInput('referrerName', 'say who refers')
  const ofTheForm = ['referral.source', 'referral.basis', 'referral.receivedOn']
  const twice = input.facts?.findIndex(({ fact }) => ofTheForm.includes(fact)) ?? -1
  if (twice >= 0) throw new InvalidInput(`facts.${twice}.fact`, 'the form has a field of its own for this')
}

/** Outside referrers refer in their own name. */
async function referrerOf(tx: Tx, actor: Actor, input: ReferParticipant) {
  const own = isOutside(actor)
  if (own && input.source === 'self') throw new InvalidInput('source', 'you refer somebody else: say which agency you are')
  const referrerId = own ? actor.id : (input.referrerId ?? null)
  const person = referrerId ? await assertActiveStaff(tx, actor, referrerId) : null
  const agencyId = own ? (person?.agencyId ?? null) : (input.agencyId ?? person?.agencyId ?? null)
  if (agencyId) {
    const [agency] = await tx.orm
      .select({ id: agencies.id })
      .from(agencies)
      .where(and(eq(agencies.providerId, actor.providerId), eq(agencies.id, agencyId)))
    if (!agency) throw new NotFound('agency')
  }
  return { referrerId, agencyId, referrerName: input.referrerName ?? person?.name ?? null }
}

/**
 * Outside referrers never learn whom we know: they cannot name a participant, and a likeness they may not see is looked at by us.
 * @throws PossibleDuplicates, NotFound
 */
async function participantFor(
  tx: Tx,
  actor: Actor,
  input: ReferParticipant,
): Promise<{ participantId: Uuid; hiddenLikeness: boolean; confirmed: boolean }> {
  if (input.participantId) {
    if (isOutside(actor)) throw new NotFound('participant')
    return { participantId: (await assertReadableParticipant(tx, actor, input.participantId)).id, hiddenLikeness: false, confirmed: false }
  }
  const person = input.person!
  const { readable, mayBeKnown } = await duplicatesOf(tx, actor, person)
  if (readable.length > 0 && !input.confirmNewPerson) throw new PossibleDuplicates(readable)
  const created = await createParticipant(tx, actor, {
    ...person,
    bornOn: person.bornOn ?? null,
    localAuthority: person.localAuthority ?? null,
  })
  return { participantId: created.id, hiddenLikeness: mayBeKnown && readable.length === 0, confirmed: readable.length > 0 }
}

/** What the form itself answers, with the form as its source. */
const answersOfTheForm = (input: ReferParticipant): CheckedAnswer[] =>
  Object.entries({ 'referral.source': input.source, 'referral.basis': input.basis, 'referral.receivedOn': input.receivedOn }).map(
    ([fact, value]) => ({
      fact,
      value,
      askedOf: input.source === 'self' ? 'participant' : 'referrer',
      askedOn: input.receivedOn,
    }),
  )

/** Somebody always looks after a new case: whoever took the referral, or the longest-serving intake worker. */
async function giveToIntake(tx: Tx, actor: Actor, caseId: Uuid): Promise<void> {
  const workerId = hasRole(actor, 'intake-worker') ? actor.id : (await staffWithRole(tx, actor, 'intake-worker'))[0]
  if (workerId) await assignWorker(tx, actor, { caseId, staffId: workerId })
}
