import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { globalId, newId } from '../../platform/ids.ts'
import { developmentIssuer } from '../../platform/sign-in.ts'
import { approved, oneMissAllowed, proposed, published, stepByStep } from '../../../test/harness/rule-sets.ts'
import { clock, database, lane, newWorld, type World } from '../../../test/harness/world.ts'
import { addStaff } from '../providers/index.ts'
import { approveRuleSet, decide, proposeRuleSet, resultOf, ruleSetOn, ruleSetProposals, ruleSetVersions, type RuleSetProposal } from './index.ts'

const shown = `id status ruleSetId ruleSetVersion effectiveFrom text textHash hash reason comparedWith changes version decisionReason
  impact { decisions sentences } proposedBy { name } decidedBy { name } decidedAt supersededBy { id } published { version hash text publishedBy { name } }`
const refusal = `... on Refusal { code message help } ... on StaleVersion { currentVersion } ... on InvalidMove { allowed }`
const issues = `... on RuleSetRefused { issues { code pointer line column message help } }`
const propose = `mutation ($input: ProposeRuleSetInput!) { proposeRuleSet(input: $input) { __typename ... on RuleSetProposal { ${shown} } ${refusal} ${issues} } }`
const approve = `mutation ($input: ApproveRuleSetInput!) { approveRuleSet(input: $input) { __typename ... on RuleSetProposal { ${shown} } ${refusal} ${issues} } }`
const decline = `mutation ($input: DeclineRuleSetInput!) { declineRuleSet(input: $input) { __typename ... on RuleSetProposal { ${shown} } ${refusal} } }`
const withdraw = `mutation ($input: WithdrawRuleSetProposalInput!) { withdrawRuleSetProposal(input: $input) { __typename ... on RuleSetProposal { ${shown} } ${refusal} } }`
const list = `query ($first: Int, $after: String, $status: RuleSetProposalStatus) { ruleSetProposals(first: $first, after: $after, status: $status) { edges { node { id status ruleSetVersion } } pageInfo { hasNextPage endCursor } } }`
const tasks = `query ($filter: TaskFilter!) { myTasks(filter: $filter) { edges { node { kind title dueAt status subjectId record } } } }`
const audit = `query ($id: String) { auditEntries(subjectId: $id) { edges { node { action } } } }`

const input = (text: string, more: object = {}) => ({ input: { text, reason: 'one miss happens to everybody', idempotencyKey: newId(), ...more } })
const deciding = ({ id, textHash, version }: { id: string; textHash: string; version: number }, more: object = {}) => ({
  input: { proposalId: id.includes('-') ? globalId('RuleSetProposal', id) : id, textHash, expectedVersion: version, ...more },
})
const ending = ({ id, version }: { id: string; version: number }, reason = 'not in the middle of a run') => ({ input: { proposalId: globalId('RuleSetProposal', id), reason, expectedVersion: version } })
const nodes = (connection: { edges: { node: Record<string, string> }[] }) => connection.edges.map(({ node }) => node)
const missesAllowed = (world: World, day: string) => world.as(world.people.facilitator, async (tx, actor) => (await ruleSetOn(tx, actor, day)).ruleSet.document.parameters.missesAllowed?.value)
const stored = (world: World) => world.as(world.people['rules-author'], async (tx) => [(await tx.orm.select().from(ruleSetProposals)).length, (await tx.orm.select().from(ruleSetVersions)).length])

/** A register with one excused absence, decided by the version in force on the day the place began. */
const oneMiss = (world: World, joinedOn: string) =>
  world.as(world.people.facilitator, async (tx, actor) => {
    const facts = { 'place.joinedOn': joinedOn, 'attendance.register': [{ session: 's1', kind: 'group', date: joinedOn, outcome: 'excused' }] }
    const decision = await decide(tx, actor, { kind: 'attendance', inForceOn: joinedOn, asOf: joinedOn, facts, about: { type: 'place', id: newId() }, caseId: null })
    return resultOf(decision, 'attendance')?.outcome
  })

describe(`proposed rule sets on ${lane}`, () => {
  test('Step by Step allows one miss from a day on: proposed, not approved by its author, approved by another person, and only places that begin from then on are judged by it', async () => {
    const world = await newWorld('step-by-step')
    const { people, send } = world
    const text = oneMissAllowed('2026-06-01')
    const { data } = await send(people['programme-manager'], propose, input(text))
    const proposal = data.proposeRuleSet
    expect(proposal).toMatchObject({
      status: 'PROPOSED',
      ruleSetVersion: '1.1.0',
      effectiveFrom: '2026-06-01',
      text,
      textHash: createHash('sha256').update(text).digest('hex'),
      comparedWith: '1.0.0',
      changes: [expect.stringMatching(/^.+ \(missesAllowed\): 0 becomes 1$/)],
      published: null,
      version: 1,
    })
    expect(await missesAllowed(world, '2026-06-01')).toBe(0)

    const byAuthor = await send(people['programme-manager'], approve, deciding(proposal))
    expect(byAuthor.data.approveRuleSet).toMatchObject({ __typename: 'SecondPersonNeeded', code: 'second-person-needed' })
    expect(await missesAllowed(world, '2026-06-01')).toBe(0)

    const { data: then } = await send(people['safeguarding-lead'], approve, deciding(proposal))
    expect(then.approveRuleSet).toMatchObject({
      __typename: 'RuleSetProposal',
      status: 'APPROVED',
      version: 2,
      decidedBy: { name: 'Person in safeguarding-lead' },
      published: { version: '1.1.0', hash: proposal.hash, text, publishedBy: { name: 'Person in safeguarding-lead' } },
    })
    expect([await missesAllowed(world, '2026-05-31'), await missesAllowed(world, '2026-06-01'), await missesAllowed(world, '2027-01-01')]).toEqual([0, 1, 1])
    expect([await oneMiss(world, '2026-05-31'), await oneMiss(world, '2026-06-01')]).toEqual(['removal-due', 'contact'])
    expect(nodes((await send(people.auditor, audit, { id: Buffer.from(proposal.id, 'base64').toString().split(':')[1] })).data.auditEntries).map(({ action }) => action)).toEqual(['rule-set.approved', 'rule-set.proposed'])
  })

  test('bytes that differ from those proposed are not approved, and nothing is published', async () => {
    const world = await newWorld('step-by-step')
    const proposal = await proposed(world, oneMissAllowed('2026-06-01'))
    const other = createHash('sha256').update(`${proposal.documentText} `).digest('hex')
    for (const textHash of [other, proposal.textHash.toUpperCase(), proposal.hash])
      expect((await world.send(world.people['programme-manager'], approve, deciding(proposal, { textHash }))).data.approveRuleSet).toMatchObject({ __typename: 'HashDiffers', code: 'hash-differs' })
    expect(await stored(world)).toEqual([1, 2])
  })

  test('two accounts of one person are one person', async () => {
    const world = await newWorld('step-by-step')
    const { people, as } = world
    const subject = `PROGRAMME-MANAGER@${world.providerId}`
    const second = await as(people['programme-manager'], (tx, actor) => addStaff(tx, actor, { name: 'The same again', issuer: `${developmentIssuer}/other`, subject, roles: ['safeguarding-lead'], idempotencyKey: newId() }))
    const account = { ...people['safeguarding-lead'], id: second.id }
    const proposal = await as(people['programme-manager'], (tx, actor) => proposeRuleSet(tx, actor, { text: oneMissAllowed('2026-06-01'), reason: 'asked for', idempotencyKey: newId() }))
    const approval = { proposalId: proposal.id, textHash: proposal.textHash, expectedVersion: 1 }
    await expect(as(account, (tx, actor) => approveRuleSet(tx, actor, approval))).rejects.toMatchObject({ code: 'second-person-needed' })
    await expect(as(account, (tx) => tx.rows(sql`update rule_set_proposals set status = 'approved', decided_by = ${second.id}, decided_at = now()`))).rejects.toMatchObject({ sqlState: '23001' })
  })

  test('of two people who approve at the same moment one wins and the other is told, twenty times over', async () => {
    const world = await newWorld('step-by-step')
    const { people, send } = world
    const lost: string[] = []
    for (let round = 1; round <= 20; round += 1) {
      const proposal = await proposed(world, oneMissAllowed(`2026-06-${String(round).padStart(2, '0')}`, `1.${round}.0`))
      const answers = await Promise.all([people['programme-manager'], people['safeguarding-lead']].map((person) => send(person, approve, deciding(proposal))))
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
      const [one, other] = await Promise.all([send(people['programme-manager'], approve, deciding(proposal)), send(people['rules-author'], withdraw, ending(proposal))])
      expect([one.data.approveRuleSet.__typename, other.data.withdrawRuleSetProposal.__typename].sort()).toEqual(['RuleSetProposal', 'StaleVersion'])
    }
    const [, before] = await stored(world)
    const first = await proposed(world, oneMissAllowed('2026-07-01', '2.0.0'))
    const second = await as(people['programme-manager'], (tx, actor) => proposeRuleSet(tx, actor, { text: oneMissAllowed('2026-07-02', '2.0.0'), reason: 'another day', idempotencyKey: newId() }))
    const both = await Promise.all([first, second].map((proposal) => send(people['safeguarding-lead'], approve, deciding(proposal))))
    expect(both.map(({ data }) => data.approveRuleSet.__typename).sort()).toEqual(['RuleSetProposal', 'StaleVersion'])
    expect((await stored(world))[1]).toBe(before! + 1)
  }, 120_000)

  test('an edit is a new proposal, and publishing one supersedes the others: what they were compared with is not the latest any more', async () => {
    const world = await newWorld('step-by-step')
    const { people, send, as } = world
    const first = await proposed(world, oneMissAllowed('2026-06-01'))
    const edited = await proposed(world, oneMissAllowed('2026-06-02'))
    const others = await as(people['programme-manager'], (tx, actor) => proposeRuleSet(tx, actor, { text: oneMissAllowed('2026-09-01', '1.2.0'), reason: 'later', idempotencyKey: newId() }))
    expect((await send(people['programme-manager'], approve, deciding(first))).data.approveRuleSet).toMatchObject({ __typename: 'StaleVersion', currentVersion: 2 })
    expect((await send(people['programme-manager'], approve, deciding({ ...first, version: 2 }))).data.approveRuleSet).toMatchObject({ __typename: 'InvalidMove', allowed: [] })
    await approved(world, edited)
    const found = nodes((await send(people.auditor, list)).data.ruleSetProposals)
    expect(found.map(({ id, status }) => [id, status])).toEqual([
      [globalId('RuleSetProposal', others.id), 'SUPERSEDED'],
      [globalId('RuleSetProposal', edited.id), 'APPROVED'],
      [globalId('RuleSetProposal', first.id), 'SUPERSEDED'],
    ])
    expect(nodes((await send(people.auditor, list, { status: 'APPROVED' })).data.ruleSetProposals).length).toBe(1)
  })

  test('the database itself refuses another text, another decision and an approval by the proposer, whoever asks', async () => {
    const world = await newWorld('step-by-step')
    const { people, as } = world
    const proposal = await proposed(world, oneMissAllowed('2026-06-01'))
    const approval = (by: string) => `update rule_set_proposals set status = 'approved', decided_by = '${by}', decided_at = now() where id = '${proposal.id}'`
    const asPerson = (person: keyof World['people'], statement: string) => as(people[person], (tx) => tx.rows(sql.raw(statement)))
    await expect(asPerson('rules-author', approval(people['rules-author'].id))).rejects.toMatchObject({ sqlState: expect.stringMatching(/^23/) })
    await expect(asPerson('rules-author', approval(people['programme-manager'].id)), 'in another’s name').rejects.toMatchObject({ sqlState: '23001' })
    await expect(asPerson('facilitator', approval(people.facilitator.id)), 'by somebody who answers for no case').rejects.toMatchObject({ sqlState: '23001' })
    await expect(database.asOwner((run) => run(approval(people['programme-manager'].id))), 'as the owner of the tables').rejects.toThrow(/signed in/)
    const changes = [`document_text = document_text || ' '`, `effective_from = '2026-05-01'`, `hash = text_hash`, `proposed_by = '${people.facilitator.id}'`, `impact_text = '{}'`]
    for (const phase of ['open', 'approved'] as const) {
      if (phase === 'approved') await approved(world, proposal)
      for (const change of [...changes, ...(phase === 'approved' ? [`status = 'proposed', decided_by = null, decided_at = null`, `decision_reason = 'x'`] : [])]) {
        const statement = `update rule_set_proposals set ${change} where id = '${proposal.id}'`
        await expect(asPerson('programme-manager', statement), `${phase}: ${change}`).rejects.toMatchObject({ sqlState: expect.stringMatching(/^23/) })
        await expect(database.asOwner((run) => run(statement)), `${phase}, owner: ${change}`).rejects.toThrow()
      }
      for (const statement of ['delete from rule_set_proposals', 'truncate rule_set_proposals cascade']) await expect(database.asOwner((run) => run(statement)), statement).rejects.toThrow(/never changed/)
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
          ...{ providerId: actor.providerId, id: tx.newId(), ruleSetId: open.ruleSetId, version: open.ruleSetVersion, title: open.title, effectiveFrom: open.effectiveFrom },
          ...{ documentText: open.documentText, resolvedText: open.resolvedText, hash: open.hash, publishedAt: tx.now, publishedBy: actor.id, proposalId },
          ...change,
        }),
      )
    await expect(publish(null), 'without a proposal').rejects.toMatchObject({ sqlState: '23001' })
    await expect(publish(open.id), 'an open proposal').rejects.toMatchObject({ sqlState: '23001' })
    await expect(publish(open.id, { effectiveFrom: '2026-05-01' }), 'from today').rejects.toMatchObject({ sqlState: '23514' })
    await approved(world, open)
    await expect(publish(open.id, { version: '1.2.0', effectiveFrom: '2026-07-01' }), 'a second time').rejects.toMatchObject({ sqlState: expect.stringMatching(/^23/) })
    expect(await stored(world)).toEqual([1, 3])
  })

  test('a proposal that is no longer ahead of its day is not approved', async () => {
    const world = await newWorld('step-by-step')
    const proposal = await proposed(world, oneMissAllowed('2026-06-01'))
    clock.moveTo('2026-05-31T22:59:00.000Z')
    expect((await world.send(world.people['safeguarding-lead'], approve, deciding(proposal, { textHash: 'x' }))).data.approveRuleSet.code).toBe('hash-differs')
    clock.moveTo('2026-05-31T23:00:00.000Z')
    expect((await world.send(world.people['safeguarding-lead'], approve, deciding(proposal))).data.approveRuleSet).toMatchObject({ code: 'rule-set-refused', issues: [{ code: 'not-to-come', pointer: '/effectiveFrom' }] })
    expect(await stored(world)).toEqual([1, 2])
  })

  test('it becomes a task of the second person, with time to read it before its day, and the task ends with it', async () => {
    const world = await newWorld('step-by-step')
    const { people, send } = world
    const mine = async (person: keyof World['people'], filter: string) => nodes((await send(people[person], tasks, { filter })).data.myTasks).filter(({ kind }) => kind === 'APPROVE_RULE_SET')
    const first = await proposed(world, oneMissAllowed('2026-06-01'))
    expect(await mine('programme-manager', 'OPEN')).toMatchObject([{ title: 'Read a proposed rule set, and approve or decline it', subjectId: first.id, dueAt: '2026-05-11T16:00:00.000Z' }])
    const edited = await proposed(world, oneMissAllowed('2026-05-05'))
    expect((await mine('programme-manager', 'CANCELLED')).map(({ subjectId }) => subjectId)).toEqual([first.id])
    expect(await mine('programme-manager', 'OPEN')).toMatchObject([{ subjectId: edited.id, dueAt: '2026-05-04T16:00:00.000Z' }])
    await approved(world, edited)
    expect(await mine('programme-manager', 'DONE')).toMatchObject([{ subjectId: edited.id, record: 'the proposal was approved' }])
    const own = await world.as(people['programme-manager'], (tx, actor) => proposeRuleSet(tx, actor, { text: oneMissAllowed('2026-06-01', '1.2.0'), reason: 'x', idempotencyKey: newId() }))
    expect(await mine('programme-manager', 'OPEN')).toEqual([])
    expect((await mine('safeguarding-lead', 'OPEN')).map(({ subjectId }) => subjectId)).toEqual([own.id])
  })

  test('it is declined by another person and withdrawn by its author, each with a reason, and stays so', async () => {
    const world = await newWorld('step-by-step')
    const { people, send } = world
    const first = await proposed(world, oneMissAllowed('2026-06-01'))
    expect((await send(people['programme-manager'], withdraw, ending(first))).data.withdrawRuleSetProposal.code).toBe('not-allowed')
    expect((await send(people['rules-author'], decline, ending(first))).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await send(people['programme-manager'], decline, ending({ ...first, version: 7 }))).data.declineRuleSet).toMatchObject({ code: 'stale-version', currentVersion: 1 })
    expect((await send(people['programme-manager'], decline, ending(first))).data.declineRuleSet).toMatchObject({ status: 'DECLINED', decisionReason: 'not in the middle of a run', decidedBy: { name: 'Person in programme-manager' } })
    expect((await send(people['programme-manager'], approve, deciding({ ...first, version: 2 }))).data.approveRuleSet).toMatchObject({ code: 'invalid-move', help: 'it stays as it is' })
    const second = await proposed(world, oneMissAllowed('2026-06-01'))
    expect((await send(people['rules-author'], withdraw, ending(second, 'a slip'))).data.withdrawRuleSetProposal).toMatchObject({ status: 'WITHDRAWN', decisionReason: 'a slip' })
    expect((await send(people['rules-author'], withdraw, ending({ ...second, version: 2 }, 'again'))).data.withdrawRuleSetProposal.code).toBe('invalid-move')
    const own = await world.as(people['programme-manager'], (tx, actor) => proposeRuleSet(tx, actor, { text: oneMissAllowed('2026-06-01'), reason: 'x', idempotencyKey: newId() }))
    expect((await send(people['programme-manager'], decline, ending(own))).data.declineRuleSet.code).toBe('second-person-needed')
    expect(await missesAllowed(world, '2026-06-01')).toBe(0)
  })

  test('the same key proposes once; with another text it is refused', async () => {
    const world = await newWorld('step-by-step')
    const { people, send } = world
    const variables = input(oneMissAllowed('2026-06-01'))
    const once = await send(people['rules-author'], propose, variables)
    expect(await send(people['rules-author'], propose, variables)).toEqual(once)
    expect((await send(people['rules-author'], propose, { input: { ...variables.input, text: `${variables.input.text} ` } })).data.proposeRuleSet.code).toBe('idempotency-key-reused')
    expect((await stored(world))[0]).toBe(1)
  })

  test('who has nothing to do with rules sees and changes nothing; another provider’s proposal is not there', async () => {
    const [here, there] = [await newWorld('step-by-step'), await newWorld('step-by-step')]
    const theirs = await proposed(there, oneMissAllowed('2026-06-01'))
    for (const role of ['referrer', 'social-worker', 'intake-worker', 'facilitator', 'one-to-one-worker', 'partner-support-worker', 'commissioner'] as const) {
      expect((await here.send(here.people[role], list)).errors?.[0]?.extensions.code, role).toBe('FORBIDDEN')
      expect((await here.send(here.people[role], propose, input('{}'))).errors?.[0]?.extensions.code, role).toBe('FORBIDDEN')
      expect((await here.send(here.people[role], approve, deciding(theirs))).errors?.[0]?.extensions.code, role).toBe('FORBIDDEN')
    }
    for (const [field, text, variables] of [['approveRuleSet', approve, deciding(theirs)], ['declineRuleSet', decline, ending(theirs)], ['approveRuleSet', approve, deciding(theirs, { proposalId: 'nonsense' })]] as const)
      expect((await here.send(here.people['programme-manager'], text, variables)).data[field]).toMatchObject({ __typename: 'NotFound' })
    expect((await here.send(here.people['rules-author'], withdraw, ending(theirs))).data.withdrawRuleSetProposal.__typename).toBe('NotFound')
    const node = `query ($id: ID!) { node(id: $id) { id } }`
    const id = { id: globalId('RuleSetProposal', theirs.id) }
    const readers = [[there.people.auditor, there, true], [there.people.facilitator, there, false], [here.people.auditor, here, false]] as const
    for (const [person, world, sees] of readers) expect((await world.send(person, node, id)).data.node !== null).toBe(sees)
    expect(nodes((await here.send(here.people.auditor, list)).data.ruleSetProposals)).toEqual([])
  })

  test('pages of proposals follow one another, the newest first', async () => {
    const world = await newWorld('step-by-step')
    const made: RuleSetProposal[] = []
    for (const version of ['1.1.0', '1.2.0', '1.3.0']) made.push(await proposed(world, oneMissAllowed('2026-06-01', version)))
    const seen: string[] = []
    for (let after: string | null = null, more = true; more; ) {
      const { data } = await world.send(world.people.auditor, list, { first: 1, after })
      seen.push(...nodes(data.ruleSetProposals).map(({ ruleSetVersion }) => ruleSetVersion!))
      after = data.ruleSetProposals.pageInfo.endCursor
      more = data.ruleSetProposals.pageInfo.hasNextPage
    }
    expect(seen).toEqual(['1.3.0', '1.2.0', '1.1.0'])
  })

  test('a published version is what the next one is compared with', async () => {
    const world = await newWorld('step-by-step')
    await published(world, oneMissAllowed('2026-06-01'))
    const { data } = await world.send(world.people['rules-author'], propose, input(stepByStep((document) => Object.assign(document, { version: '1.2.0', effectiveFrom: '2026-07-01' }))))
    expect(data.proposeRuleSet).toMatchObject({ comparedWith: '1.1.0', changes: [expect.stringMatching(/\(missesAllowed\): 1 becomes 0$/)] })
  })
})
