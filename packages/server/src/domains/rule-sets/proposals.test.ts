import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { globalId, newId } from '../../platform/ids.ts'
import {
  approve,
  audit,
  deciding,
  decline,
  ending,
  input,
  list,
  missesAllowed,
  nodes,
  propose,
  stored,
  tasks,
  withdraw,
} from '../../../test/harness/proposals.ts'
import { approved, oneMissAllowed, proposed, published, stepByStep } from '../../../test/harness/rule-sets.ts'
import { clock, lane, newWorld, type World } from '../../../test/harness/world.ts'
import { decide, proposeRuleSet, resultOf, type RuleSetProposal } from './index.ts'

/** A register with one excused absence, decided by the version in force on the day the place began. */
const oneMiss = (world: World, joinedOn: string) =>
  world.as(world.people.facilitator, async (tx, actor) => {
    const facts = {
      'place.joinedOn': joinedOn,
      'attendance.register': [{ session: 's1', kind: 'group', date: joinedOn, outcome: 'excused' }],
    }
    const decision = await decide(tx, actor, {
      kind: 'attendance',
      inForceOn: joinedOn,
      asOf: joinedOn,
      facts,
      about: { type: 'place', id: newId() },
      caseId: null,
    })
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
      changes: [expect.stringMatching(/^missesAllowed 0 → 1 \(.+\)$/)],
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
    expect([
      await missesAllowed(world, '2026-05-31'),
      await missesAllowed(world, '2026-06-01'),
      await missesAllowed(world, '2027-01-01'),
    ]).toEqual([0, 1, 1])
    expect([await oneMiss(world, '2026-05-31'), await oneMiss(world, '2026-06-01')]).toEqual(['removal-due', 'contact'])
    expect(
      nodes((await send(people.auditor, audit, { id: Buffer.from(proposal.id, 'base64').toString().split(':')[1] })).data.auditEntries).map(
        ({ action }) => action,
      ),
    ).toEqual(['rule-set.approved', 'rule-set.proposed'])
  })

  test('bytes that differ from those proposed are not approved, and nothing is published', async () => {
    const world = await newWorld('step-by-step')
    const proposal = await proposed(world, oneMissAllowed('2026-06-01'))
    const other = createHash('sha256').update(`${proposal.documentText} `).digest('hex')
    for (const textHash of [other, proposal.textHash.toUpperCase(), proposal.hash])
      expect(
        (await world.send(world.people['programme-manager'], approve, deciding(proposal, { textHash }))).data.approveRuleSet,
      ).toMatchObject({ __typename: 'HashDiffers', code: 'hash-differs' })
    expect(await stored(world)).toEqual([1, 2])
  })

  test('an edit is a new proposal, and publishing one supersedes the others: what they were compared with is not the latest any more', async () => {
    const world = await newWorld('step-by-step')
    const { people, send, as } = world
    const first = await proposed(world, oneMissAllowed('2026-06-01'))
    const edited = await proposed(world, oneMissAllowed('2026-06-02'))
    const others = await as(people['programme-manager'], (tx, actor) =>
      proposeRuleSet(tx, actor, { text: oneMissAllowed('2026-09-01', '1.2.0'), reason: 'later', idempotencyKey: newId() }),
    )
    expect((await send(people['programme-manager'], approve, deciding(first))).data.approveRuleSet).toMatchObject({
      __typename: 'StaleVersion',
      currentVersion: 2,
    })
    expect((await send(people['programme-manager'], approve, deciding({ ...first, version: 2 }))).data.approveRuleSet).toMatchObject({
      __typename: 'InvalidMove',
      allowed: [],
    })
    await approved(world, edited)
    const found = nodes((await send(people.auditor, list)).data.ruleSetProposals)
    expect(found.map(({ id, status }) => [id, status])).toEqual([
      [globalId('RuleSetProposal', others.id), 'SUPERSEDED'],
      [globalId('RuleSetProposal', edited.id), 'APPROVED'],
      [globalId('RuleSetProposal', first.id), 'SUPERSEDED'],
    ])
    expect(nodes((await send(people.auditor, list, { status: 'APPROVED' })).data.ruleSetProposals).length).toBe(1)
  })

  test('a proposal that is no longer ahead of its day is not approved', async () => {
    const world = await newWorld('step-by-step')
    const proposal = await proposed(world, oneMissAllowed('2026-06-01'))
    clock.moveTo('2026-05-31T22:59:00.000Z')
    expect(
      (await world.send(world.people['safeguarding-lead'], approve, deciding(proposal, { textHash: 'x' }))).data.approveRuleSet.code,
    ).toBe('hash-differs')
    clock.moveTo('2026-05-31T23:00:00.000Z')
    expect((await world.send(world.people['safeguarding-lead'], approve, deciding(proposal))).data.approveRuleSet).toMatchObject({
      code: 'rule-set-refused',
      issues: [{ code: 'not-to-come', pointer: '/effectiveFrom' }],
    })
    expect(await stored(world)).toEqual([1, 2])
  })

  test('it becomes a task of the second person, with time to read it before its day, and the task ends with it', async () => {
    const world = await newWorld('step-by-step')
    const { people, send } = world
    const mine = async (person: keyof World['people'], filter: string) =>
      nodes((await send(people[person], tasks, { filter })).data.myTasks).filter(({ kind }) => kind === 'APPROVE_RULE_SET')
    const first = await proposed(world, oneMissAllowed('2026-06-01'))
    expect(await mine('programme-manager', 'OPEN')).toMatchObject([
      { title: 'Read a proposed rule set, and approve or decline it', subjectId: first.id, dueAt: '2026-05-11T16:00:00.000Z' },
    ])
    const edited = await proposed(world, oneMissAllowed('2026-05-05'))
    expect((await mine('programme-manager', 'CANCELLED')).map(({ subjectId }) => subjectId)).toEqual([first.id])
    expect(await mine('programme-manager', 'OPEN')).toMatchObject([{ subjectId: edited.id, dueAt: '2026-05-04T16:00:00.000Z' }])
    await approved(world, edited)
    expect(await mine('programme-manager', 'DONE')).toMatchObject([{ subjectId: edited.id, record: 'the proposal was approved' }])
    const own = await world.as(people['programme-manager'], (tx, actor) =>
      proposeRuleSet(tx, actor, { text: oneMissAllowed('2026-06-01', '1.2.0'), reason: 'x', idempotencyKey: newId() }),
    )
    expect(await mine('programme-manager', 'OPEN')).toEqual([])
    expect((await mine('safeguarding-lead', 'OPEN')).map(({ subjectId }) => subjectId)).toEqual([own.id])
  })

  test('it is declined by another person and withdrawn by its author, each with a reason, and stays so', async () => {
    const world = await newWorld('step-by-step')
    const { people, send } = world
    const first = await proposed(world, oneMissAllowed('2026-06-01'))
    expect((await send(people['programme-manager'], withdraw, ending(first))).data.withdrawRuleSetProposal.code).toBe('not-allowed')
    expect((await send(people['rules-author'], decline, ending(first))).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await send(people['programme-manager'], decline, ending({ ...first, version: 7 }))).data.declineRuleSet).toMatchObject({
      code: 'stale-version',
      currentVersion: 1,
    })
    expect((await send(people['programme-manager'], decline, ending(first))).data.declineRuleSet).toMatchObject({
      status: 'DECLINED',
      decisionReason: 'not in the middle of a run',
      decidedBy: { name: 'Person in programme-manager' },
    })
    expect((await send(people['programme-manager'], approve, deciding({ ...first, version: 2 }))).data.approveRuleSet).toMatchObject({
      code: 'invalid-move',
      help: 'it stays as it is',
    })
    const second = await proposed(world, oneMissAllowed('2026-06-01'))
    expect((await send(people['rules-author'], withdraw, ending(second, 'a slip'))).data.withdrawRuleSetProposal).toMatchObject({
      status: 'WITHDRAWN',
      decisionReason: 'a slip',
    })
    expect(
      (await send(people['rules-author'], withdraw, ending({ ...second, version: 2 }, 'again'))).data.withdrawRuleSetProposal.code,
    ).toBe('invalid-move')
    const own = await world.as(people['programme-manager'], (tx, actor) =>
      proposeRuleSet(tx, actor, { text: oneMissAllowed('2026-06-01'), reason: 'x', idempotencyKey: newId() }),
    )
    expect((await send(people['programme-manager'], decline, ending(own))).data.declineRuleSet.code).toBe('second-person-needed')
    expect(await missesAllowed(world, '2026-06-01')).toBe(0)
  })

  test('the same key proposes once; with another text it is refused', async () => {
    const world = await newWorld('step-by-step')
    const { people, send } = world
    const variables = input(oneMissAllowed('2026-06-01'))
    const once = await send(people['rules-author'], propose, variables)
    expect(await send(people['rules-author'], propose, variables)).toEqual(once)
    expect(
      (await send(people['rules-author'], propose, { input: { ...variables.input, text: `${variables.input.text} ` } })).data.proposeRuleSet
        .code,
    ).toBe('idempotency-key-reused')
    expect((await stored(world))[0]).toBe(1)
  })

  test('who has nothing to do with rules sees and changes nothing; another provider’s proposal is not there', async () => {
    const [here, there] = [await newWorld('step-by-step'), await newWorld('step-by-step')]
    const theirs = await proposed(there, oneMissAllowed('2026-06-01'))
    for (const role of [
      'referrer',
      'social-worker',
      'intake-worker',
      'facilitator',
      'one-to-one-worker',
      'partner-support-worker',
      'commissioner',
    ] as const) {
      expect((await here.send(here.people[role], list)).errors?.[0]?.extensions.code, role).toBe('FORBIDDEN')
      expect((await here.send(here.people[role], propose, input('{}'))).errors?.[0]?.extensions.code, role).toBe('FORBIDDEN')
      expect((await here.send(here.people[role], approve, deciding(theirs))).errors?.[0]?.extensions.code, role).toBe('FORBIDDEN')
    }
    for (const [field, text, variables] of [
      ['approveRuleSet', approve, deciding(theirs)],
      ['declineRuleSet', decline, ending(theirs)],
      ['approveRuleSet', approve, deciding(theirs, { proposalId: 'nonsense' })],
    ] as const)
      expect((await here.send(here.people['programme-manager'], text, variables)).data[field]).toMatchObject({ __typename: 'NotFound' })
    expect((await here.send(here.people['rules-author'], withdraw, ending(theirs))).data.withdrawRuleSetProposal.__typename).toBe(
      'NotFound',
    )
    const node = `query ($id: ID!) { node(id: $id) { id } }`
    const id = { id: globalId('RuleSetProposal', theirs.id) }
    const readers = [
      [there.people.auditor, there, true],
      [there.people.facilitator, there, false],
      [here.people.auditor, here, false],
    ] as const
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
    const { data } = await world.send(
      world.people['rules-author'],
      propose,
      input(stepByStep((document) => Object.assign(document, { version: '1.2.0', effectiveFrom: '2026-07-01' }))),
    )
    expect(data.proposeRuleSet).toMatchObject({
      comparedWith: '1.1.0',
      changes: [expect.stringMatching(/^missesAllowed 1 → 0 \(/)],
    })
  })
})
