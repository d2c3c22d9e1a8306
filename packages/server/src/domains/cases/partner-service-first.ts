import type { Actor } from '../../platform/actor.ts'
import { refusalType } from '../../platform/builder.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { endingsOfCase, isHeard, type Ending } from './ending.ts'

/** The partner service hears of an ending first, and has not acknowledged it yet. */
export class PartnerServiceFirst extends DomainError {
  override name = 'PartnerServiceFirst'
  readonly code = 'partner-service-first'
  constructor() {
    super(
      'the partner service hears of this first, and has not acknowledged it yet',
      'partner support acknowledges it with acknowledgeEnding; the safeguarding lead may go on with goOnWithoutPartnerService',
    )
  }
}
refusalType(
  PartnerServiceFirst,
  'PartnerServiceFirst',
  'The partner service hears of an ending before anybody outside, and has not acknowledged it yet. The same in every case, whether or not a partner is known.',
)

/** What stands of a case's endings, oldest first. @throws PartnerServiceFirst while one of them awaits the partner service */
export async function assertPartnerServiceHeard(tx: Tx, actor: Actor, caseId: Uuid): Promise<Ending[]> {
  const [all = []] = await endingsOfCase.batch(tx, actor, [caseId])
  const standing = all.filter(({ takenBackAt }) => takenBackAt === null)
  if (!standing.every(isHeard)) throw new PartnerServiceFirst()
  return standing
}
