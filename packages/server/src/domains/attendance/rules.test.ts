import { describe, expect, test } from 'vitest'
import { assessed } from '../../../test/harness/assessed.ts'
import { oneToOneWith, recorded, removalsOf, runningGroup, standing } from '../../../test/harness/registers.ts'
import { caseIn } from '../../../test/harness/cases.ts'
import { oneMissAllowed, published } from '../../../test/harness/rule-sets.ts'
import { lane, newWorld } from '../../../test/harness/world.ts'
import { assignWorker } from '../cases/index.ts'
import { declineRemoval, type EntryOutcome } from './index.ts'

type Ruled = { rule: string; provider: 'cdars-phoenix' | 'step-by-step'; evenings: (EntryOutcome | 'not-held')[]; stands: string[] }

/** Evenings end at 20:00 UTC, 21:00 in London, on 5, 12, 19 and 26 May 2026. Everybody's risk is known and not high. */
const ruled: Ruled[] = [
  {
    rule: 'CDARS: an excused absence is a miss, and is followed by a contact within four hours',
    provider: 'cdars-phoenix',
    evenings: ['excused'],
    stands: ['contact 2026-05-06T00:00'],
  },
  {
    rule: 'Step by Step: one excused absence makes a removal from this run due, beside the contact',
    provider: 'step-by-step',
    evenings: ['excused'],
    stands: ['contact 2026-05-06T00:00', 'removal-due 2026-05-06T16:00'],
  },
  { rule: 'CDARS: the second late arrival is followed by nothing', provider: 'cdars-phoenix', evenings: ['late', 'late'], stands: [] },
  { rule: 'Step by Step: so is it there', provider: 'step-by-step', evenings: ['late', 'late'], stands: [] },
  { rule: 'CDARS: leaving early is followed by nothing', provider: 'cdars-phoenix', evenings: ['left-early'], stands: [] },
  { rule: 'a session that was not held is nobody’s miss: CDARS', provider: 'cdars-phoenix', evenings: ['not-held'], stands: [] },
  { rule: 'and Step by Step', provider: 'step-by-step', evenings: ['not-held', 'attended'], stands: [] },
  {
    rule: 'CDARS: each miss has a contact of its own, and the third a review within two working days',
    provider: 'cdars-phoenix',
    evenings: ['absent', 'attended', 'absent', 'absent'],
    stands: ['contact 2026-05-06T00:00', 'contact 2026-05-20T00:00', 'contact 2026-05-27T00:00', 'review 2026-05-28T16:00'],
  },
  {
    rule: 'Step by Step: a second miss brings a second contact and no second proposal while nobody has decided about the first',
    provider: 'step-by-step',
    evenings: ['absent', 'absent'],
    stands: ['contact 2026-05-06T00:00', 'removal-due 2026-05-06T16:00', 'contact 2026-05-13T00:00'],
  },
]

const knownRisk = { present: [7] }

/** A world whose one participant has a signed assessment below high, in a group. */
async function withKnownRisk(provider: 'cdars-phoenix' | 'step-by-step') {
  const world = await newWorld(provider)
  const opened = await caseIn(world, 'accepted')
  await world.as(world.people['programme-manager'], (tx, actor) =>
    assignWorker(tx, actor, { caseId: opened.id, staffId: world.people['intake-worker'].id }),
  )
  await assessed(world, opened.id, knownRisk)
  return runningGroup(world, { cases: [opened] })
}

describe(`what follows from a register, from JSON alone, on ${lane}`, () => {
  test.each(ruled)('$rule', async ({ provider, evenings, stands }) => {
    const running = await withKnownRisk(provider)
    for (const [at, outcome] of evenings.entries())
      await recorded(running, running.met[at]!, outcome === 'not-held' ? 'the heating had failed' : [outcome])
    expect(await standing(running, running.members[0]!)).toEqual(stands)
  })

  test.each([
    ['cdars-phoenix', 'CDARS: a miss in a one-to-one does not count', []],
    ['step-by-step', 'Step by Step: it counts like one in the group', ['contact 2026-05-07T00:00', 'removal-due 2026-05-07T16:00']],
  ] as const)('%s: %s', async (provider, _, stands) => {
    const running = await withKnownRisk(provider)
    const session = await oneToOneWith(running, running.members[0]!, '2026-05-06')
    await recorded(running, running.met[0]!, ['attended'])
    await recorded(running, session, ['absent'])
    expect(await standing(running, running.members[0]!)).toEqual(stands)
  })

  test('a removal that was declined is proposed anew at a further miss, and not before', async () => {
    const running = await withKnownRisk('step-by-step')
    const [place] = running.members
    await recorded(running, running.met[0]!, ['absent'])
    const [first] = await removalsOf(running, place!)
    await running.world.as(running.world.people['safeguarding-lead'], (tx, actor) =>
      declineRemoval(tx, actor, { removalId: first!.id, reason: 'his child was in hospital', expectedVersion: 1 }),
    )
    await recorded(running, running.met[1]!, ['attended'])
    expect((await removalsOf(running, place!)).map(({ status }) => status)).toEqual(['declined'])
    await recorded(running, running.met[2]!, ['absent'])
    expect((await removalsOf(running, place!)).map(({ status }) => status)).toEqual(['declined', 'proposed'])
  })

  test('a threshold that two people change judges the next place that begins, and the one before as it was', async () => {
    const world = await newWorld('step-by-step')
    await published(world, oneMissAllowed('2026-06-01'))
    const [before, after] = [await caseIn(world, 'accepted'), await caseIn(world, 'accepted')]
    const first = await runningGroup(world, { cases: [before], firstOn: '2026-05-26', meetings: 3 })
    const second = await runningGroup(world, { cases: [after], firstOn: '2026-06-02', meetings: 3 })
    const stands = async (running: typeof first) => (await standing(running, running.members[0]!)).map((one) => one.split(' ')[0])
    // The same evening in June, missed by both: one place began under the old rules, one under the new.
    await recorded(first, first.met[0]!, ['attended'])
    await recorded(first, first.met[1]!, ['excused'])
    await recorded(second, second.met[0]!, ['excused'])
    expect(await stands(first)).toContain('removal-due')
    expect(await stands(second)).toContain('contact')
    expect(await stands(second)).not.toContain('removal-due')
    await recorded(second, second.met[1]!, ['absent'])
    expect(await stands(second)).toContain('removal-due')
  })

  test('an evening that is over and not recorded leaves open what would follow: somebody completes the register', async () => {
    const running = await withKnownRisk('step-by-step')
    await recorded(running, running.met[1]!, ['attended'])
    expect((await standing(running, running.members[0]!)).map((one) => one.split(' ')[0])).toEqual(['cannot-tell'])
    for (const at of [0, 2, 3]) await recorded(running, running.met[at]!, ['attended'])
    expect(await standing(running, running.members[0]!)).toEqual([])
  })
})
