import { describe, expect, test } from 'vitest'
import { caseIn } from '../../../test/harness/cases.ts'
import { lane, newWorld, type World } from '../../../test/harness/world.ts'
import type { Actor } from '../../platform/actor.ts'
import { globalId, newId, type Uuid } from '../../platform/ids.ts'
import { addStaff, roleIds, type Role } from '../providers/index.ts'
import { caseStatuses, type CaseStatus } from './states.ts'
import { assertReadableCase, assertWorkableCase, assignWorker, excludeWorker, type AssignableRole } from './index.ts'
import { assignableRoles, caseOpeners, caseWorkers } from './roles.ts'

type Made = { id: Uuid; globalId: string; status: CaseStatus; assigned: Set<Role>; excluded: Set<Role> }

class Undone extends Error {}
/** Whether a command accepts a case; what it changed is rolled back. */
async function accepts(world: World, actor: Actor, command: Parameters<World['as']>[1]): Promise<boolean> {
  try {
    await world.as(actor, async (tx, who) => {
      await command(tx, who)
      throw new Undone()
    })
  } catch (error) {
    if (error instanceof Undone) return true
    expect(['not-found', 'not-allowed']).toContain((error as { code?: string }).code)
  }
  return false
}

/** A provider with cases in every status, given and closed to people by chance. */
async function chanceWorld(seed: number): Promise<{ world: World; made: Made[] }> {
  let state = seed
  const chance = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  const world = await newWorld()
  // Somebody must always be left who answers for every case, so that even the safeguarding lead may step back.
  await world.as(world.people['programme-manager'], (tx, actor) =>
    addStaff(tx, actor, {
      name: 'Second lead',
      issuer: 'i',
      subject: 'second',
      roles: ['safeguarding-lead'],
      idempotencyKey: 'second-lead',
    }),
  )
  const made: Made[] = []
  for (const status of [...caseStatuses, ...caseStatuses]) {
    const row = await caseIn(world, status)
    const one: Made = { id: row.id, globalId: row.globalId, status, assigned: new Set(), excluded: new Set() }
    for (const role of assignableRoles.filter(() => chance() < 0.4)) {
      await world.as(world.people['programme-manager'], (tx, actor) =>
        assignWorker(tx, actor, { caseId: one.id, staffId: world.people[role].id, role }),
      )
      one.assigned.add(role)
    }
    const candidates = roleIds.filter((role) => role !== 'safeguarding-lead' && chance() < 0.2)
    for (const role of candidates) {
      await world.as(world.people['safeguarding-lead'], (tx, actor) =>
        excludeWorker(tx, actor, { caseId: one.id, staffId: world.people[role].id, reason: 'Related.' }),
      )
      one.excluded.add(role)
    }
    made.push(one)
  }
  return { world, made }
}

/** The rule, written a second time and by hand. */
function mayRead(role: Role, one: Made): boolean {
  if (one.excluded.has(role)) return false
  if (['programme-manager', 'safeguarding-lead', 'partner-support-worker'].includes(role)) return true
  if (role === 'intake-worker' && ['referred', 'intake', 'deferred'].includes(one.status)) return true
  return one.assigned.has(role)
}
const mayWork = (role: Role, one: Made): boolean =>
  mayRead(role, one) && ['intake-worker', 'facilitator', 'one-to-one-worker', 'programme-manager', 'safeguarding-lead'].includes(role)

const list = `query ($after: String) { cases(first: 7, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`
async function listed(world: World, actor: Actor): Promise<string[]> {
  const ids: string[] = []
  let after: string | null = null
  do {
    const answer = await world.send(actor, list, { after })
    if (answer.errors) return []
    ids.push(...answer.data.cases.edges.map((edge: { node: { id: string } }) => edge.node.id))
    after = answer.data.cases.pageInfo.hasNextPage ? answer.data.cases.pageInfo.endCursor : null
  } while (after)
  return ids
}

describe(`who opens a case on ${lane}`, () => {
  test('for every role the cases listed, those node(id) reads, those commands accept and those of the rule are the same', async () => {
    let compared = 0
    const { world, made } = await chanceWorld(1)
    for (const role of roleIds) {
      const actor = world.people[role]
      const ofTheRule = made
        .filter((one) => mayRead(role, one))
        .map((one) => one.globalId)
        .sort()
      expect((await listed(world, actor)).sort(), `${role} lists`).toEqual(ofTheRule)
      const nodes = await world.send(actor, `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, { ids: made.map((one) => one.globalId) })
      expect(nodes.data.nodes.flatMap((node: { id: string } | null) => node?.id ?? []).sort(), `${role} reads`).toEqual(ofTheRule)
      for (const one of made) {
        expect(await accepts(world, actor, (tx, who) => assertReadableCase(tx, who, one.id)), `${role} opens ${one.status}`).toBe(
          mayRead(role, one),
        )
        expect(
          await accepts(world, actor, (tx, who) => excludeWorker(tx, who, { caseId: one.id, staffId: who.id, reason: 'A cousin.' })),
          `${role} steps back from ${one.status}`,
        ).toBe(mayRead(role, one))
        expect(await accepts(world, actor, (tx, who) => assertWorkableCase(tx, who, one.id)), `${role} works on ${one.status}`).toBe(
          mayWork(role, one),
        )
        compared += 1
      }
    }
    console.log(`role × case compared: ${compared}`)
    expect(compared).toBe(11 * 18)
  })

  test('commissioners, auditors and rules authors are not even asked which', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    expect(roleIds.filter((role) => !caseOpeners.includes(role))).toEqual(['rules-author', 'commissioner', 'auditor'])
    expect(caseWorkers).not.toContain('partner-support-worker')
    for (const role of ['rules-author', 'commissioner', 'auditor'] as const) {
      expect((await world.send(world.people[role], `{ cases { edges { node { id } } } }`)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
      expect((await world.send(world.people[role], `query ($id: ID!) { node(id: $id) { id } }`, { id: row.globalId })).data.node).toBeNull()
    }
  })

  test('a case of nobody’s, of another provider, of another type and no case are the same answer', async () => {
    const [world, other] = [await newWorld(), await newWorld()]
    const ids = {
      unassigned: (await caseIn(world)).globalId,
      elsewhere: (await caseIn(other)).globalId,
      none: globalId('Case', newId()),
      type: globalId('Task', newId()),
      malformed: '…',
    }
    const query = `query ($id: ID!) { __typename case(id: $id) { reference } node(id: $id) { __typename } }`
    const change = `mutation ($id: ID!) { closeCase(input: { caseId: $id, reason: "over", expectedVersion: 1 }) { __typename ... on Refusal { code message help } } }`
    const answers = await Promise.all(
      Object.values(ids).map(async (id) =>
        JSON.stringify([
          await world.send(world.people.facilitator, query, { id }),
          await world.send(world.people.facilitator, change, { id }),
        ]),
      ),
    )
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toContain('"not-found"')
  })

  test('a role on the case counts only while the person has it', async () => {
    const world = await newWorld()
    const row = await caseIn(world, 'accepted')
    const { facilitator } = world.people
    await world.as(world.people['programme-manager'], (tx, actor) =>
      assignWorker(tx, actor, { caseId: row.id, staffId: facilitator.id, role: 'facilitator' }),
    )
    expect(await accepts(world, facilitator, (tx, who) => assertReadableCase(tx, who, row.id))).toBe(true)
    expect(
      await accepts(world, { ...facilitator, roles: new Set(['one-to-one-worker']) }, (tx, who) => assertReadableCase(tx, who, row.id)),
    ).toBe(false)
  })

  test('whoever takes a case out of intake stays with it', async () => {
    const world = await newWorld()
    const intake = world.people['intake-worker']
    const refused = await caseIn(world, 'refused', { by: intake })
    expect(await accepts(world, intake, (tx, who) => assertWorkableCase(tx, who, refused.id))).toBe(true)
    const answer = await world.send(intake, `query ($id: ID!) { case(id: $id) { status workers { role staff { name } } } }`, {
      id: refused.globalId,
    })
    expect(answer.data.case).toEqual({
      status: 'REFUSED',
      workers: [{ role: 'INTAKE_WORKER', staff: { name: 'Person in intake-worker' } }],
    })
  })

  test('the audit says on what ground each case was opened, and which fields left', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    const grounds: [Role, string][] = [
      ['programme-manager', 'oversight: programme-manager'],
      ['partner-support-worker', 'partner support'],
      ['intake-worker', 'not yet accepted: intake-worker'],
      ['social-worker', 'assigned: social-worker'],
    ]
    await world.as(world.people['programme-manager'], (tx, actor) =>
      assignWorker(tx, actor, {
        caseId: row.id,
        staffId: world.people['social-worker'].id,
        role: 'social-worker' satisfies AssignableRole,
      }),
    )
    for (const [role, allowedBy] of grounds) {
      await world.send(world.people[role], `query ($id: ID!) { case(id: $id) { id status workers { role } } }`, { id: row.globalId })
      const entries = await world.send(
        world.people.auditor,
        `query ($id: ShortText!) { auditEntries(subjectId: $id, first: 1) { edges { node { action fields allowedBy } } } }`,
        { id: row.id },
      )
      expect(entries.data.auditEntries.edges).toEqual([{ node: { action: 'case.read', fields: ['status', 'workers'], allowedBy } }])
    }
  })
})
