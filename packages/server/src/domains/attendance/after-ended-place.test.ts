import { afterEach, describe, expect, test } from 'vitest'
import { allTasks, decline, recorded, removalsOf, runningGroup } from '../../../test/harness/registers.ts'
import { clock, lane, newWorld, start } from '../../../test/harness/world.ts'
import { globalId } from '../../platform/ids.ts'
import { endPlace, type EndedPlace } from '../programmes/index.ts'

const otherwise: EndedPlace['ending'][] = ['de-selected', 'dropped-out', 'transferred', 'died', 'moved-to-other-group', 'completed']

/** Somebody whose removal the rules propose, and whose place then ends otherwise. */
async function endedOtherwise(ending: EndedPlace['ending']) {
  const world = await newWorld('step-by-step')
  const running = await runningGroup(world, { meetings: 1, people: 2 })
  await recorded(running, running.met[0]!, ['absent', 'absent'])
  const [place, other] = running.members
  await world.as(world.people['programme-manager'], (tx, actor) => endPlace(tx, actor, { placeId: place!.id, ending, reason: 'a reason' }))
  return { world, running, place: place!, other: other! }
}

describe(`a removal that waits when its place ends on ${lane}`, () => {
  afterEach(() => clock.moveTo(start))

  test.each(otherwise)(
    '%s: it is withdrawn, its task cancelled, and the case says so; that of somebody else still waits',
    async (ending) => {
      const { world, running, place, other } = await endedOtherwise(ending)
      const reason = `the place has ended: ${ending}`
      const [withdrawn] = await removalsOf(running, place)
      expect(withdrawn).toMatchObject({ status: 'withdrawn', undoneReason: reason, decidedBy: null, version: 2 })
      expect(await removalsOf(running, other)).toMatchObject([{ status: 'proposed' }])
      const tasks = (await allTasks(world)).filter(({ kind }) => kind === 'confirm-removal')
      expect(new Map(tasks.map(({ caseId, status, record }) => [caseId, [status, record]]))).toEqual(
        new Map([
          [place.caseId, ['cancelled', reason]],
          [other.caseId, ['open', null]],
        ]),
      )
      const { data } = await world.send(
        world.people['programme-manager'],
        `{ case(id: "${globalId('Case', place.caseId)}") { timeline { edges { node { what } } } } }`,
      )
      expect(data.case.timeline.edges.map(({ node }: { node: { what: string } }) => node.what)).toContain('removal-withdrawn')
      const audited = await world.send(
        world.people.auditor,
        `query ($id: ShortText!) { auditEntries(subjectId: $id, first: 1) { edges { node { action fields } } } }`,
        { id: withdrawn!.id },
      )
      expect(audited.data.auditEntries.edges).toEqual([{ node: { action: 'removal.withdrawn', fields: ['status', 'undoneReason'] } }])
    },
  )

  test('nobody can decide it any more', async () => {
    const { world, running, place } = await endedOtherwise('dropped-out')
    const [removal] = await removalsOf(running, place)
    const input = { removalId: globalId('Removal', removal!.id), reason: 'a reason', expectedVersion: 2 }
    expect((await world.send(world.people['programme-manager'], decline, { input })).data.declineRemoval).toMatchObject({
      code: 'invalid-move',
      allowed: [],
    })
  })
})
