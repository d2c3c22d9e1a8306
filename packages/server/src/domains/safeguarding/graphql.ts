import { builder } from '../../platform/builder.ts'
import { signedIn, type Context } from '../../platform/context.ts'
import { enumOf } from '../../platform/enum-of.ts'
import { NotFound } from '../../platform/errors.ts'
import { globalId, localId, type Uuid } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { caseById, CaseRef } from '../cases/index.ts'
import { StaffRef, staffById } from '../providers/index.ts'
import { decisionById, DecisionRef } from '../rule-sets/index.ts'
import { concernById, isOverdue, type Concern } from './concern.ts'
import { levels, matters, tellable, type ConcernLevel, type Matter, type Told } from './matters.ts'
import type { ConcernStatus } from './states.ts'

export const ConcernMatterEnum = enumOf<Matter>('ConcernMatter', 'What a concern is about.', matters)

export const ToldEnum = enumOf<Told>('Told', 'Who was told of a concern.', tellable)

export const SafeguardingLevelEnum = enumOf<ConcernLevel>('SafeguardingLevel', 'How quickly a danger must be acted on.', levels)

export const ConcernStatusEnum = builder.enumType('ConcernStatus', {
  description: 'Where a concern stands. Overdue is not a status: see `isOverdue`.',
  values: {
    RAISED: { value: 'raised', description: 'Nobody has acknowledged it yet.' },
    ACKNOWLEDGED: { value: 'acknowledged', description: 'Somebody has taken it on.' },
    CLOSED: { value: 'closed', description: 'Acted on, with a record.' },
  } satisfies Record<string, { value: ConcernStatus; description: string }>,
})

export const ConcernSideEnum = builder.enumType('ConcernSide', {
  description: 'Which side of the wall a concern lies on.',
  values: {
    PARTICIPANT: { value: 'participant' as const, description: 'The participant’s. Partner support sees it too.' },
    PARTNER: { value: 'partner' as const, description: 'The partner’s. Nobody of the participant’s side sees it or that it is there.' },
    NEUTRAL: { value: 'neutral' as const, description: 'Neither: for the safeguarding lead and its owner.' },
  },
})

/** Says in the audit that this field of a concern was read, and hands it on. */
function read<Value>(context: Context, row: Concern, field: string, value: Value): Value {
  const { actor, operation } = signedIn(context)
  const allowedBy = row.ownerId === actor.id ? 'owner' : [...actor.roles].sort().join(' ')
  operation.noteRead({ subjectType: 'concern', subjectId: row.id, fields: [field], allowedBy })
  return value
}
const person = (context: Context, id: Uuid | null) => (id ? signedIn(context).operation.load(staffById, id) : null)

export const ConcernRef = builder.objectRef<Concern>('Concern').implement({
  description: 'A safeguarding matter with an owner and a deadline.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('Concern', row.id) }),
    side: t.expose('side', { type: ConcernSideEnum, description: 'Which side of the wall it lies on.' }),
    level: t.field({
      type: SafeguardingLevelEnum,
      description: 'How quickly it must be acted on.',
      resolve: (row, _, context) => read(context, row, 'level', row.level),
    }),
    what: t.field({
      type: [ConcernMatterEnum],
      description: 'What it is about, the most urgent first.',
      resolve: (row, _, context) => read(context, row, 'what', row.what as Matter[]),
    }),
    details: t.string({
      nullable: true,
      description: 'What was seen or heard; null where a decision says it.',
      resolve: (row, _, context) => read(context, row, 'details', row.details),
    }),
    tell: t.stringList({
      description: 'Whom the rules say to tell, the first first; empty where a person raised it.',
      resolve: (row, _, context) => read(context, row, 'tell', row.tell),
    }),
    rules: t.stringList({
      description: 'Ids of the rules that fired; empty where a person raised it.',
      resolve: (row, _, context) => read(context, row, 'rules', row.rules),
    }),
    decision: t.field({
      type: DecisionRef,
      nullable: true,
      description: 'The safeguarding decision it comes from; null where a person raised it, or this person may not read it.',
      resolve: (row, _, context) => (row.decisionId ? signedIn(context).operation.load(decisionById, row.decisionId) : null),
    }),
    case: t.field({
      type: CaseRef,
      nullable: true,
      description: 'The case; null where this person may not read it.',
      resolve: (row, _, context) => signedIn(context).operation.load(caseById, row.caseId),
    }),
    status: t.expose('status', { type: ConcernStatusEnum, description: 'Where it stands.' }),
    isOverdue: t.boolean({
      description: 'True while it is open and its deadline has passed; computed at this moment.',
      resolve: (row, _, context) => isOverdue(row, context.clock.now()),
    }),
    dueAt: t.expose('dueAt', { type: 'Instant', description: 'The deadline: clock hours, or 17:00 in London of a working day.' }),
    dueIsProvisional: t.exposeBoolean('dueIsProvisional', {
      description: 'True where the deadline was counted over days whose bank holidays were not published yet.',
    }),
    runsFrom: t.expose('runsFrom', { type: 'Instant', description: 'When it became known: the deadline runs from here.' }),
    acknowledgeBy: t.expose('acknowledgeBy', {
      type: 'Instant',
      description: 'When the next person hears, unless somebody acknowledges it.',
    }),
    owner: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who must act on it.',
      resolve: (row, _, context) => person(context, row.ownerId),
    }),
    raisedAt: t.expose('raisedAt', { type: 'Instant', description: 'When it was raised.' }),
    raisedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who raised it; null where the server did.',
      resolve: (row, _, context) => person(context, row.raisedBy),
    }),
    acknowledgedAt: t.expose('acknowledgedAt', { type: 'Instant', nullable: true, description: 'When somebody took it on; null before.' }),
    acknowledgedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who took it on; null before.',
      resolve: (row, _, context) => person(context, row.acknowledgedBy),
    }),
    closedAt: t.expose('closedAt', { type: 'Instant', nullable: true, description: 'When it was closed; null while it is open.' }),
    closedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who closed it; null while it is open.',
      resolve: (row, _, context) => person(context, row.closedBy),
    }),
    action: t.string({
      nullable: true,
      description: 'What was done; null while it is open.',
      resolve: (row, _, context) => read(context, row, 'action', row.action),
    }),
    told: t.field({
      type: [ToldEnum],
      nullable: true,
      description: 'Who was told; null while it is open.',
      resolve: (row, _, context) => read(context, row, 'told', row.told as Told[] | null),
    }),
    whyNotTold: t.string({
      nullable: true,
      description: 'Why somebody the rules name was not told; null where all were.',
      resolve: (row, _, context) => read(context, row, 'whyNotTold', row.whyNotTold),
    }),
    version: t.exposeInt('version', { description: 'Name it when changing this concern.' }),
  }),
})

refetchable('Concern', (operation, id) => operation.load(concernById, id))

/** @throws NotFound for anything that is not the global id of a concern */
export function localConcernId(id: string): Uuid {
  const local = localId('Concern', id)
  if (!local) throw new NotFound('concern')
  return local
}
