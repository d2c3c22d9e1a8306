import { and, asc, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { globalId } from '../../platform/ids.ts'
import { tasks, type Task } from '../tasks/index.ts'
import { assessed, newCase, type Numbers } from '../../../test/harness/assessed.ts'
import { lane, newWorld, type World } from '../../../test/harness/world.ts'
import { raiseBand, type Assessment } from './index.ts'

const shown = /* GraphQL */ `
  query ($id: ID!) {
    node(id: $id) {
      ... on Assessment {
        pathway {
          outcome
          proposals { rule label what particular reason every { amount unit } }
          undecided { rule }
          needs { fact question }
        }
        pathwayDecision { kind outcome needsHumanReview explanation { sentences matchesRecord } }
      }
    }
  }
`
const shownTo = async (world: World, role: 'intake-worker' | 'facilitator', { id }: Assessment) =>
  (await world.send(world.people[role], shown, { id: globalId('Assessment', id) })).data.node

const proposedTasks = (world: World, about: Assessment): Promise<Task[]> =>
  world.as(world.people['safeguarding-lead'], (tx) =>
    tx.orm
      .select()
      .from(tasks)
      .where(and(eq(tasks.subjectId, about.id), eq(tasks.kind, 'decide-pathway')))
      .orderBy(asc(tasks.title)),
  )
const inShort = (list: readonly Task[]) => list.map(({ title, status }) => `${status}: ${title.split(',')[0]}`)

async function newAssessed(ruleSetId: 'cdars-phoenix' | 'step-by-step', numbers: Numbers) {
  const world = await newWorld(ruleSetId)
  const { caseId } = await newCase(world)
  return { world, caseId, one: await assessed(world, caseId, numbers) }
}

/** Alcohol or drugs linked to the harm; nothing else. */
const substances: Numbers = { present: [19] }

describe(`pathway on ${lane}`, () => {
  test('a signature decides it: what is proposed, what nobody asked yet, and why', async () => {
    const { world, one } = await newAssessed('step-by-step', substances)
    const { pathway, pathwayDecision } = await shownTo(world, 'intake-worker', one)
    expect(pathway.outcome).toBe('PROPOSE')
    expect(pathway.proposals).toMatchObject([
      { rule: 'substance-misuse', what: 'ONWARD_REFERRAL', particular: 'substance-misuse-service', every: null },
      { rule: 'eleven-weeks', what: 'PROGRAMME_VARIANT', particular: 'eleven-weeks' },
    ])
    expect(pathway.undecided.map(({ rule }: { rule: string }) => rule)).toEqual(['parenting', 'language', 'literacy'])
    expect(pathway.needs.map(({ fact }: { fact: string }) => fact)).toEqual([
      'parties.personHasChildren',
      'needs.needsInterpreter',
      'needs.needsHelpWithReading',
    ])
    expect(pathwayDecision).toMatchObject({ kind: 'PATHWAY', outcome: 'propose', needsHumanReview: false })
    expect(pathwayDecision.explanation.matchesRecord).toBe(true)
    expect(pathwayDecision.explanation.sentences.join(' ')).toContain('Not decided yet: One-to-one work for who needs another language.')
  })

  test('CDARS Phoenix proposes weekly one-to-ones to everybody in a group, whatever is known', async () => {
    const { world, one } = await newAssessed('cdars-phoenix', {})
    const { pathway } = await shownTo(world, 'intake-worker', one)
    expect(pathway.proposals).toMatchObject([
      { what: 'ONE_TO_ONE', reason: 'everybody-in-a-group', every: { amount: 1, unit: 'weeks' }, particular: null },
    ])
  })

  test('each sort of proposal is one task of the person who signed, to be decided within five working days', async () => {
    const { world, one } = await newAssessed('step-by-step', substances)
    const open = await proposedTasks(world, one)
    expect(inShort(open)).toEqual(['open: Decide on an onward referral', 'open: Decide on the form of the programme'])
    for (const { ownerId, dueAt, decisionId } of open) {
      expect({ ownerId, dueAt }).toEqual({ ownerId: world.people['intake-worker'].id, dueAt: '2026-05-11T16:00:00.000Z' })
      expect(decisionId).toBe(one.pathwayDecisionId)
    }
  })

  test('a band that is raised proposes more, and says nothing twice', async () => {
    const { world, one } = await newAssessed('step-by-step', substances)
    const raised = await world.as(world.people['intake-worker'], (tx, actor) =>
      raiseBand(tx, actor, { assessmentId: one.id, to: 'high', reason: 'r', evidence: 'e', expectedVersion: one.version }),
    )
    expect(raised.pathwayDecisionId).not.toBe(one.pathwayDecisionId)
    const { pathway } = await shownTo(world, 'intake-worker', one)
    expect(pathway.proposals.map(({ rule }: { rule: string }) => rule)).toEqual(['substance-misuse', 'partner-safety', 'twenty-four-weeks'])
    expect(inShort(await proposedTasks(world, one))).toEqual([
      'open: Decide on an onward referral',
      'open: Decide on one-to-one work',
      'open: Decide on the form of the programme',
      'open: Decide on the form of the programme',
    ])
  })

  test('a later signature replaces what is still to be decided', async () => {
    const { world, caseId, one } = await newAssessed('step-by-step', substances)
    const later = await assessed(world, caseId, {}, {}, { kind: 'mid' })
    expect(inShort(await proposedTasks(world, one))).toEqual([
      'cancelled: Decide on an onward referral',
      'cancelled: Decide on the form of the programme',
    ])
    expect(inShort(await proposedTasks(world, later))).toEqual(['open: Decide on the form of the programme'])
  })

  test('whoever may not read answers sees none of it', async () => {
    const { world, one } = await newAssessed('step-by-step', substances)
    expect(await shownTo(world, 'facilitator', one)).toBe(null)
  })
})
