import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction, signedIn } from '../../platform/context.ts'
import { NotFound } from '../../platform/errors.ts'
import { localId } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { caseReaders } from '../providers/index.ts'
import { decisionById } from './decision.ts'
import type { Difference } from './differences.ts'
import { DecisionRef } from './graphql.ts'
import { replayDecision, type Replay } from './replay-decision.ts'

builder.queryField('decision', (t) =>
  t.field({
    ...calledBy(caseReaders, 'One decision by its id; null for what does not exist and for what this person may not read.'),
    type: DecisionRef,
    nullable: true,
    args: { id: t.arg.id({ required: true, description: 'Global id of the decision.' }) },
    resolve: (_, { id }, context) => {
      const local = localId('Decision', id)
      return local ? signedIn(context).operation.load(decisionById, local) : null
    },
  }),
)

const DifferenceRef = builder.objectRef<Difference>('ResultDifference').implement({
  description: 'One place where a replayed result differs from the stored one.',
  fields: (t) => ({
    at: t.exposeString('at', { description: 'JSON pointer into the result, `/band/atMost`.' }),
    stored: t.exposeString('stored', { nullable: true, description: 'What is stored there, as JSON; null where there is nothing.' }),
    now: t.exposeString('now', { nullable: true, description: 'What came out now, as JSON; null where there is nothing.' }),
  }),
})

const ReplayRef = builder.objectRef<Replay>('DecisionReplay').implement({
  description: 'What came of deciding again, on the stored facts, by the stored rule set.',
  fields: (t) => ({
    decision: t.expose('decision', {
      type: DecisionRef,
      description: 'The decision, unchanged. Its `ruleSet` is what it was replayed by.',
    }),
    same: t.exposeBoolean('same', { description: 'True when the record is intact and the result came out the same, byte for byte.' }),
    recordIsIntact: t.exposeBoolean('recordIsIntact', {
      description: 'True when the stored record still has the hash it was stored with.',
    }),
    differences: t.field({
      type: [DifferenceRef],
      description: 'Every place that differs; empty when the results are the same.',
      resolve: ({ differences }) => differences,
    }),
  }),
})

builder.mutationField('replayDecision', (t) =>
  t.field({
    ...calledBy(
      caseReaders,
      'Decides again on the stored facts by the stored rule set and compares. Changes nothing; the audit says that it was done.',
    ),
    type: ReplayRef,
    args: { id: t.arg.id({ required: true, description: 'Global id of the decision.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { id }, context) =>
      inTransaction(context, 'replay-decision', (tx, actor) => {
        const local = localId('Decision', id)
        if (!local) throw new NotFound('decision')
        return replayDecision(tx, actor, local)
      }),
  }),
)
