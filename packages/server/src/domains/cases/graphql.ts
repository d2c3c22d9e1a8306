import { hasRole } from '../../platform/actor.ts'
import { builder } from '../../platform/builder.ts'
import { signedIn, type Context } from '../../platform/context.ts'
import { enumOf } from '../../platform/enum-of.ts'
import { NotFound } from '../../platform/errors.ts'
import { globalId, localId, type Uuid } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { connection, instantKey } from '../../platform/page.ts'
import { calledBy } from '../../platform/root-access.ts'
import { ParticipantRef, participantById } from '../participants/index.ts'
import { oversight, RoleEnum, StaffRef, staffById } from '../providers/index.ts'
import { readsInFull, type Case } from './access.ts'
import {
  assignmentsOfCase,
  caseById,
  casesOfParticipant,
  exclusionsOfCase,
  statusChangesOfCase,
  type Assignment,
  type CaseExclusion,
  type StatusChange,
} from './case.ts'
import { maySeeExclusion } from './exclude-worker.ts'
import { caseOpeners } from './roles.ts'
import { caseStatusWords, type CaseStatus } from './states.ts'
import { listTimeline, type CaseEvent } from './timeline.ts'

/** @throws NotFound for what is malformed or the id of something else */
export function idIn(type: 'Case' | 'Staff' | 'CaseWorker' | 'CaseExclusion' | 'CaseEnding', id: string, what: string): Uuid {
  const local = localId(type, id)
  if (!local) throw new NotFound(what)
  return local
}

/** Says in the audit that this field of a case was read, and hands it on. */
function read<Value>(context: Context, row: Case, field: string, value: Value): Value {
  const { actor, operation } = signedIn(context)
  operation.noteRead({
    subjectType: 'case',
    subjectId: row.id,
    fields: [field],
    allowedBy: row.allowedBy || [...actor.roles].sort().join(' '),
  })
  return value
}

export const CaseStatusEnum = enumOf<CaseStatus>('CaseStatus', 'Where a case stands.', caseStatusWords)

export const CaseWorkerRef = builder.objectRef<Assignment>('CaseWorker').implement({
  description: 'Somebody a case was given to.',
  fields: (t) => ({
    id: t.id({ description: 'Global id of the assignment.', resolve: (row) => globalId('CaseWorker', row.id) }),
    staff: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who.',
      resolve: (row, _, context) => signedIn(context).operation.load(staffById, row.staffId),
    }),
    role: t.expose('role', { type: RoleEnum, description: 'What they are on this case. It counts as long as they have the role.' }),
    assignedAt: t.expose('assignedAt', { type: 'Instant', description: 'Since when.' }),
    endedAt: t.expose('endedAt', { type: 'Instant', nullable: true, description: 'Until when; null while it lasts.' }),
    version: t.exposeInt('version', { description: 'Name it when ending the assignment.' }),
  }),
})

export const CaseExclusionRef = builder.objectRef<CaseExclusion>('CaseExclusion').implement({
  description:
    'A worker kept away from a participant because of a conflict of interest: from all their cases, whatever role or assignment says.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('CaseExclusion', row.id) }),
    staff: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who is kept away.',
      resolve: (row, _, context) => signedIn(context).operation.load(staffById, row.staffId),
    }),
    reason: t.exposeString('reason', { description: 'Why.' }),
    excludedAt: t.expose('excludedAt', { type: 'Instant', description: 'Since when.' }),
    excludedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who said so.',
      resolve: (row, _, context) => signedIn(context).operation.load(staffById, row.excludedBy),
    }),
    endedAt: t.expose('endedAt', { type: 'Instant', nullable: true, description: 'When it was ended; null while it is in force.' }),
    endReason: t.exposeString('endReason', { nullable: true, description: 'Why it was ended.' }),
    version: t.exposeInt('version', { description: 'Name it when ending the exclusion.' }),
  }),
})

const StatusChangeRef = builder.objectRef<StatusChange>('CaseStatusChange').implement({
  description: 'One step of a case, with who took it, when and why.',
  fields: (t) => ({
    from: t.expose('fromStatus', { type: CaseStatusEnum, nullable: true, description: 'Where it stood; null for the first.' }),
    to: t.expose('toStatus', { type: CaseStatusEnum, description: 'Where it stood from then on.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why; null where the step needs no reason.' }),
    changedAt: t.expose('changedAt', { type: 'Instant', description: 'When.' }),
    changedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who; null for what the server did by itself.',
      resolve: (row, _, context) => (row.changedBy ? signedIn(context).operation.load(staffById, row.changedBy) : null),
    }),
  }),
})

const CaseEventRef = builder.objectRef<CaseEvent>('CaseEvent').implement({
  description: 'Something that happened in a case. Nothing of the partner’s side stands among them.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('CaseEvent', row.id) }),
    what: t.exposeString('what', { description: 'What it was, as one word of the program, `referral-received`.' }),
    summary: t.exposeString('summary', { description: 'What it was, in one line without personal data.' }),
    subjectType: t.exposeString('subjectType', { description: 'The kind of thing it happened to.' }),
    subjectId: t.exposeString('subjectId', { description: 'Id of that thing within this provider.' }),
    occurredAt: t.expose('occurredAt', { type: 'Instant', description: 'When it happened.' }),
    recordedAt: t.expose('recordedAt', { type: 'Instant', description: 'When it was recorded, which may be later.' }),
    recordedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who recorded it; null for what the server did by itself.',
      resolve: (row, _, context) => (row.recordedBy ? signedIn(context).operation.load(staffById, row.recordedBy) : null),
    }),
  }),
})

export const CaseRef = builder.objectRef<Case>('Case').implement({
  description: 'One participant’s engagement with the provider, from referral to closure. A later referral opens a new case.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('Case', row.id) }),
    reference: t.string({
      description: 'What people say on the telephone, `C-2026-0012`.',
      resolve: (row, _, context) => read(context, row, 'reference', row.reference),
    }),
    status: t.field({
      type: CaseStatusEnum,
      description: 'Where it stands; for its referrer, where it stood before any ending that the partner service was not heard of yet.',
      resolve: (row, _, context) => read(context, row, 'status', row.status),
    }),
    openedOn: t.field({
      type: 'Day',
      description: 'The day the referral arrived.',
      resolve: (row, _, context) => read(context, row, 'openedOn', row.openedOn),
    }),
    openedAt: t.field({
      type: 'Instant',
      description: 'When the case was recorded here.',
      resolve: (row, _, context) => read(context, row, 'openedAt', row.openedAt),
    }),
    statusChangedAt: t.field({
      type: 'Instant',
      description: 'Since when it stands there.',
      resolve: (row, _, context) => read(context, row, 'statusChangedAt', row.statusChangedAt),
    }),
    closedAt: t.field({
      type: 'Instant',
      nullable: true,
      description: 'When it ended; null while it goes on.',
      resolve: (row, _, context) => read(context, row, 'closedAt', row.closedAt),
    }),
    participant: t.field({
      type: ParticipantRef,
      nullable: true,
      description: 'Whose case it is.',
      resolve: (row, _, context) => signedIn(context).operation.load(participantById, read(context, row, 'participant', row.participantId)),
    }),
    workers: t.field({
      type: [CaseWorkerRef],
      description: 'Who works on it now, longest first.',
      resolve: (row, _, context) => signedIn(context).operation.load(assignmentsOfCase, read(context, row, 'workers', row.id)),
    }),
    statusHistory: t.field({
      type: [StatusChangeRef],
      nullable: true,
      description: 'Every step it took, oldest first; null for referrers.',
      resolve: (row, _, context) =>
        readsInFull(signedIn(context).actor, row)
          ? signedIn(context).operation.load(statusChangesOfCase, read(context, row, 'statusHistory', row.id))
          : null,
    }),
    exclusions: t.field({
      type: [CaseExclusionRef],
      nullable: true,
      description: 'Who is or was kept away from it and why, oldest first; null for all but those who answer for every case.',
      resolve: async (row, _, context) => {
        const { actor, operation } = signedIn(context)
        if (!hasRole(actor, ...oversight)) return null
        const found = await operation.load(exclusionsOfCase, read(context, row, 'exclusions', row.id))
        return found.filter(({ side }) => maySeeExclusion(actor, side))
      },
    }),
    timeline: t.connection(
      {
        type: CaseEventRef,
        nullable: true,
        description: 'What happened, latest first; null for referrers.',
        resolve: (row, page, context) => {
          const { actor, operation } = signedIn(context)
          if (!readsInFull(actor, row)) return null
          read(context, row, 'timeline', row.id)
          return connection(
            page,
            (event: CaseEvent) => ({ key: event.occurredAt, id: event.id }),
            async (query) => listTimeline(await operation.read(), actor, row.id, instantKey(query)),
          )
        },
      },
      { name: 'CaseEventConnection', description: 'A page of what happened in a case.' },
      { name: 'CaseEventEdge', description: 'One event and its place in the list.' },
    ),
    version: t.exposeInt('version', { description: 'Name it when changing this case.' }),
  }),
})

refetchable('Case', (operation, id) => operation.load(caseById, id))

builder.objectField(ParticipantRef, 'cases', (t) =>
  t.field({
    type: [CaseRef],
    description: 'Their cases that the person signed in may read, newest first.',
    resolve: (row, _, context) => signedIn(context).operation.load(casesOfParticipant, row.id),
  }),
)

builder.queryField('case', (t) =>
  t.field({
    ...calledBy(caseOpeners, 'One case. Null for a case this person may not read, as for an id that does not exist.'),
    type: CaseRef,
    nullable: true,
    args: { id: t.arg.id({ required: true, description: 'Global id of the case.' }) },
    resolve: (_, { id }, context) => {
      const local = localId('Case', id)
      return local ? signedIn(context).operation.load(caseById, local) : null
    },
  }),
)
