import { hashOf } from '@plumbline/rules'
import { load } from '@plumbline/rules/load'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { globalId, newId } from '../../platform/ids.ts'
import { oneMissAllowed, published } from '../../../test/harness/rule-sets.ts'
import { database, lane, newWorld, type World } from '../../../test/harness/world.ts'
import { decide, NoRuleSetInForce, publishShippedRuleSets, replayDecision, resultOf, ruleSetOn, ruleSetVersions } from './index.ts'
import { shippedText } from './shipped.ts'

const list = /* GraphQL */ `
  query ($first: Int, $after: String, $ruleSetId: ShortText) {
    ruleSets(first: $first, after: $after, ruleSetId: $ruleSetId) {
      edges { node { id ruleSetId version decides effectiveFrom untilOn hash text resolvedText } }
      pageInfo { hasNextPage endCursor }
    }
  }
`

describe(`rule sets on ${lane}`, () => {
  test('a new provider has core and its own document, as written and resolved, and only its own decides', async () => {
    const { people, send } = await newWorld('step-by-step')
    const answer = await send(people.facilitator, list)
    const nodes = answer.data.ruleSets.edges.map(
      (edge: { node: { ruleSetId: string; decides: boolean; hash: string; text: string; resolvedText: string } }) => edge.node,
    )
    expect(nodes.map(({ ruleSetId, decides }: { ruleSetId: string; decides: boolean }) => [ruleSetId, decides]).sort()).toEqual([
      ['core', false],
      ['step-by-step', true],
    ])
    for (const node of nodes) {
      expect(node.text).toBe(shippedText(node.ruleSetId))
      const again = load(node.resolvedText)
      expect(again.ok && (await hashOf(again.ruleSet))).toBe(node.hash)
    }
  })

  test('publishing what ships a second time changes nothing', async () => {
    const { people, as } = await newWorld()
    const rows = () => as(people['programme-manager'], (tx) => tx.orm.select().from(ruleSetVersions))
    const before = await rows()
    await as(people['programme-manager'], publishShippedRuleSets)
    expect(await rows()).toEqual(before)
  })

  test('a provider that names a rule set which does not ship is told so, and nothing is published', async () => {
    const world = await newWorld()
    await expect(
      world.as(world.people['programme-manager'], async (tx, actor) => {
        await tx.rows(sql`update providers set rule_set_id = '../core' where provider_id = ${actor.providerId}`)
        return publishShippedRuleSets(tx, actor)
      }),
    ).rejects.toMatchObject({ code: 'rule-set-unusable' })
  })

  test('every worked example of both providers comes out as its document says, and replays the same', async () => {
    let looked = 0
    for (const id of ['cdars-phoenix', 'step-by-step'] as const) {
      const { people, as } = await newWorld(id)
      const loaded = load(shippedText(id)!, [shippedText('core')!])
      if (!loaded.ok) throw new Error('not loadable')
      for (const [name, { kind, asOf, facts, expect: expected }] of Object.entries(loaded.ruleSet.examples)) {
        const decision = await as(people['programme-manager'], (tx, actor) =>
          decide(tx, actor, { kind, asOf, inForceOn: asOf, facts, about: { type: 'example', id: newId() }, caseId: null }),
        )
        expect(resultOf(decision, kind), `${id}: ${name}`).toMatchObject(expected)
        expect(decision.needsHumanReview, `${id}: ${name}`).toBe(false)
        expect(
          await as(people['programme-manager'], (tx, actor) => replayDecision(tx, actor, decision.id)),
          `${id}: ${name}`,
        ).toMatchObject({ same: true, differences: [] })
        looked += 1
      }
    }
    console.log(`worked examples decided: ${looked}`)
    expect(looked).toBeGreaterThan(5)
  }, 120_000)

  test('a version decides from its first day on, until the day the next one begins', async () => {
    const world = await newWorld('step-by-step')
    await published(world, oneMissAllowed('2026-06-01'))
    const on = (day: string) => world.as(world.people.facilitator, async (tx, actor) => (await ruleSetOn(tx, actor, day)).version)
    expect([await on('2025-01-01'), await on('2026-05-31'), await on('2026-06-01')]).toEqual(['1.0.0', '1.0.0', '1.1.0'])
    await expect(on('2024-12-31')).rejects.toBeInstanceOf(NoRuleSetInForce)
    const { data } = await world.send(world.people['rules-author'], list, { ruleSetId: 'step-by-step' })
    expect(
      data.ruleSets.edges.map(({ node }: { node: { version: string; untilOn: string | null } }) => [node.version, node.untilOn]),
    ).toEqual([
      ['1.1.0', null],
      ['1.0.0', '2026-06-01'],
    ])
  })

  test('two versions that begin on one day are refused by the database', async () => {
    const world = await newWorld('step-by-step')
    await published(world, oneMissAllowed('2026-06-01'))
    const again = world.as(world.people['programme-manager'], (tx) =>
      tx.rows(sql`insert into rule_set_versions (provider_id, id, rule_set_id, version, title, effective_from, document_text, resolved_text, hash, published_at)
        select provider_id, ${newId()}, rule_set_id, '1.2.0', title, effective_from, document_text, resolved_text, hash, published_at from rule_set_versions where version = '1.1.0'`),
    )
    await expect(again).rejects.toMatchObject({ sqlState: '23505', constraint: 'rule_set_versions_from' })
  })

  test('pages follow one another without gap or repetition, and a cursor of another list is refused', async () => {
    const world = await newWorld('step-by-step')
    await published(world, oneMissAllowed('2026-06-01'))
    const seen: string[] = []
    let after: string | null = null
    do {
      const { data } = await world.send(world.people.auditor, list, { first: 1, after })
      seen.push(...data.ruleSets.edges.map(({ node }: { node: { id: string } }) => node.id))
      after = data.ruleSets.pageInfo.hasNextPage ? data.ruleSets.pageInfo.endCursor : null
    } while (after)
    expect(new Set(seen).size).toBe(3)
    expect(seen.length).toBe(3)
    for (const key of ['x', '0000-01-01', '2026-02-30']) {
      const forged = Buffer.from(JSON.stringify(['v1', key, newId()])).toString('base64url')
      expect((await world.send(world.people.auditor, list, { after: forged })).errors?.[0]?.extensions.code).toBe('BAD_INPUT')
    }
  })

  test('referrers do not see the rules; another provider’s versions are not there', async () => {
    const [here, there] = [await newWorld(), await newWorld()]
    expect((await here.send(here.people.referrer, list)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    const ids = async ({ send, people }: World) =>
      (await send(people.auditor, list)).data.ruleSets.edges.map(({ node }: { node: { id: string } }) => node.id) as string[]
    const [mine, theirs] = [await ids(here), await ids(there)]
    expect(mine.filter((id) => theirs.includes(id))).toEqual([])
    expect(mine).not.toContain(globalId('RuleSetVersion', there.providerId))
  })

  test('what was published and what was decided cannot be changed or removed, by the application or by the owner of the tables', async () => {
    const world = await newWorld()
    await world.as(world.people['programme-manager'], (tx, actor) =>
      decide(tx, actor, {
        kind: 'eligibility',
        asOf: '2026-05-01',
        inForceOn: '2026-05-01',
        facts: {},
        about: { type: 'referral', id: newId() },
        caseId: null,
      }),
    )
    for (const table of ['rule_set_versions', 'decisions']) {
      for (const statement of [`update ${table} set provider_id = provider_id`, `delete from ${table}`, `truncate ${table} cascade`]) {
        await expect(
          world.as(world.people['programme-manager'], (tx) => tx.rows(sql.raw(statement))),
          statement,
        ).rejects.toMatchObject({ sqlState: '42501' })
        await expect(
          database.asOwner((run) => run(statement)),
          `owner: ${statement}`,
        ).rejects.toThrow(/never changed/)
      }
    }
  })
})
