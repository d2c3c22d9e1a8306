import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { newId } from '../../platform/ids.ts'
import { developmentIssuer } from '../../platform/sign-in.ts'
import { approve, deciding, ending, stored, withdraw } from '../../../test/harness/proposals.ts'
import { approved, oneMissAllowed, proposed } from '../../../test/harness/rule-sets.ts'
import { database, lane, newWorld, type World } from '../../../test/harness/world.ts'
import { addStaff } from '../providers/index.ts'
import { approveRuleSet, proposeRuleSet, ruleSetVersions } from './index.ts'

describe(`two people over the same bytes on ${lane}`, () => {
  test('two accounts of one person are one person', async () => {
    const world = await newWorld('step-by-step')
    const { people, as } = world
    const subject = `PROGRAMME-MANAGER@${world.providerId}`
    const second = await as(people['programme-manager'], (tx, actor) =>
      addStaff(tx, actor, {
        name: 'The same again',
        issuer: `${developmentIssuer}/other`,
        subject,
        roles: ['safeguarding-lead'],
        idempotencyKey: newId(),
      }),
    )
    const account = { ...people['safeguarding-lead'], id: second.id }
    const proposal = await as(people['programme-manager'], (tx, actor) =>
      proposeRuleSet(tx, actor, { text: oneMissAllowed('2026-06-01'), reason: 'asked for', idempotencyKey: newId() }),
    )
    const approval = { proposalId: proposal.id, textHash: proposal.textHash, expectedVersion: 1 }
    await expect(as(account, (tx, actor) => approveRuleSet(tx, actor, approval))).rejects.toMatchObject({ code: 'second-person-needed' })
    await expect(
      as(account, (tx) => tx.rows(sql`update rule_set_proposals set status = 'approved', decided_by = ${second.id}, decided_at = now()`)),
    ).rejects.toMatchObject({ sqlState: '23001' })
  })

  test('of two people who approve at the same moment one wins and the other is told, twenty times over', async () => {
    const world = await newWorld('step-by-step')
    const { people, send } = world
    const lost: string[] = []
    for (let round = 1; round <= 20; round += 1) {
      const proposal = await proposed(world, oneMissAllowed(`2026-06-${String(round).padStart(2, '0')}`, `1.${round}.0`))
      const answers = await Promise.all(
        [people['programme-manager'], people['safeguarding-lead']].map((person) => send(person, approve, deciding(proposal))),
      )
      const results = answers.map(({ data }) => data.approveRuleSet)
      expect(results.map(({ __typename }) => __typename).sort()).toEqual(['RuleSetProposal', 'StaleVersion'])
      lost.push(...results.filter(({ code }) => code).map(({ code }) => code))
    }
    console.log(`races of two approvers: ${lost.length}, one winner each`)
    expect(await stored(world)).toEqual([20, 22])
  }, 120_000)

  test('of an approval and a withdrawal at the same moment one holds; of two proposals approved at the same moment one is published', async () => {
    const world = await newWorld('step-by-step')
    const { people, send, as } = world
    for (let round = 1; round <= 8; round += 1) {
      const proposal = await proposed(world, oneMissAllowed(`2026-06-${String(round).padStart(2, '0')}`, `1.${round}.0`))
      const [one, other] = await Promise.all([
        send(people['programme-manager'], approve, deciding(proposal)),
        send(people['rules-author'], withdraw, ending(proposal)),
      ])
      expect([one.data.approveRuleSet.__typename, other.data.withdrawRuleSetProposal.__typename].sort()).toEqual([
        'RuleSetProposal',
        'StaleVersion',
      ])
    }
    const [, before] = await stored(world)
    const first = await proposed(world, oneMissAllowed('2026-07-01', '2.0.0'))
    const second = await as(people['programme-manager'], (tx, actor) =>
      proposeRuleSet(tx, actor, { text: oneMissAllowed('2026-07-02', '2.0.0'), reason: 'another day', idempotencyKey: newId() }),
    )
    const both = await Promise.all([first, second].map((proposal) => send(people['safeguarding-lead'], approve, deciding(proposal))))
    expect(both.map(({ data }) => data.approveRuleSet.__typename).sort()).toEqual(['RuleSetProposal', 'StaleVersion'])
    expect((await stored(world))[1]).toBe(before! + 1)
  }, 120_000)

  test('the database itself refuses another text, another decision and an approval by the proposer, whoever asks', async () => {
    const world = await newWorld('step-by-step')
    const { people, as } = world
    const proposal = await proposed(world, oneMissAllowed('2026-06-01'))
    const approval = (by: string) =>
      `update rule_set_proposals set status = 'approved', decided_by = '${by}', decided_at = now() where id = '${proposal.id}'`
    const asPerson = (person: keyof World['people'], statement: string) => as(people[person], (tx) => tx.rows(sql.raw(statement)))
    await expect(asPerson('rules-author', approval(people['rules-author'].id))).rejects.toMatchObject({
      sqlState: expect.stringMatching(/^23/),
    })
    await expect(asPerson('rules-author', approval(people['programme-manager'].id)), 'in another’s name').rejects.toMatchObject({
      sqlState: '23001',
    })
    await expect(asPerson('facilitator', approval(people.facilitator.id)), 'by somebody who answers for no case').rejects.toMatchObject({
      sqlState: '23001',
    })
    await expect(
      database.asOwner((run) => run(approval(people['programme-manager'].id))),
      'as the owner of the tables',
    ).rejects.toThrow(/signed in/)
    const changes = [
      `document_text = document_text || ' '`,
      `effective_from = '2026-05-01'`,
      `hash = text_hash`,
      `proposed_by = '${people.facilitator.id}'`,
      `impact_text = '{}'`,
    ]
    for (const phase of ['open', 'approved'] as const) {
      if (phase === 'approved') await approved(world, proposal)
      for (const change of [
        ...changes,
        ...(phase === 'approved' ? [`status = 'proposed', decided_by = null, decided_at = null`, `decision_reason = 'x'`] : []),
      ]) {
        const statement = `update rule_set_proposals set ${change} where id = '${proposal.id}'`
        await expect(asPerson('programme-manager', statement), `${phase}: ${change}`).rejects.toMatchObject({
          sqlState: expect.stringMatching(/^23/),
        })
        await expect(
          database.asOwner((run) => run(statement)),
          `${phase}, owner: ${change}`,
        ).rejects.toThrow()
      }
      for (const statement of ['delete from rule_set_proposals', 'truncate rule_set_proposals cascade'])
        await expect(
          database.asOwner((run) => run(statement)),
          statement,
        ).rejects.toThrow(/never changed/)
    }
    const insert = `insert into rule_set_proposals select provider_id, '${newId()}', rule_set_id, '9.0.0', title, effective_from, document_text, text_hash, resolved_text, hash, reason, impact_text, status, proposed_by, proposed_at, decided_by, decided_at from rule_set_proposals`
    await expect(asPerson('programme-manager', insert), 'born approved').rejects.toMatchObject({ sqlState: '23001' })
  })

  test('the database publishes nothing further without two people, nothing that differs from what they agreed on, and nothing backdated', async () => {
    const world = await newWorld('step-by-step')
    const { people, as } = world
    const open = await proposed(world, oneMissAllowed('2026-06-01'))
    const publish = (proposalId: string | null, change: Partial<typeof ruleSetVersions.$inferInsert> = {}) =>
      as(people['programme-manager'], (tx, actor) =>
        tx.orm.insert(ruleSetVersions).values({
          providerId: actor.providerId,
          id: tx.newId(),
          ruleSetId: open.ruleSetId,
          version: open.ruleSetVersion,
          title: open.title,
          effectiveFrom: open.effectiveFrom,
          documentText: open.documentText,
          resolvedText: open.resolvedText,
          hash: open.hash,
          publishedAt: tx.now,
          publishedBy: actor.id,
          proposalId,
          ...change,
        }),
      )
    await expect(publish(null), 'without a proposal').rejects.toMatchObject({ sqlState: '23001' })
    await expect(publish(open.id), 'an open proposal').rejects.toMatchObject({ sqlState: '23001' })
    await expect(publish(open.id, { effectiveFrom: '2026-05-01' }), 'from today').rejects.toMatchObject({ sqlState: '23514' })
    await approved(world, open)
    await expect(publish(open.id, { version: '1.2.0', effectiveFrom: '2026-07-01' }), 'a second time').rejects.toMatchObject({
      sqlState: expect.stringMatching(/^23/),
    })
    expect(await stored(world)).toEqual([1, 3])
  })
})
