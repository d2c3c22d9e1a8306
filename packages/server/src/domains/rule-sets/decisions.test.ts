import { canonicalJson, type Facts, type KindId } from '@plumbline/rules'
import { createHash } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import { globalId, newId } from '../../platform/ids.ts'
import { database, lane, newWorld, start, type World } from '../../../test/harness/world.ts'
import {
  collectFacts,
  decide,
  evaluate,
  latestDecision,
  registerDecisionAccess,
  replayDecision,
  resultOf,
  ruleSetOn,
  type CaseAccess,
  type StoredDecision,
} from './index.ts'

const referral: Facts = {
  'person.bornOn': '1990-02-14',
  'referral.receivedOn': '2026-05-01',
  'referral.basis': 'criminal-court-order',
  'residence.localAuthority': 'Sutton',
  'history.hasAbusedPartner': true,
  'engagement.isWilling': true,
}

const caseId = newId()
const make = (
  world: World,
  facts: Facts = referral,
  more: { kind?: KindId; inForceOn?: string; caseId?: string | null; by?: Actor } = {},
) =>
  world.as(more.by ?? world.people['programme-manager'], (tx, actor) =>
    decide(tx, actor, {
      kind: more.kind ?? 'eligibility',
      asOf: '2026-05-01',
      inForceOn: more.inForceOn ?? '2026-05-01',
      facts,
      about: { type: 'referral', id: newId() },
      caseId: more.caseId === undefined ? null : more.caseId,
    }),
  )

const read = /* GraphQL */ `
  query ($id: ID!) {
    decision(id: $id) {
      id kind asOf decidedAt outcome needsHumanReview canonicalText contentHash factsText resultText statements
      ruleSet { id version hash }
      explanation { sentences matchesRecord problems { code at message } rules { rule number label source result event dependsOn conditions { fact label operator seen needed neededFrom under result } } }
    }
  }
`
const replay = /* GraphQL */ `
  mutation ($id: ID!) {
    replayDecision(id: $id) {
      __typename
      ... on DecisionReplay { same recordIsIntact differences { at stored now } decision { ruleSet { hash } } }
      ... on Refusal { code }
    }
  }
`
const send = ({ send: ask, people }: World, decision: StoredDecision, query = read, by: keyof World['people'] = 'programme-manager') =>
  ask(people[by], query, { id: globalId('Decision', decision.id) })

let before: CaseAccess | undefined
/** Says for the time of one test who may read which case. */
const casesOf = (check: CaseAccess) => {
  before ??= registerDecisionAccess(check)
  registerDecisionAccess(check)
}
afterEach(() => {
  if (before) registerDecisionAccess(before)
  before = undefined
})

describe(`decisions on ${lane}`, () => {
  test('the same referral is eligible at one provider and refused at the other, from JSON alone', async () => {
    const outcomes = []
    for (const id of ['cdars-phoenix', 'step-by-step'] as const) {
      const decision = await make(await newWorld(id))
      outcomes.push([decision.ruleSetId, resultOf(decision, 'eligibility')?.outcome, resultOf(decision, 'eligibility')?.refusedBy])
    }
    expect(outcomes).toEqual([
      ['cdars-phoenix', 'eligible', []],
      ['step-by-step', 'ineligible', ['court-order']],
    ])
  })

  test('the record holds facts, rule set, clock and result as canonical bytes, with their hash', async () => {
    const world = await newWorld()
    const decision = await make(world, { ...referral, 'history.hasAbusedPartner': null, 'engagement.isWilling': undefined })
    const { data } = await send(world, decision)
    const { canonicalText, contentHash, ruleSet, decidedAt } = data.decision
    const record = JSON.parse(canonicalText)
    expect(canonicalJson(record)).toBe(canonicalText)
    expect(createHash('sha256').update(canonicalText).digest('hex')).toBe(contentHash)
    expect(record.facts).toEqual({ ...referral, 'history.hasAbusedPartner': null, 'engagement.isWilling': undefined })
    expect('engagement.isWilling' in record.facts).toBe(false)
    expect(record).toMatchObject({
      ruleSet,
      asOf: '2026-05-01',
      inForceOn: '2026-05-01',
      decidedAt: start,
      result: { outcome: 'needs-information', needs: ['history.hasAbusedPartner'] },
    })
    expect(decidedAt).toBe(start)
    expect(ruleSet.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  test('an explanation names each rule, what was seen, what was needed and where that comes from', async () => {
    const world = await newWorld('step-by-step')
    const { data } = await send(world, await make(world))
    const { explanation, outcome, statements } = data.decision
    expect(outcome).toBe('ineligible')
    expect(explanation.matchesRecord).toBe(true)
    expect(statements.length).toBeGreaterThan(0)
    expect(explanation.sentences.join(' ')).toContain('Sent by a criminal court order')
    expect(explanation.rules.map((rule: { number: number }) => rule.number)).toEqual(
      explanation.rules.map((rule: { number: number }) => rule.number).sort((a: number, b: number) => a - b),
    )
    expect(explanation.rules.find((rule: { rule: string }) => rule.rule === 'court-order')).toMatchObject({
      label: 'Sent by a criminal court order',
      source: 'Step by Step, referral policy',
      result: 'TRUE',
      conditions: [
        {
          fact: 'referral.basis',
          operator: 'equal',
          seen: 'criminal-court-order',
          needed: 'criminal-court-order',
          under: ['all'],
          result: 'TRUE',
        },
      ],
    })
  })

  test('a replay comes out the same, byte for byte, and is audited', async () => {
    const world = await newWorld()
    const decision = await make(world)
    const { data } = await send(world, decision, replay)
    expect(data.replayDecision).toEqual({
      __typename: 'DecisionReplay',
      same: true,
      recordIsIntact: true,
      differences: [],
      decision: { ruleSet: { hash: decision.ruleSetHash } },
    })
    const audit = await world.send(
      world.people.auditor,
      `query ($id: ShortText) { auditEntries(subjectId: $id) { edges { node { action } } } }`,
      { id: decision.id },
    )
    expect(audit.data.auditEntries.edges.map(({ node }: { node: { action: string } }) => node.action)).toContain('decision.replayed')
  })

  test('a record that somebody changed past every guard is found out, and the place is named', async () => {
    const world = await newWorld()
    const decision = await make(world)
    const forged = decision.canonicalText.replace('"outcome":"eligible"', '"outcome":"ineligible"')
    const set = (hash: string) =>
      database.asOwner((run) =>
        run(`begin; alter table decisions disable trigger decisions_immutable; alter table decisions no force row level security;
          update decisions set canonical_text = '${forged}', content_hash = '${hash}' where id = '${decision.id}';
          alter table decisions enable trigger decisions_immutable; alter table decisions force row level security; commit`),
      )
    await set(decision.contentHash)
    expect((await send(world, decision, replay)).data.replayDecision).toMatchObject({ same: false, recordIsIntact: false })
    await set(createHash('sha256').update(forged).digest('hex'))
    expect((await send(world, decision, replay)).data.replayDecision).toMatchObject({
      same: false,
      recordIsIntact: true,
      differences: [{ at: '/outcome', stored: '"ineligible"', now: '"eligible"' }],
    })
    expect((await send(world, decision)).data.decision.explanation.matchesRecord).toBe(false)
  })

  test('with no rule set in force a person decides; nothing is guessed and nothing fails', async () => {
    const world = await newWorld()
    const decision = await make(world, referral, { inForceOn: '2024-12-31' })
    expect(resultOf(decision, 'eligibility')).toBeNull()
    const { data, errors } = await send(world, decision)
    expect(errors).toBeUndefined()
    expect(data.decision).toMatchObject({
      outcome: 'needs-human-review',
      needsHumanReview: true,
      ruleSet: null,
      explanation: null,
      statements: [],
    })
    expect(JSON.parse(data.decision.resultText)).toEqual({
      outcome: 'needs-human-review',
      reason: 'no-rule-set-in-force',
      facts: [],
      computed: null,
    })
    expect((await send(world, decision, replay)).data.replayDecision).toMatchObject({ same: true, decision: { ruleSet: null } })
  })

  test('a fact of the wrong type asks for a person, names the fact and not its value, and never lowers a band', async () => {
    const world = await newWorld()
    const usable = await make(world, { 'factor.stalking-or-surveillance': 'present' }, { kind: 'risk' })
    const mistyped = await make(
      world,
      { 'factor.stalking-or-surveillance': 'present', 'factor.sexual-violence': 'Ada Example' },
      { kind: 'risk' },
    )
    expect(mistyped.needsHumanReview).toBe(true)
    expect(JSON.parse(mistyped.resultText)).toMatchObject({
      outcome: 'needs-human-review',
      reason: 'facts-not-usable',
      facts: ['factor.sexual-violence'],
    })
    expect(mistyped.resultText).not.toContain('Ada')
    expect(resultOf(mistyped, 'risk')?.band).toEqual(resultOf(usable, 'risk')?.band)
    expect(resultOf(mistyped, 'risk')?.floors).toEqual(resultOf(usable, 'risk')?.floors)
    const { data } = await send(world, mistyped)
    expect(data.decision.outcome).toBe('needs-human-review')
    expect(JSON.stringify(data.decision.explanation.problems)).not.toContain('Ada')
  })

  test('rules that throw ask for a person', async () => {
    const world = await newWorld()
    const loaded = await world.as(world.people.facilitator, (tx, actor) => ruleSetOn(tx, actor, '2026-05-01'))
    const broken = {
      ...loaded,
      ruleSet: {
        ...loaded.ruleSet,
        kinds: {
          ...loaded.ruleSet.kinds,
          risk: {
            ...loaded.ruleSet.kinds.risk,
            decide: () => {
              throw new Error('out of order')
            },
          },
        },
      },
    }
    expect(evaluate({ loaded: broken, reason: null }, 'risk', { asOf: '2026-05-01', facts: {} })).toEqual({
      needsHumanReview: true,
      result: { outcome: 'needs-human-review', reason: 'rules-not-evaluable', facts: [], computed: null },
    })
  })

  test('risk is shown as a range while answers are open', async () => {
    const world = await newWorld()
    const { data } = await send(world, await make(world, { 'factor.stalking-or-surveillance': 'present' }, { kind: 'risk' }))
    expect(data.decision.outcome).toMatch(/ to very-high$/)
  })

  test('a decision is read by those who read its case; everybody else gets the answer for what does not exist', async () => {
    const [world, other] = [await newWorld(), await newWorld()]
    const decision = await make(world, referral, { caseId })
    casesOf(async (_, actor, ids) => new Set(actor.id === world.people.facilitator.id ? ids : []))
    expect((await send(world, decision, read, 'facilitator')).data.decision.id).toBe(globalId('Decision', decision.id))
    const missing = await world.send(world.people['intake-worker'], read, { id: globalId('Decision', newId()) })
    for (const answer of [
      await send(world, decision, read, 'intake-worker'),
      await send(world, decision, read, 'programme-manager'),
      await send(other, decision, read, 'facilitator'),
      await world.send(world.people.facilitator, read, { id: globalId('Task', decision.id) }),
      await world.send(world.people.facilitator, read, { id: 'not an id' }),
    ])
      expect(answer).toEqual(missing)
    for (const by of ['intake-worker', 'programme-manager'] as const)
      expect((await send(world, decision, replay, by)).data.replayDecision).toEqual({ __typename: 'NotFound', code: 'not-found' })
    expect((await send(other, decision, replay)).data.replayDecision.code).toBe('not-found')
    for (const by of ['referrer', 'commissioner', 'auditor', 'rules-author'] as const)
      expect((await send(world, decision, read, by)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })

  test('a decision about no case is for those who answer for the provider as a whole', async () => {
    const world = await newWorld()
    const decision = await make(world)
    expect((await send(world, decision, read, 'safeguarding-lead')).data.decision).not.toBeNull()
    expect((await send(world, decision, read, 'facilitator')).data.decision).toBeNull()
  })

  test('reading the content is audited with the names of the parts, never with values', async () => {
    const world = await newWorld()
    const decision = await make(world)
    await send(world, decision)
    const { data } = await world.send(
      world.people.auditor,
      `query ($id: ShortText) { auditEntries(subjectId: $id) { edges { node { action allowedBy fields } } } }`,
      { id: decision.id },
    )
    expect(data.auditEntries.edges.map(({ node }: { node: object }) => node)).toEqual([
      { action: 'decision.read', allowedBy: 'oversight', fields: ['canonicalText', 'explanation', 'facts', 'outcome', 'result'] },
    ])
  })

  test('the latest decision of a kind about a subject is the one made last, also for many subjects at once', async () => {
    const world = await newWorld()
    const about = { type: 'referral', id: newId() }
    const manager = world.people['programme-manager']
    const again = () =>
      world.as(manager, (tx, actor) =>
        decide(tx, actor, { kind: 'eligibility', asOf: '2026-05-01', inForceOn: '2026-05-01', facts: referral, about, caseId: null }),
      )
    await again()
    const last = await again()
    await make(world)
    const found = await world.as(manager, (tx, actor) => latestDecision('eligibility').batch(tx, actor, [newId(), about.id]))
    expect(found.map((decision) => decision?.id ?? null)).toEqual([null, last.id])
    expect(await world.as(manager, (tx, actor) => latestDecision('risk').batch(tx, actor, [about.id]))).toEqual([null])
  })

  test('facts come from one supplier each; one that was not announced or comes twice is a fault', async () => {
    const world = await newWorld()
    const supplier = (slice: string, names: string[], facts: Facts) => ({ slice, names, supply: async () => facts })
    const collect = (...suppliers: ReturnType<typeof supplier>[]) =>
      world.as(world.people.facilitator, (tx, actor) => collectFacts(tx, actor, caseId, suppliers))
    expect(
      await collect(
        supplier('a', ['factor.*'], { 'factor.x': 'absent', 'factor.y': undefined }),
        supplier('b', ['person.bornOn'], { 'person.bornOn': null }),
      ),
    ).toEqual({ 'factor.x': 'absent', 'person.bornOn': null })
    await expect(collect(supplier('a', ['factor.*'], { 'person.bornOn': null }))).rejects.toThrow(
      'a supplied "person.bornOn" without saying that it does',
    )
    await expect(collect(supplier('a', ['x.*'], { 'x.y': 1 }), supplier('b', ['x.y'], { 'x.y': 1 }))).rejects.toThrow(
      '"x.y" has two suppliers, the second is b',
    )
  })

  test('a replay through the command refuses what a person may not read', async () => {
    const world = await newWorld()
    const decision = await make(world, referral, { caseId })
    await expect(world.as(world.people.facilitator, (tx, actor) => replayDecision(tx, actor, decision.id))).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
