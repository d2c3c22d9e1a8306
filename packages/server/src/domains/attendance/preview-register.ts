import type { Actor } from '../../platform/actor.ts'
import { hasRole } from '../../platform/actor.ts'
import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, NotAllowed, NotFound } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertLeads, caseOfSession, sessionById, type Session } from '../programmes/index.ts'
import { plannedFor, type RegisterOutcome } from './check-register.ts'
import { sessionIdIn } from './ids.ts'
import { planRegister } from './plan.ts'
import { outcomeIn, RegisterInput, RegisterResultRef, type RegisterResult } from './register-graphql.ts'
import { asResult } from './result.ts'
import { leadersOfGroups } from './roles.ts'

/** What recording this now would come to. Stores nothing. @throws NotFound, NotAllowed, InvalidInput */
export async function previewRegister(tx: Tx, actor: Actor, sessionId: Uuid, outcome: RegisterOutcome): Promise<RegisterResult> {
  const [session] = await sessionById.batch(tx, actor, [sessionId])
  if (!session) throw new NotFound('session')
  await assertMayPreview(tx, actor, session)
  if (session.startsAt > tx.now) throw new InvalidInput('sessionId', 'this session has not begun', 'record it when it has')
  const plans = await planRegister(tx, actor, session, await plannedFor(tx, actor, session, outcome))
  return { sessionId, version: session.version, people: plans.map(asResult) }
}

async function assertMayPreview(tx: Tx, actor: Actor, session: Session): Promise<void> {
  if (session.kind === 'group') return assertLeads(tx, actor, session.groupId)
  if (!hasRole(actor, ...leadersOfGroups) || !(await caseOfSession(tx, actor, session)))
    throw new NotAllowed('a one-to-one is recorded by those who work on the case')
}

builder.queryField('previewRegister', (t) =>
  t.field({
    ...calledBy(
      leadersOfGroups,
      'What recording this register now would come to for each person, by the rules of the day their place began. Stores nothing; saving it says the same.',
    ),
    type: RegisterResultRef,
    args: { input: t.arg({ type: RegisterInput, required: true, description: 'Which session, and what happened.' }) },
    errors: { types: [NotFound, NotAllowed, InvalidInput] },
    resolve: async (_, { input }, context) => {
      const { actor, operation } = signedIn(context)
      const tx = await operation.read()
      const result = await previewRegister(tx, actor, sessionIdIn(input.sessionId), outcomeIn(input))
      operation.noteRead({
        subjectType: 'session',
        subjectId: result.sessionId,
        fields: ['preview'],
        allowedBy: [...actor.roles].sort().join(' '),
      })
      return result
    },
  }),
)
