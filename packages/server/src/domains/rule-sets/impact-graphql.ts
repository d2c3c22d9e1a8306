import type { Actor } from '../../platform/actor.ts'
import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { globalId, type Uuid } from '../../platform/ids.ts'
import { readableDecisions } from './access.ts'
import { allowedBy } from './decision.ts'
import { RuleKindEnum } from './graphql.ts'
import type { Direction, Impact, KindImpact, Move, OutcomeChange } from './impact.ts'

/** An impact with what it is noted under when its cases are read. */
export type ShownImpact = Impact & { subject: { type: string; id: (actor: Actor) => Uuid } }

const DirectionEnum = builder.enumType('DecisionMove', {
  description: 'Which way a decision would move under other rules. Up is towards more care, down towards less.',
  values: {
    DOWN: {
      value: 'down',
      description:
        'Towards less care: a lower band, no refusal any more, telling less, a milder consequence, “completed” said more readily.',
    },
    CANNOT_TELL: { value: 'cannot-tell', description: 'Cannot be told: something was not known, or the two results cannot be compared.' },
    UP: { value: 'up', description: 'Towards more care: a higher band, a refusal, telling more, a graver consequence.' },
    UNCHANGED: { value: 'unchanged', description: 'It would come out the same in all that counts.' },
  } satisfies Record<string, { value: Direction; description: string }>,
})

const OutcomeChangeRef = builder.objectRef<OutcomeChange>('OutcomeChange').implement({
  description: 'How many decisions would go from one outcome to another.',
  fields: (t) => ({
    move: t.field({ type: DirectionEnum, description: 'Which way that is.', resolve: ({ direction }) => direction }),
    from: t.exposeString('from', { description: 'The stored outcome in one word, as `Decision.outcome` gives it.' }),
    to: t.exposeString('to', { description: 'The outcome under the draft, in the same form. Equal to `from` where only details differ.' }),
    count: t.exposeInt('count', { description: 'Decisions, 1 or more.' }),
  }),
})

const KindImpactRef = builder.objectRef<KindImpact>('KindImpact').implement({
  description: 'What would become of the decisions of one kind.',
  fields: (t) => ({
    kind: t.expose('kind', { type: RuleKindEnum, description: 'Which question they answer.' }),
    down: t.exposeInt('down', { description: 'Decisions that would move down, towards less care.' }),
    cannotTell: t.exposeInt('cannotTell', { description: 'Decisions of which it cannot be told.' }),
    up: t.exposeInt('up', { description: 'Decisions that would move up, towards more care.' }),
    unchanged: t.exposeInt('unchanged', { description: 'Decisions that would stay.' }),
    changes: t.field({
      type: [OutcomeChangeRef],
      description: 'From which outcome to which, those down first.',
      resolve: ({ changes }) => changes,
    }),
  }),
})

const MoveRef = builder.objectRef<Move>('MovedDecision').implement({
  description: 'One stored decision that would not stay under the draft.',
  fields: (t) => ({
    move: t.field({ type: DirectionEnum, description: 'Which way.', resolve: ({ direction }) => direction }),
    kind: t.expose('kind', { type: RuleKindEnum, description: 'Which question it answers.' }),
    decisionId: t.id({ description: 'Global id of the decision.', resolve: ({ decisionId }) => globalId('Decision', decisionId) }),
    caseId: t.id({
      nullable: true,
      description: 'Global id of its case; null for a decision about no case.',
      resolve: ({ caseId }) => caseId && globalId('Case', caseId),
    }),
    from: t.exposeString('from', { description: 'The stored outcome in one word.' }),
    to: t.exposeString('to', { description: 'The outcome under the draft.' }),
  }),
})

export const ImpactRef = builder.objectRef<ShownImpact>('RuleSetImpact').implement({
  description:
    'What a draft would have made of the decisions of the last twelve months, each decided again on its own stored facts. Nothing decided is changed by it.',
  fields: (t) => ({
    fromOn: t.expose('fromOn', { type: 'Day', description: 'The first day looked at, twelve months before it was computed.' }),
    computedAt: t.expose('computedAt', { type: 'Instant', description: 'When it was computed; decisions made since are not in it.' }),
    decisions: t.exposeInt('decisions', { description: 'How many stored decisions were decided again.' }),
    sentences: t.exposeStringList('sentences', { description: 'All of it in plain English, what would move down first.' }),
    kinds: t.field({
      type: [KindImpactRef],
      description: 'Kinds with any decision, those with moves down first.',
      resolve: ({ kinds }) => kinds,
    }),
    unlisted: t.exposeInt('unlisted', {
      description: 'How many decisions that would not stay are beyond the 1,000 that are kept one by one; those down are kept first.',
    }),
    moves: t.field({
      type: [MoveRef],
      args: { first: t.arg.int({ required: true, defaultValue: 100, description: 'At most so many, 1 to 1,000.' }) },
      description: 'The decisions that would not stay, one by one, those down first: only of cases that this person may read.',
      resolve: async ({ moves, subject }, { first }, context) => {
        const { actor, operation } = signedIn(context)
        const readable = (await readableDecisions(await operation.read(), actor, moves)).slice(0, Math.min(Math.max(first, 1), 1_000))
        if (readable.length > 0)
          operation.noteRead({
            subjectType: subject.type,
            subjectId: subject.id(actor),
            fields: ['impact.moves'],
            allowedBy: allowedBy(actor),
          })
        return readable
      },
    }),
  }),
})
