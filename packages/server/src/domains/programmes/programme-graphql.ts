import { enumOf } from '../../platform/enum-of.ts'
import { and, asc, eq, isNull } from 'drizzle-orm'
import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { globalId } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { calledBy } from '../../platform/root-access.ts'
import { StaffRef, staffById } from '../providers/index.ts'
import { groupReaders } from './access.ts'
import type { TemplateIssue } from './check-template.ts'
import { hasRole } from '../../platform/actor.ts'
import { programmeById, type Programme } from './programme.ts'
import { oneToOneReasons, type OneToOneReason } from './states.ts'
import { programmes } from './tables.ts'
import { templateOf, warningsOf, type Theme, type Warning } from './template.ts'

export const ThemeRef = builder.objectRef<Theme>('Theme').implement({
  description: 'What a session is about.',
  fields: (t) => ({
    themeId: t.string({ description: 'Its id within the programme, `empathy`.', resolve: ({ id }) => id }),
    title: t.exposeString('title', { description: 'Its name.' }),
  }),
})

export const TemplateIssueRef = builder.objectRef<TemplateIssue>('ProgrammeIssue').implement({
  description: 'One thing that is wrong in the document of a programme.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable, in kebab case: `missing-key`, `unknown-theme`. Branch on this.' }),
    pointer: t.string({
      description: 'JSON pointer (RFC 6901) to the place, `/capacity/most`; empty for the whole document.',
      resolve: ({ at }) => at,
    }),
    line: t.exposeInt('line', { description: 'Line in the text, from 1.' }),
    column: t.exposeInt('column', { description: 'Column in the text, from 1, in UTF-16 units.' }),
    message: t.exposeString('message', { description: 'What is wrong, in one line.' }),
    help: t.exposeString('help', { description: 'What to do, or what belongs there.' }),
  }),
})

const WarningRef = builder.objectRef<Warning>('ProgrammeWarning').implement({
  description: 'What a reader should know of a programme before offering it. It stops nothing.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable, in kebab case: `shorter-than-22-weeks`.' }),
    message: t.exposeString('message', { description: 'What it is, in one line.' }),
    source: t.exposeString('source', { description: 'Who says so.' }),
  }),
})

const ThemeOrderEnum = builder.enumType('ThemeOrder', {
  description: 'How the sessions of a programme come to their themes.',
  values: {
    FIXED: { value: 'fixed' as const, description: 'The same in every group.' },
    ROLLING: { value: 'rolling' as const, description: 'Round and round, beginning anywhere.' },
    SET_BY_GROUP: { value: 'set-by-group' as const, description: 'Each group says it when it is planned.' },
  },
})

const JoiningEnum = builder.enumType('Joining', {
  description: 'Where somebody may join a group.',
  values: {
    START: { value: 'start' as const, description: 'By the day of its first session.' },
    ANY_SESSION: { value: 'any-session' as const, description: 'At any session.' },
    SET_POINTS: { value: 'set-points' as const, description: 'At the sessions that the programme names.' },
  },
})

const OneToOnesEnum = builder.enumType('OneToOnes', {
  description: 'Whether participants are seen alone as well.',
  values: {
    WEEKLY: { value: 'weekly' as const, description: 'Everybody, weekly.' },
    WITH_REASON: { value: 'with-reason' as const, description: 'Where there is a reason that the programme names.' },
    NEVER: { value: 'never' as const, description: 'Nobody.' },
  },
})

export const OneToOneReasonEnum = enumOf<OneToOneReason>('OneToOneReason', 'Why somebody is seen alone.', oneToOneReasons)

export const ProgrammeRef = builder.objectRef<Programme>('Programme').implement({
  description: 'A version of a programme: the template that groups are runs of.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id of this version.', resolve: (row) => globalId('Programme', row.id) }),
    templateId: t.exposeString('templateId', { description: 'Its id, the same in every version: `phoenix-12`.' }),
    templateVersion: t.exposeString('templateVersion', { description: 'Its version, `1.0.0`.' }),
    title: t.exposeString('title', { description: 'What people call it.' }),
    source: t.string({ description: 'Where it comes from, and what of it is a setting.', resolve: (row) => templateOf(row).source }),
    model: t.string({ description: 'The approach it follows.', resolve: (row) => templateOf(row).model }),
    sessionCount: t.int({
      description: 'Weekly sessions of one run; of one round, where it is rolling.',
      resolve: (row) => templateOf(row).sessions.count,
    }),
    sessionMinutes: t.int({ description: 'Minutes of one session.', resolve: (row) => templateOf(row).sessions.minutes }),
    themes: t.field({ type: [ThemeRef], description: 'What sessions are about, in order.', resolve: (row) => [...templateOf(row).themes] }),
    steps: t.stringList({
      description: 'How every theme is taken, in order; empty where nothing is laid down.',
      resolve: (row) => [...templateOf(row).steps],
    }),
    themeOrder: t.field({
      type: ThemeOrderEnum,
      description: 'How sessions come to their themes.',
      resolve: (row) => templateOf(row).themeOrder.order,
    }),
    capacityLeast: t.int({ description: 'Participants a group should have.', resolve: (row) => templateOf(row).capacity.least }),
    capacityMost: t.int({ description: 'Participants a group can have.', resolve: (row) => templateOf(row).capacity.most }),
    facilitatorsLeast: t.int({
      description: 'Facilitators present, at least; with fewer a session is not held.',
      resolve: (row) => templateOf(row).facilitators,
    }),
    joining: t.field({ type: JoiningEnum, description: 'Where somebody may join.', resolve: (row) => templateOf(row).joining.at }),
    joiningSessions: t.intList({
      description: 'Numbers of the sessions at which one may join; empty unless `joining` is SET_POINTS.',
      resolve: (row) => {
        const { joining } = templateOf(row)
        return joining.at === 'set-points' ? [...joining.sessions] : []
      },
    }),
    oneToOnes: t.field({
      type: OneToOnesEnum,
      description: 'Whether participants are seen alone as well.',
      resolve: (row) => templateOf(row).oneToOnes.offered,
    }),
    oneToOneReasons: t.field({
      type: [OneToOneReasonEnum],
      description: 'For which reasons; empty unless `oneToOnes` is WITH_REASON.',
      resolve: (row) => {
        const { oneToOnes } = templateOf(row)
        return oneToOnes.offered === 'with-reason' ? [...oneToOnes.reasons] : []
      },
    }),
    warnings: t.field({
      type: [WarningRef],
      description: 'What to know before offering it. Nothing is refused because of it.',
      resolve: (row) => warningsOf(templateOf(row)),
    }),
    document: t.exposeString('documentText', { description: 'The JSON, byte for byte as it was published.' }),
    hash: t.exposeString('hash', { description: 'SHA-256 of the document, in hexadecimal.' }),
    publishedAt: t.expose('publishedAt', { type: 'Instant', description: 'When it was published.' }),
    publishedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who published it; null for one that ships with the server and was set up by it.',
      resolve: (row, _, context) => (row.publishedBy ? signedIn(context).operation.load(staffById, row.publishedBy) : null),
    }),
    retiredAt: t.expose('retiredAt', {
      type: 'Instant',
      nullable: true,
      description: 'When it went out of use; null while groups may begin with it.',
    }),
    retireReason: t.exposeString('retireReason', { nullable: true, description: 'Why it went out of use.' }),
    version: t.exposeInt('version', { description: 'Name it when retiring this version of the programme.' }),
  }),
})

refetchable('Programme', async (operation, id, actor) => (hasRole(actor, ...groupReaders) ? operation.load(programmeById, id) : null))

builder.queryField('programmes', (t) =>
  t.field({
    ...calledBy(groupReaders, 'The programmes on offer, by id and then in the order they were published.'),
    type: [ProgrammeRef],
    args: { includeRetired: t.arg.boolean({ required: true, defaultValue: false, description: 'Whether to list those out of use too.' }) },
    resolve: async (_, { includeRetired }, context) => {
      const { actor, operation } = signedIn(context)
      const tx = await operation.read()
      return tx.orm
        .select()
        .from(programmes)
        .where(and(eq(programmes.providerId, actor.providerId), includeRetired ? undefined : isNull(programmes.retiredAt)))
        .orderBy(asc(programmes.templateId), asc(programmes.publishedAt), asc(programmes.id))
    },
  }),
)
