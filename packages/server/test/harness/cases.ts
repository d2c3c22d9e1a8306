import type { Actor } from '../../src/platform/actor.ts'
import { globalId, type Uuid } from '../../src/platform/ids.ts'
import { moveCase, openCase, type Case, type CaseStatus } from '../../src/domains/cases/index.ts'
import { createParticipant } from '../../src/domains/participants/index.ts'
import type { World } from './world.ts'

/** The shortest way from `referred` to each status. */
const ways: Record<CaseStatus, CaseStatus[]> = {
  referred: [],
  intake: ['intake'],
  deferred: ['intake', 'deferred'],
  accepted: ['intake', 'accepted'],
  'in-programme': ['intake', 'accepted', 'in-programme'],
  completed: ['intake', 'accepted', 'in-programme', 'completed'],
  closed: ['intake', 'accepted', 'closed'],
  refused: ['intake', 'refused'],
  withdrawn: ['withdrawn'],
}

/** A case in a status, of a participant of its own unless one is named. Nobody is assigned. */
export async function caseIn(
  world: World,
  status: CaseStatus = 'referred',
  options: { participantId?: Uuid; openedOn?: string; by?: Actor } = {},
): Promise<Case & { globalId: string }> {
  return world.as(options.by ?? world.people['programme-manager'], async (tx, actor) => {
    const participantId =
      options.participantId ?? (await createParticipant(tx, actor, { givenName: 'Ada', familyName: 'Example', bornOn: '1990-03-04' })).id
    let row = await openCase(tx, actor, { participantId, openedOn: options.openedOn ?? tx.today })
    for (const to of ways[status]) row = await moveCase(tx, actor, row.id, to, 'so that a test can begin')
    return { ...row, globalId: globalId('Case', row.id) }
  })
}
