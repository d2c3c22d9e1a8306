import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { fingerprint } from '../../platform/field-encryption.ts'
import type { Uuid } from '../../platform/ids.ts'
import { once } from '../../platform/idempotency.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { leaveSafeCallBack } from './call-backs.ts'
import { SituationEnum } from './enums.ts'
import type { Situation } from './words.ts'

export type TriageInput = {
  idempotencyKey: string
  situation: Situation
  isInDangerNow: boolean
  codeName?: string | null | undefined
  contact?: string | null | undefined
  safeTimes?: string | null | undefined
  leaveNoMessage: boolean
}

/** The same for every caller and every outcome: nobody can read from it what became of the call. */
export const acknowledgement = {
  message: 'Recorded. Thank the caller and end the call when they are ready.',
  inDanger: 'Anyone in danger now: 999. If they cannot speak: 999, then 55.',
  whenHarmed:
    'A caller who is harmed, or may be, is rung back by the partner service at the times they called safe. Do not ring them, and keep no note of your own.',
  whenHarming: 'A caller who harms somebody and wants to stop can be referred now, as for any self-referral.',
} as const

export type TriageAnswer = typeof acknowledgement & { id: Uuid }

/**
 * Decides where a caller who "feels at risk" belongs, before anything about them exists. A caller who is harmed, both, or
 * unclear is left to the partner service; no participant, case or search for duplicates ever comes of it.
 * A caller who only harms leaves nothing behind here: the referral that follows is what is kept.
 */
export async function triageCaller(tx: Tx, actor: Actor, input: TriageInput): Promise<TriageAnswer> {
  return once(
    tx,
    actor,
    // A hash of a telephone number can be guessed; a keyed one cannot.
    { operation: 'triage-caller', key: input.idempotencyKey, payload: fingerprint(JSON.stringify({ ...input, idempotencyKey: null })) },
    async () => {
      const id = tx.newId()
      if (input.situation !== 'harms') await leaveSafeCallBack(tx, actor, { ...input, id, situation: input.situation })
      // One entry, the same for all: the audit is no way round the wall either.
      await record(tx, actor, { action: 'caller.triaged', subjectType: 'triage', subjectId: id })
      return { ...acknowledgement, id }
    },
    async (id) => ({ ...acknowledgement, id }),
  )
}

const TriageAnswerRef = builder.objectRef<TriageAnswer>('TriageAnswer').implement({
  description: 'What the person at the telephone reads. Byte for byte the same whatever the caller said and whatever came of it.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'That the call was recorded.' }),
    inDanger: t.exposeString('inDanger', { description: 'What holds for anyone in danger now.' }),
    whenHarmed: t.exposeString('whenHarmed', { description: 'What happens for callers who are harmed, or may be.' }),
    whenHarming: t.exposeString('whenHarming', { description: 'What to do next for callers who harm somebody.' }),
  }),
})

const TriageCallerInput = builder.inputType('TriageCallerInput', {
  description:
    'What a caller said when asked. Contact details go to the partner service, encrypted, and to nobody else; they are not kept for a caller who only harms.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one call.' }),
    situation: t.field({
      type: SituationEnum,
      required: true,
      description: 'Whether the caller harms, is harmed, both, or it is unclear.',
    }),
    isInDangerNow: t.boolean({ required: true, description: 'Whether the caller says they are in danger at this moment.' }),
    codeName: t.field({ type: 'ShortText', description: 'The name to ask for.' }),
    contact: t.field({ type: 'ShortText', description: 'A telephone number or address that is safe; leave out where there is none.' }),
    safeTimes: t.field({ type: 'ShortText', description: 'When it is safe to ring.' }),
    leaveNoMessage: t.boolean({ required: true, description: 'True: never leave a message, with a person or a machine.' }),
  }),
})

builder.mutationField('triageCaller', (t) =>
  t.field({
    ...calledBy(
      ['intake-worker', 'facilitator', 'one-to-one-worker', 'programme-manager', 'safeguarding-lead'],
      'Records what a caller who “feels at risk” said, before anything about them is created.',
    ),
    type: TriageAnswerRef,
    args: { input: t.arg({ type: TriageCallerInput, required: true, description: 'The caller’s answers.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) => inTransaction(context, 'triage-caller', (tx, actor) => triageCaller(tx, actor, input)),
  }),
)
