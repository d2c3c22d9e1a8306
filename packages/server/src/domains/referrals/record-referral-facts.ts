import { and, eq, inArray, sql } from 'drizzle-orm'
import { canonicalJson, type FactValue } from '@plumbline/rules'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { NoRuleSetInForce, ruleSetOn } from '../rule-sets/index.ts'
import { assertWorkableReferral, recorders, referralIdIn } from './access.ts'
import { ReferralFactInput, valueOf, type FactAnswer } from './fact-values.ts'
import { ReferralRef } from './graphql.ts'
import type { Referral } from './referral.ts'
import { referralFacts, referrals } from './tables.ts'
import type { AskedOf, Basis, Source } from './words.ts'

export type RecordFacts = {
  referralId: Uuid
  facts: readonly FactAnswer[]
  correctionReason?: string | null | undefined
  expectedVersion: number
}

/** Adds answers to a referral. Earlier answers stay as history; the newest counts. */
export async function recordReferralFacts(tx: Tx, actor: Actor, input: RecordFacts): Promise<Referral> {
  const referral = await assertWorkableReferral(tx, actor, input.referralId, input.expectedVersion)
  const answers = await checkedAnswers(tx, actor, referral.receivedOn, input.facts)
  await addAnswers(tx, actor, referral.id, answers, input.correctionReason ?? null)
  const [changed] = await tx.orm
    .update(referrals)
    .set({ ...columnsIn(tx, answers), version: referral.version + 1 })
    .where(and(eq(referrals.providerId, actor.providerId), eq(referrals.id, referral.id)))
    .returning()
  await record(tx, actor, {
    action: 'referral.facts-recorded',
    subjectType: 'referral',
    subjectId: referral.id,
    fields: answers.map(({ fact }) => fact),
  })
  return changed!
}

export type CheckedAnswer = { fact: string; value: FactValue; askedOf: AskedOf; askedOn: string }

/** Each answer against the catalogue in force on the day the referral arrived. @throws InvalidInput, NoRuleSetInForce */
export async function checkedAnswers(tx: Tx, actor: Actor, receivedOn: string, answers: readonly FactAnswer[]): Promise<CheckedAnswer[]> {
  if (answers.length === 0) return []
  if (answers.length > 50) throw new InvalidInput('facts', 'at most 50 facts at a time')
  if (new Set(answers.map(({ fact }) => fact)).size < answers.length) throw new InvalidInput('facts', 'a fact is named twice')
  const { ruleSet } = await ruleSetOn(tx, actor, receivedOn)
  return answers.map((answer, at) => {
    if (answer.askedOn > tx.today) throw new InvalidInput(`facts.${at}.askedOn`, 'this day has not come yet')
    return {
      fact: answer.fact,
      value: valueOf(answer, ruleSet.document.facts, `facts.${at}`),
      askedOf: answer.askedOf,
      askedOn: answer.askedOn,
    }
  })
}

/** @throws InvalidInput (field `correctionReason`) when an answer replaces another without a reason */
export async function addAnswers(
  tx: Tx,
  actor: Actor,
  referralId: Uuid,
  answers: readonly CheckedAnswer[],
  correctionReason: string | null,
): Promise<void> {
  if (answers.length === 0) return
  const names = answers.map(({ fact }) => fact)
  const earlier = await tx.orm
    .select({ fact: referralFacts.fact, number: sql<number>`max(${referralFacts.number})::int` })
    .from(referralFacts)
    .where(
      and(eq(referralFacts.providerId, actor.providerId), eq(referralFacts.referralId, referralId), inArray(referralFacts.fact, names)),
    )
    .groupBy(referralFacts.fact)
  const last = new Map(earlier.map(({ fact, number }) => [fact, number]))
  if (last.size > 0 && !correctionReason)
    throw new InvalidInput('correctionReason', 'an earlier answer is replaced: say why', 'the earlier answer stays in the history')
  await tx.orm.insert(referralFacts).values(
    answers.map(({ fact, value, askedOf, askedOn }) => ({
      providerId: actor.providerId,
      id: tx.newId(),
      referralId,
      fact,
      number: (last.get(fact) ?? 0) + 1,
      valueText: canonicalJson(value),
      askedOf,
      askedOn,
      correctionReason: last.has(fact) ? correctionReason : null,
      recordedBy: actor.id,
      recordedAt: tx.now,
    })),
  )
}

/** Three facts are columns of the referral too; they are never unknown. */
function columnsIn(tx: Tx, answers: readonly CheckedAnswer[]): { source?: Source; basis?: Basis; receivedOn?: string } {
  const of = (fact: string) => answers.find((answer) => answer.fact === fact)?.value
  const [source, basis, receivedOn] = [of('referral.source'), of('referral.basis'), of('referral.receivedOn')]
  if ([source, basis, receivedOn].includes(null)) throw new InvalidInput('facts', 'who referred, on what basis and when is always known')
  if (receivedOn !== undefined && String(receivedOn) > tx.today)
    throw new InvalidInput('facts', 'a referral cannot have arrived after today')
  return {
    ...(source === undefined ? {} : { source: source as Source }),
    ...(basis === undefined ? {} : { basis: basis as Basis }),
    ...(receivedOn === undefined ? {} : { receivedOn: receivedOn as string }),
  }
}

const RecordReferralFactsInput = builder.inputType('RecordReferralFactsInput', {
  description: 'Answers to be added to a referral.',
  fields: (t) => ({
    referralId: t.id({ required: true, description: 'Global id of the referral.' }),
    facts: t.field({ type: [ReferralFactInput], required: true, description: '1 to 50 answers, each fact once.' }),
    correctionReason: t.field({ type: 'LongText', description: 'Why, where an earlier answer is replaced.' }),
    expectedVersion: t.int({ required: true, description: 'The referral’s version as it was read.' }),
  }),
})

builder.mutationField('recordReferralFacts', (t) =>
  t.field({
    ...calledBy(
      recorders,
      'Records what was answered, or corrects it; earlier answers stay in the history. Decide eligibility again afterwards.',
    ),
    type: ReferralRef,
    args: { input: t.arg({ type: RecordReferralFactsInput, required: true, description: 'Which referral, and the answers.' }) },
    errors: { types: [...usualRefusals, NoRuleSetInForce] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'record-referral-facts', (tx, actor) => {
        if (input.facts.length === 0) throw new InvalidInput('facts', 'at least one answer is needed')
        return recordReferralFacts(tx, actor, { ...input, referralId: referralIdIn(input.referralId) })
      }),
  }),
)
