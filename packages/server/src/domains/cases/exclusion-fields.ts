import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import { once } from '../../platform/idempotency.ts'
import { calledBy } from '../../platform/root-access.ts'
import { oversight } from '../providers/index.ts'
import { endExclusion } from './end-exclusion.ts'
import { assertReadableExclusion, excludeWorker } from './exclude-worker.ts'
import { CaseExclusionRef, idIn } from './graphql.ts'
import { caseOpeners } from './roles.ts'

const ExcludeWorkerInput = builder.inputType('ExcludeWorkerInput', {
  description: 'Whom to keep away from a participant, and why.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one exclusion.' }),
    caseId: t.id({ required: true, description: 'Global id of a case of the participant.' }),
    staffId: t.id({ required: true, description: 'Global id of the worker; your own to exclude yourself.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'The conflict of interest.' }),
  }),
})

builder.mutationField('excludeWorker', (t) =>
  t.field({
    ...calledBy(
      caseOpeners,
      'Keeps a worker away from a participant: it beats every role and assignment, in all their cases. Oversight excludes anybody, everybody may exclude themself. Answers once; an exclusion repeated is the one there is.',
    ),
    type: CaseExclusionRef,
    args: { input: t.arg({ type: ExcludeWorkerInput, required: true, description: 'Whom, from which case, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'exclude-worker', (tx, actor) => {
        const { idempotencyKey: key, ...payload } = {
          ...input,
          caseId: idIn('Case', input.caseId, 'case'),
          staffId: idIn('Staff', input.staffId, 'staff member'),
        }
        // Loading asks for access again, so whoever excluded themself hears from then on that there is no such case.
        return once(
          tx,
          actor,
          { operation: 'exclude-worker', key, payload },
          () => excludeWorker(tx, actor, payload),
          (id) => assertReadableExclusion(tx, actor, id),
        )
      }),
  }),
)

const EndExclusionInput = builder.inputType('EndExclusionInput', {
  description: 'Which exclusion ends, and why.',
  fields: (t) => ({
    exclusionId: t.id({ required: true, description: 'Global id of the exclusion, as `Case.exclusions` gives it.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why there is no conflict any more.' }),
    expectedVersion: t.int({ required: true, description: 'The exclusion’s version as it was read.' }),
  }),
})

builder.mutationField('endExclusion', (t) =>
  t.field({
    ...calledBy(oversight, 'Lets an excluded worker back in. Never by that person. Assignments that ended with the exclusion stay ended.'),
    type: CaseExclusionRef,
    args: { input: t.arg({ type: EndExclusionInput, required: true, description: 'Which, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'end-exclusion', (tx, actor) =>
        endExclusion(tx, actor, { ...input, exclusionId: idIn('CaseExclusion', input.exclusionId, 'exclusion') }),
      ),
  }),
)
