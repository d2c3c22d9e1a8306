import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction, signedIn } from '../../platform/context.ts'
import { globalId } from '../../platform/ids.ts'
import { connection } from '../../platform/page.ts'
import { calledBy } from '../../platform/root-access.ts'
import { idIn } from './access.ts'
import { callBacks, closeSafeCallBack, type SafeCallBack } from './call-backs.ts'
import { CallBackOutcomeEnum, SituationEnum } from './enums.ts'

const SafeCallBackRef = builder.objectRef<SafeCallBack>('SafeCallBack').implement({
  description: 'Somebody who is or may be harmed, to be rung back safely. Partner side only.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('SafeCallBack', row.id) }),
    situation: t.expose('situation', { type: SituationEnum, description: 'What the caller said of themself.' }),
    isInDangerNow: t.exposeBoolean('isInDangerNow', { description: 'Whether they said they were in danger when they rang.' }),
    codeName: t.exposeString('codeName', { nullable: true, description: 'The name to ask for.' }),
    contact: t.exposeString('contact', { nullable: true, description: 'Where it is safe to reach them; null where they left nothing.' }),
    safeTimes: t.exposeString('safeTimes', { nullable: true, description: 'When it is safe.' }),
    leaveNoMessage: t.exposeBoolean('leaveNoMessage', { description: 'True: never leave a message, with a person or a machine.' }),
    recordedAt: t.expose('recordedAt', { type: 'Instant', description: 'When they rang.' }),
    outcome: t.expose('outcome', { type: CallBackOutcomeEnum, nullable: true, description: 'What came of it; null while it waits.' }),
    outcomeNote: t.exposeString('outcomeNote', { nullable: true, description: 'What was agreed.' }),
    closedAt: t.expose('closedAt', { type: 'Instant', nullable: true, description: 'When the outcome was recorded.' }),
    version: t.exposeInt('version', { description: 'Name it when closing the call-back.' }),
  }),
})

builder.queryField('safeCallBacks', (t) =>
  t.connection(
    {
      ...calledBy(['partner-support-worker'], 'Callers to be rung back, oldest first.'),
      type: SafeCallBackRef,
      nullable: false,
      args: { waiting: t.arg.boolean({ defaultValue: true, description: 'True: those that still wait. False: those that are closed.' }) },
      resolve: (_, { waiting, ...page }, context) => {
        const { actor, operation } = signedIn(context)
        return connection(
          page,
          (row: SafeCallBack) => ({ key: row.recordedAt, id: row.id }),
          async (asked) => {
            const rows = await callBacks(await operation.read(), actor, waiting ?? true, asked)
            for (const row of rows)
              operation.noteRead({
                subjectType: 'safe-call-back',
                subjectId: row.id,
                fields: ['codeName', 'contact', 'safeTimes'],
                allowedBy: 'partner-support-worker',
              })
            return rows
          },
        )
      },
    },
    { name: 'SafeCallBackConnection', description: 'A page of safe call-backs.' },
    { name: 'SafeCallBackEdge', description: 'One safe call-back and its place in the list.' },
  ),
)

const CloseSafeCallBackInput = builder.inputType('CloseSafeCallBackInput', {
  description: 'What came of a call-back.',
  fields: (t) => ({
    safeCallBackId: t.id({ required: true, description: 'Global id of the call-back.' }),
    outcome: t.field({ type: CallBackOutcomeEnum, required: true, description: 'What came of it.' }),
    note: t.field({ type: 'LongText', required: true, description: 'What was agreed or tried. Encrypted.' }),
    expectedVersion: t.int({ required: true, description: 'The call-back’s version as it was read.' }),
  }),
})

builder.mutationField('closeSafeCallBack', (t) =>
  t.field({
    ...calledBy(['partner-support-worker'], 'Records what came of a safe call-back and ends its task.'),
    type: SafeCallBackRef,
    args: { input: t.arg({ type: CloseSafeCallBackInput, required: true, description: 'Which, and what came of it.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input: { safeCallBackId, ...input } }, context) =>
      inTransaction(context, 'close-safe-call-back', (tx, actor) =>
        closeSafeCallBack(tx, actor, { ...input, id: idIn('SafeCallBack', safeCallBackId, 'safe call-back') }),
      ),
  }),
)
