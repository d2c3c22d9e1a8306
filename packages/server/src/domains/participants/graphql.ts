import { builder } from '../../platform/builder.ts'
import { signedIn, type Context } from '../../platform/context.ts'
import { globalId, localId } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { calledBy } from '../../platform/root-access.ts'
import { StaffRef, staffById } from '../providers/index.ts'
import { matchers, participantReaders } from './access.ts'
import { correctionsOfParticipant, participantById, type Participant, type ParticipantCorrection } from './participant.ts'
import { possibleDuplicates } from './possible-duplicates.ts'
import { correctableFields } from './tables.ts'

/** Says in the audit that this field of a participant was read, and hands it on. */
function read<Value>(context: Context, row: Participant, field: string, value: Value): Value {
  const { actor, operation } = signedIn(context)
  operation.noteRead({ subjectType: 'participant', subjectId: row.id, fields: [field], allowedBy: [...actor.roles].sort().join(' ') })
  return value
}

const CorrectableFieldEnum = builder.enumType('ParticipantField', {
  description: 'What can be corrected of a participant.',
  values: Object.fromEntries(
    correctableFields.map((field) => [
      field.toUpperCase().replace('-', '_'),
      { value: field, description: `The ${field.replace('-', ' ')}.` },
    ]),
  ) as Record<string, { value: (typeof correctableFields)[number]; description: string }>,
})

const CorrectionRef = builder.objectRef<ParticipantCorrection>('ParticipantCorrection').implement({
  description: 'One field put right: what stood there before and after, who changed it, when and why.',
  fields: (t) => ({
    field: t.expose('field', { type: CorrectableFieldEnum, description: 'Which field.' }),
    before: t.exposeString('before', { nullable: true, description: 'What stood there; null for not known.' }),
    after: t.exposeString('after', { nullable: true, description: 'What was put there; null for not known.' }),
    reason: t.exposeString('reason', { description: 'Why.' }),
    correctedAt: t.expose('correctedAt', { type: 'Instant', description: 'When.' }),
    correctedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who.',
      resolve: (row, _, context) => signedIn(context).operation.load(staffById, row.correctedBy),
    }),
  }),
})

export const ParticipantRef = builder.objectRef<Participant>('Participant').implement({
  description: 'A person referred because of their abuse. The same person in every one of their cases.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('Participant', row.id) }),
    reference: t.string({
      description: 'What people say on the telephone, `P-2026-0007`.',
      resolve: (row, _, context) => read(context, row, 'reference', row.reference),
    }),
    givenName: t.string({ description: 'Given name.', resolve: (row, _, context) => read(context, row, 'givenName', row.givenName) }),
    familyName: t.string({ description: 'Family name.', resolve: (row, _, context) => read(context, row, 'familyName', row.familyName) }),
    bornOn: t.field({
      type: 'Day',
      nullable: true,
      description: 'Day of birth; null while it is not known.',
      resolve: (row, _, context) => read(context, row, 'bornOn', row.bornOn),
    }),
    localAuthority: t.string({
      nullable: true,
      description: 'The borough or council area they live in; null while it is not known.',
      resolve: (row, _, context) => read(context, row, 'localAuthority', row.localAuthority),
    }),
    corrections: t.field({
      type: [CorrectionRef],
      description: 'What was put right, oldest first.',
      resolve: (row, _, context) => signedIn(context).operation.load(correctionsOfParticipant, read(context, row, 'corrections', row.id)),
    }),
    version: t.exposeInt('version', { description: 'Name it when correcting this participant.' }),
  }),
})

refetchable('Participant', (operation, id) => operation.load(participantById, id))

builder.queryField('participant', (t) =>
  t.field({
    ...calledBy(
      participantReaders,
      'One participant, for those who may read one of their cases, and for intake workers. Null for anybody else’s eyes, as for an unknown id.',
    ),
    type: ParticipantRef,
    nullable: true,
    args: { id: t.arg.id({ required: true, description: 'Global id of the participant.' }) },
    resolve: (_, { id }, context) => {
      const local = localId('Participant', id)
      return local ? signedIn(context).operation.load(participantById, local) : null
    },
  }),
)

builder.queryField('possibleDuplicates', (t) =>
  t.field({
    ...calledBy(
      matchers,
      'People known here whom a new person could be: the same names in either order, or the same birth day and one name. 20 at most, the likeliest first.',
    ),
    type: [ParticipantRef],
    args: {
      givenName: t.arg({
        type: 'ShortText',
        required: true,
        description: 'Given name of the new person. Accents, case and punctuation do not matter.',
      }),
      familyName: t.arg({ type: 'ShortText', required: true, description: 'Family name of the new person.' }),
      bornOn: t.arg({ type: 'Day', description: 'Their day of birth, if it is known.' }),
    },
    resolve: async (_, person, context) => {
      const { actor, operation } = signedIn(context)
      return possibleDuplicates(await operation.read(), actor, person)
    },
  }),
)
