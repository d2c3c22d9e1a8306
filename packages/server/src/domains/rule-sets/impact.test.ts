import type { Facts, KindId } from '@plumbline/rules'
import { load } from '@plumbline/rules/load'
import { afterEach, describe, expect, test } from 'vitest'
import { globalId, newId } from '../../platform/ids.ts'
import { approved, oneMissAllowed, proposed, stepByStep } from '../../../test/harness/rule-sets.ts'
import { clock, lane, newWorld, start, type World } from '../../../test/harness/world.ts'
import { decide, impactOf, registerDecisionAccess, reviewOfProposal, type CaseAccess } from './index.ts'
import { shippedText } from './shipped.ts'

const registerOf = (year: number, ...outcomes: string[]): Facts => ({
  'place.joinedOn': `${year}-04-01`,
  'attendance.register': outcomes.map((outcome, index) => ({
    session: `s${index + 1}`,
    kind: 'group',
    date: `${year}-04-${String(7 + 7 * index).padStart(2, '0')}`,
    outcome,
  })),
})
const register = (...outcomes: string[]) => registerOf(2026, ...outcomes)
const referral = (basis: string | null, isWilling = true): Facts => ({
  'person.bornOn': '1990-02-14',
  'referral.receivedOn': '2026-05-01',
  'referral.basis': basis,
  'history.hasAbusedPartner': true,
  'engagement.isWilling': isWilling,
})

const make = (world: World, kind: KindId, facts: Facts, caseId: string | null = null, asOf = '2026-05-01') =>
  world.as(world.people.facilitator, (tx, actor) =>
    decide(tx, actor, { kind, asOf, inForceOn: asOf, facts, about: { type: 'test', id: newId() }, caseId }),
  )

/** One miss allowed, and criminal court orders taken: milder for those refused and those removed; unwilling people still refused. */
const milder = () =>
  oneMissAllowed('2026-06-01', '1.1.0', (document) => {
    delete (document.eligibility as Record<string, unknown>)['court-order']
    delete document.examples['a criminal court order is refused']
    document.examples['the basis and the willingness are asked for'] = {
      ...(document.examples['the basis and the willingness are asked for'] as object),
      expect: { outcome: 'needs-information' },
    }
  })

let before: CaseAccess | undefined
afterEach(() => {
  if (before) registerDecisionAccess(before)
  before = undefined
})

describe(`impact on past decisions on ${lane}`, () => {
  test('every decision of the last twelve months is decided again under the draft: counted by kind, moves down first, and none is touched', async () => {
    const world = await newWorld('step-by-step')
    clock.moveTo('2025-05-01T09:00:00.000Z')
    await make(world, 'attendance', registerOf(2025, 'absent'), null, '2025-05-01')
    clock.moveTo('2025-04-30T22:59:59.999Z')
    await make(world, 'attendance', registerOf(2025, 'absent'), null, '2025-04-30')
    clock.moveTo(start)
    const misses = await Promise.all(
      [register('absent'), register('attended', 'excused'), register('absent', 'absent'), register('attended')].map((facts) =>
        make(world, 'attendance', facts),
      ),
    )
    const referrals = await Promise.all(
      [referral('criminal-court-order'), referral('voluntary'), referral('criminal-court-order', false), referral(null)].map((facts) =>
        make(world, 'eligibility', facts),
      ),
    )
    const proposal = await proposed(world, milder())
    const { impact } = reviewOfProposal(proposal)
    expect(impact).toMatchObject({ fromOn: '2025-05-01', computedAt: start, decisions: 9, unlisted: 0 })
    expect(impact.kinds).toEqual([
      {
        kind: 'eligibility',
        down: 2,
        cannotTell: 0,
        up: 0,
        unchanged: 2,
        changes: [
          { direction: 'down', from: 'ineligible', to: 'eligible', count: 1 },
          { direction: 'down', from: 'needs-information', to: 'eligible', count: 1 },
        ],
      },
      {
        kind: 'attendance',
        down: 3,
        cannotTell: 0,
        up: 0,
        unchanged: 2,
        changes: [{ direction: 'down', from: 'removal-due', to: 'contact', count: 3 }],
      },
    ])
    expect(impact.sentences).toEqual([
      'Eligibility: 2 of 4 decisions would move down, away from a refusal: ineligible → eligible (1), needs-information → eligible (1).',
      'Attendance: 3 of 5 decisions would move down, to a milder consequence: removal-due → contact (3).',
      'Of 9 decisions since 2025-05-01, 4 would stay as they are. None is changed by this: a decision stays as it was made.',
    ])
    expect(impact.moves.map(({ decisionId }) => decisionId)).toEqual(
      expect.arrayContaining([misses[0]!.id, misses[1]!.id, referrals[0]!.id]),
    )
    expect(impact.moves.length).toBe(5)
  })

  test('a stricter draft moves up; what could not be decided then cannot be told now; those are listed after the ones that move down', async () => {
    const world = await newWorld('step-by-step')
    clock.moveTo('2026-05-01T09:00:00.000Z')
    await make(world, 'completion', { 'programme.themesCompleted': 9 })
    await make(world, 'attendance', registerOf(2024, 'absent'), null, '2024-12-01')
    await make(world, 'eligibility', { ...referral('voluntary'), 'person.bornOn': 1990 } as unknown as Facts)
    const text = oneMissAllowed('2026-06-01', '1.1.0', (document) => {
      document.parameters.themesRequired = 10
      for (const name of Object.keys(document.examples)) if (/^(nine|eight) themes/.test(name)) delete document.examples[name]
      Object.assign(document.examples, {
        'ten themes complete the programme': {
          kind: 'completion',
          asOf: '2026-05-31',
          facts: { 'programme.themesCompleted': 10 },
          expect: { completed: 'yes' },
        },
        'nine themes do not': {
          kind: 'completion',
          asOf: '2026-05-31',
          facts: { 'programme.themesCompleted': 9 },
          expect: { completed: 'no' },
        },
      })
    })
    const { impact } = reviewOfProposal(await proposed(world, text))
    expect(impact.kinds.map(({ kind, down, cannotTell, up, unchanged }) => [kind, down, cannotTell, up, unchanged])).toEqual([
      ['eligibility', 0, 0, 0, 1],
      ['attendance', 0, 1, 0, 0],
      ['completion', 0, 0, 1, 0],
    ])
    expect(impact.moves.map(({ direction, from, to }) => [direction, from, to])).toEqual([
      ['cannot-tell', 'needs-human-review', 'contact'],
      ['up', 'completed', 'not-completed'],
    ])
    expect(impact.sentences[0]).toBe('Nothing would move down.')
  })

  test('cases are named to those who may read them, and reading them is audited; the rules author sees counts only', async () => {
    const world = await newWorld('step-by-step')
    const [mine, other] = [newId(), newId()]
    before = registerDecisionAccess(
      async (_tx, actor, ids) => new Set(ids.filter((id) => id === mine && actor.roles.has('programme-manager'))),
    )
    await make(world, 'attendance', register('absent'), mine)
    await make(world, 'attendance', register('excused'), other)
    const proposal = await proposed(world, oneMissAllowed('2026-06-01'))
    const query = `{ ruleSetProposals { edges { node { impact { decisions kinds { kind down } moves { move kind caseId from to } } } } } }`
    const seenBy = async (role: keyof World['people']) =>
      (await world.send(world.people[role], query)).data.ruleSetProposals.edges[0].node.impact
    const counts = { decisions: 2, kinds: [{ kind: 'ATTENDANCE', down: 2 }] }
    expect(await seenBy('programme-manager')).toEqual({
      ...counts,
      moves: [{ move: 'DOWN', kind: 'ATTENDANCE', caseId: globalId('Case', mine), from: 'removal-due', to: 'contact' }],
    })
    for (const role of ['rules-author', 'auditor', 'safeguarding-lead'] as const)
      expect(await seenBy(role), role).toEqual({ ...counts, moves: [] })
    const audit = await world.send(
      world.people.auditor,
      `query ($id: ShortText) { auditEntries(subjectId: $id) { edges { node { action actorId fields } } } }`,
      { id: proposal.id },
    )
    const reads = audit.data.auditEntries.edges
      .map(({ node }: { node: { action: string } }) => node)
      .filter(({ action }: { action: string }) => action === 'rule-set-proposal.read')
    expect(reads).toEqual([
      { action: 'rule-set-proposal.read', actorId: globalId('Staff', world.people['programme-manager'].id), fields: ['impact.moves'] },
    ])
  })

  test('another provider’s decisions are not in it, and more than one batch is', async () => {
    const [here, there] = [await newWorld('step-by-step'), await newWorld('step-by-step')]
    await make(there, 'attendance', register('absent'))
    await here.as(here.people.facilitator, async (tx, actor) => {
      for (let made = 0; made < 1_001; made += 1)
        await decide(tx, actor, {
          kind: 'attendance',
          asOf: '2026-05-01',
          inForceOn: '2026-05-01',
          facts: register(made < 1_000 ? 'absent' : 'attended'),
          about: { type: 'test', id: newId() },
          caseId: null,
        })
    })
    const draft = load(oneMissAllowed('2026-06-01'), [shippedText('core')!])
    if (!draft.ok) throw new Error('the draft does not load')
    const before = performance.now()
    const impact = await here.as(here.people.auditor, (tx, actor) => impactOf(tx, actor, draft.ruleSet))
    console.log(`1,001 decisions decided again in ${Math.round(performance.now() - before)} ms`)
    expect(impact).toMatchObject({ decisions: 1_001, unlisted: 0, kinds: [{ down: 1_000, unchanged: 1 }] })
  })

  test('a version that lowers a band says so in the audit when it is published', async () => {
    const world = await newWorld('step-by-step')
    // A pattern of the provider’s own, in force for a while, and then dropped.
    const withPattern = stepByStep((document) => {
      Object.assign(document, {
        version: '1.1.0',
        effectiveFrom: '2026-05-02',
        risk: {
          'work-lost': {
            number: 910,
            label: 'Work lost',
            source: 'test',
            conditions: { all: [{ fact: 'factor.work-or-money-instability', operator: 'equal', value: 'present' }] },
            event: { type: 'band-at-least', params: { band: 'high', action: 'look closer' } },
          },
        },
      })
      const form = (answer: string) => ({
        kind: 'risk',
        asOf: '2026-05-31',
        facts: { 'factor.work-or-money-instability': answer },
        expect: {},
      })
      Object.assign(document.examples, { 'work lost is looked at': form('present'), 'work kept is not': form('absent') })
    })
    await approved(world, await proposed(world, withPattern))
    clock.moveTo('2026-05-03T09:00:00.000Z')
    await make(world, 'risk', { 'factor.work-or-money-instability': 'present' }, null, '2026-05-03')
    const dropped = await proposed(
      world,
      stepByStep((document) => Object.assign(document, { version: '1.2.0', effectiveFrom: '2026-06-01' })),
    )
    expect(reviewOfProposal(dropped).impact).toMatchObject({
      kinds: [{ kind: 'risk', down: 1 }],
      sentences: [
        expect.stringContaining('would move down, to a lower band, or a later review: high to very-high → standard to very-high'),
        expect.anything(),
      ],
    })
    await approved(world, dropped)
    const { data } = await world.send(world.people.auditor, `{ auditEntries(first: 10) { edges { node { action } } } }`)
    expect(data.auditEntries.edges.map(({ node }: { node: { action: string } }) => node.action)).toContain('rule-set.lowers-bands')
  })
})
