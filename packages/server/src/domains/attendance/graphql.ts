import { builder } from '../../platform/builder.ts'
import { signedIn, type Context } from '../../platform/context.ts'
import { globalId, type Uuid } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { CaseRef, caseById, readsInFull, type Case } from '../cases/index.ts'
import { StaffRef, staffById } from '../providers/index.ts'
import { decisionById, DecisionRef } from '../rule-sets/index.ts'
import { concernById, ConcernRef } from '../safeguarding/index.ts'
import { taskById, TaskRef } from '../tasks/index.ts'
import { consequenceById, consequencesOfCase, type Consequence } from './consequence.ts'
import { ConsequenceTypeEnum, EntryOutcomeEnum, RemovalStatusEnum } from './enums.ts'
import { entriesOfCase, type HistoryEntry } from './history.ts'
import { removalById, removalsOfCase, type Removal } from './removal.ts'
import { consequences } from './words.ts'

const person = (context: Context, id: Uuid | null) => (id ? signedIn(context).operation.load(staffById, id) : null)
const isReader = (context: Context, row: Case): boolean => readsInFull(signedIn(context).actor, row)

/** Notes that something of a case’s attendance was read, and hands it on. */
function read<Value>(context: Context, caseId: Uuid, field: string, value: Value): Value {
  const { actor, operation } = signedIn(context)
  operation.noteRead({ subjectType: 'case', subjectId: caseId, fields: [field], allowedBy: [...actor.roles].sort().join(' ') })
  return value
}

const EntryRef = builder.objectRef<HistoryEntry>('AttendanceEntry').implement({
  description: 'What was recorded of one person at one session. A correction is a further entry: both stay, with who, when and why.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ id }) => globalId('AttendanceEntry', id) }),
    sessionId: t.id({ description: 'Global id of the session.', resolve: ({ sessionId }) => globalId('Session', sessionId) }),
    placeId: t.id({ description: 'Global id of the place.', resolve: ({ placeId }) => globalId('Place', placeId) }),
    outcome: t.expose('outcome', { type: EntryOutcomeEnum, description: 'What happened.' }),
    number: t.exposeInt('number', { description: 'From 1, for this session and person; the highest counts.' }),
    isCurrent: t.exposeBoolean('isCurrent', {
      description: 'True for the one that counts. A session that was not held counts for nobody all the same.',
    }),
    occurredAt: t.expose('occurredAt', { type: 'Instant', description: 'When the session began.' }),
    recordedAt: t.expose('recordedAt', { type: 'Instant', description: 'When this was recorded.' }),
    recordedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who recorded it.',
      resolve: (row, _, context) => person(context, row.recordedBy),
    }),
    correctionReason: t.exposeString('correctionReason', {
      nullable: true,
      description: 'Why an earlier one was put right; null for the first.',
    }),
  }),
})

export const ConsequenceRef = builder.objectRef<Consequence>('AttendanceConsequence').implement({
  description: 'What followed from a register for one person, raised once for its cause.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ id }) => globalId('AttendanceConsequence', id) }),
    type: t.field({
      type: ConsequenceTypeEnum,
      description: 'What follows.',
      resolve: (row, _, context) => read(context, row.caseId, 'consequence.type', row.type),
    }),
    description: t.string({
      description: 'The same in one line without personal data.',
      resolve: ({ type }) => consequences[type].description,
    }),
    case: t.field({
      type: CaseRef,
      nullable: true,
      description: 'The case; null where this person may not read it.',
      resolve: (row, _, context) => signedIn(context).operation.load(caseById, row.caseId),
    }),
    sessionId: t.id({ description: 'Global id of the session it is about.', resolve: ({ sessionId }) => globalId('Session', sessionId) }),
    rules: t.exposeStringList('rules', { description: 'Ids of the rules it comes from; empty where no rule says it.' }),
    tell: t.exposeStringList('tell', { description: 'Whom the rules say to tell, the first first.' }),
    dueAt: t.expose('dueAt', { type: 'Instant', description: 'By when.' }),
    task: t.field({
      type: TaskRef,
      nullable: true,
      description: 'The task that came of it; null where there is none, or for those who do not see it.',
      resolve: (row, _, context) => (row.taskId ? signedIn(context).operation.load(taskById, row.taskId) : null),
    }),
    concern: t.field({
      type: ConcernRef,
      nullable: true,
      description: 'The concern that was raised; null where there is none, or for those who do not see it.',
      resolve: (row, _, context) => (row.concernId ? signedIn(context).operation.load(concernById, row.concernId) : null),
    }),
    decision: t.field({
      type: DecisionRef,
      nullable: true,
      description: 'The decision it follows from; null for those who may not read it.',
      resolve: (row, _, context) => signedIn(context).operation.load(decisionById, row.decisionId),
    }),
    raisedAt: t.expose('raisedAt', { type: 'Instant', description: 'When it was raised.' }),
    undoneAt: t.expose('undoneAt', { type: 'Instant', nullable: true, description: 'When a correction undid it; null while it stands.' }),
  }),
})

export const RemovalRef = builder.objectRef<Removal>('Removal').implement({
  description: 'A removal that the rules propose, and what a named person made of it.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ id }) => globalId('Removal', id) }),
    status: t.field({
      type: RemovalStatusEnum,
      description: 'Where it stands.',
      resolve: (row, _, context) => read(context, row.caseId, 'removal.status', row.status),
    }),
    placeId: t.id({ description: 'Global id of the place.', resolve: ({ placeId }) => globalId('Place', placeId) }),
    case: t.field({
      type: CaseRef,
      nullable: true,
      description: 'The case; null where this person may not read it.',
      resolve: (row, _, context) => signedIn(context).operation.load(caseById, row.caseId),
    }),
    consequence: t.field({
      type: ConsequenceRef,
      nullable: true,
      description: 'What it came from, with the decision.',
      resolve: (row, _, context) => signedIn(context).operation.load(consequenceById, row.consequenceId),
    }),
    proposedAt: t.expose('proposedAt', { type: 'Instant', description: 'When the rules proposed it.' }),
    decidedAt: t.expose('decidedAt', { type: 'Instant', nullable: true, description: 'When somebody decided; null before.' }),
    decidedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who decided; null before.',
      resolve: (row, _, context) => person(context, row.decidedBy),
    }),
    reason: t.string({
      nullable: true,
      description: 'Why it was confirmed or declined; null before.',
      resolve: (row, _, context) => read(context, row.caseId, 'removal.reason', row.reason),
    }),
    undoneReason: t.exposeString('undoneReason', { nullable: true, description: 'Why it was withdrawn or undone; null unless it was.' }),
    version: t.exposeInt('version', { description: 'Name it when deciding.' }),
  }),
})

refetchable('AttendanceConsequence', (operation, id) => operation.load(consequenceById, id))
refetchable('Removal', (operation, id) => operation.load(removalById, id))

builder.objectFields(CaseRef, (t) => ({
  attendance: t.field({
    type: [EntryRef],
    nullable: true,
    description:
      'Everything recorded of their attendance, corrections beside what they put right, by session, the earliest first; null for referrers.',
    resolve: (row, _, context) =>
      isReader(context, row) ? signedIn(context).operation.load(entriesOfCase, read(context, row.id, 'attendance', row.id)) : null,
  }),
  attendanceConsequences: t.field({
    type: [ConsequenceRef],
    nullable: true,
    description: 'What followed from registers, undone ones included, the oldest first; null for referrers.',
    resolve: (row, _, context) =>
      isReader(context, row)
        ? signedIn(context).operation.load(consequencesOfCase, read(context, row.id, 'attendanceConsequences', row.id))
        : null,
  }),
  removals: t.field({
    type: [RemovalRef],
    nullable: true,
    description: 'Removals that the rules proposed, the oldest first; null for referrers.',
    resolve: (row, _, context) =>
      isReader(context, row) ? signedIn(context).operation.load(removalsOfCase, read(context, row.id, 'removals', row.id)) : null,
  }),
}))
