import { describe, expect, test } from 'vitest'
import { assessed, vector6 } from '../../../test/harness/assessed.ts'
import { referred } from '../../../test/harness/referred.ts'
import { recorded, runningGroup } from '../../../test/harness/registers.ts'
import { lane, newWorld } from '../../../test/harness/world.ts'
import type { Actor } from '../../platform/actor.ts'
import { localId, newId } from '../../platform/ids.ts'
import { recordOutsideResult } from '../assessments/index.ts'
import { assignWorker, moveCase } from '../cases/index.ts'
import { decideEligibility, recordSuitability } from '../intake/index.ts'
import { grantRole } from '../providers/index.ts'
import { decideCompletion, recordOutcomes } from './index.ts'

/** Everything that stands on a case and is not for its referrer, each with its id where it has one. */
const details = /* GraphQL */ `
  query ($id: ID!) {
    case(id: $id) {
      statusHistory { to }
      timeline { edges { node { id } } }
      endings { id }
      openConcerns { id }
      latestAssessment { id riskDecision { id } safeguardingDecision { id } }
      assessments { edges { node { id } } }
      outsideResults { id }
      outsideResultsKnown
      eligibility { id decision { id } }
      eligibilityHistory { id }
      suitability { id }
      consents { id }
      attendance { id }
      attendanceConsequences { id }
      removals { id }
      outcomeReviews { id }
      places { completion { id decision { id } } completionHistory { id } history { to } }
    }
  }
`
/** What a referrer gets instead. */
const nothing = {
  statusHistory: null,
  timeline: null,
  endings: null,
  openConcerns: null,
  latestAssessment: null,
  assessments: { edges: [] },
  outsideResults: [],
  outsideResultsKnown: null,
  eligibility: null,
  eligibilityHistory: [],
  suitability: [],
  consents: [],
  attendance: null,
  attendanceConsequences: null,
  removals: null,
  outcomeReviews: [],
  places: [{ completion: null, completionHistory: [], history: null }],
}
const node = `query ($id: ID!) { node(id: $id) { __typename } }`

const besides = ['social-worker', 'one-to-one-worker', 'facilitator', 'intake-worker'] as const
type Besides = (typeof besides)[number]

/** A case with something under every field above, and its referrer, who has another role besides. */
async function fullCase(role: Besides | null) {
  const world = await newWorld('step-by-step')
  const { people, as, send } = world
  const manager = people['programme-manager']
  const referral = await referred(world, {}, people.referrer)
  const known = await send(manager, `query ($id: ID!) { referral(id: $id) { case { id } } }`, { id: referral.id })
  const id: string = known.data.referral.case.id
  const caseId = localId('Case', id)!
  const opened = await as(manager, async (tx, actor) => {
    await decideEligibility(tx, actor, { caseId, idempotencyKey: newId() })
    await recordSuitability(tx, actor, {
      idempotencyKey: newId(),
      caseId,
      outcome: 'deferred',
      category: 'not-ready-yet',
      reason: 'He starts a new job.',
      staffSafetyRisk: 'none-known',
      reviewOn: '2026-05-20',
    })
    await moveCase(tx, actor, caseId, 'intake', null)
    await assignWorker(tx, actor, { caseId, staffId: people['intake-worker'].id, role: 'intake-worker' })
    return moveCase(tx, actor, caseId, 'accepted', 'so that a test can begin')
  })
  await as(people['intake-worker'], (tx, actor) =>
    recordOutsideResult(tx, actor, {
      idempotencyKey: newId(),
      caseId,
      tool: 'sara-v3',
      toolVersion: '2015',
      takenOn: '2026-04-20',
      band: 'High',
      source: 'probation',
    }),
  )
  await assessed(world, caseId, vector6, { hasWeaponToHand: 'yes' })
  const running = await runningGroup(world, { cases: [opened], meetings: 2 })
  await recorded(running, running.met[0]!, ['absent'])
  await as(manager, async (tx, actor) => {
    const measures = [{ measure: 'safety-from-violence', version: '1', source: 'worker', change: 'no-significant-change' }] as const
    await recordOutcomes(tx, actor, { idempotencyKey: newId(), caseId, point: 'mid', takenOn: tx.today, measures })
    await decideCompletion(tx, actor, { idempotencyKey: newId(), placeId: running.members[0]!.id })
    await assignWorker(tx, actor, { caseId, staffId: people.referrer.id, role: 'referrer' })
    if (role) await grantRole(tx, actor, { staffId: people.referrer.id, role, expectedVersion: 1 })
  })
  const read = async (by: Actor) => (await send(by, details, { id })).data.case
  return { world, caseId, manager, referrer: people.referrer, read }
}

const idsIn = (value: unknown): string[] =>
  value === null || typeof value !== 'object'
    ? []
    : Object.entries(value).flatMap(([key, inner]) => (key === 'id' && typeof inner === 'string' ? [inner] : idsIn(inner)))

describe(`somebody who is assigned to a case as its referrer, on ${lane}`, () => {
  test.each(besides)('reads no more of it for being a %s elsewhere, by its fields and by the id of anything below it', async (role) => {
    const { world, caseId, manager, referrer, read } = await fullCase(role)
    const whole = await read(manager)
    for (const [field, empty] of Object.entries(nothing)) {
      if (!['endings', 'consents'].includes(field)) expect({ [field]: whole[field] }).not.toEqual({ [field]: empty })
    }
    expect(await read(referrer)).toEqual(nothing)

    const ids = [...new Set(idsIn(whole))].filter(
      (one) => !['CaseEvent', 'AttendanceEntry', 'SuitabilityDecision'].some((type) => localId(type, one)),
    )
    console.log(`things below the case, asked for by id: ${ids.length}`)
    expect(ids.length).toBeGreaterThan(9)
    for (const one of ids) {
      expect((await world.send(manager, node, { id: one })).data.node).not.toBeNull()
      expect([one, (await world.send(referrer, node, { id: one })).data.node]).toEqual([one, null])
    }

    await world.as(manager, (tx, actor) => assignWorker(tx, actor, { caseId, staffId: referrer.id, role }))
    const worksWithIt = await read(referrer)
    expect(worksWithIt.attendance).toEqual(whole.attendance)
    expect(worksWithIt.outcomeReviews).toEqual(whole.outcomeReviews)
    expect(worksWithIt.suitability).toEqual(whole.suitability)
  })

  test('reads none of it with no other role', async () => {
    const { referrer, read } = await fullCase(null)
    expect(await read(referrer)).toEqual(nothing)
  })
})
