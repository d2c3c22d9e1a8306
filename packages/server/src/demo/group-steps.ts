import type { Actor } from '../platform/actor.ts'
import type { Day } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { confirmRemoval, declineRemoval, recordRegister, removalsOfCase, type EntryOutcome } from '../domains/attendance/index.ts'
import { assignWorker } from '../domains/cases/index.ts'
import { confirmCompletion, currentCompletion, declineCompletion, recordOutcomes, type NewMeasure } from '../domains/outcomes/index.ts'
import {
  endGroup,
  endPlaceByHand,
  givePlace,
  groupById,
  movePlace,
  oneToOnesOfPlace,
  openPlace,
  placesOfCase,
  planOneToOnes,
  planSessions,
  waitForPlace,
  type OneToOneReason,
  type Place,
} from '../domains/programmes/index.ts'
import type { Role } from '../domains/providers/index.ts'
import { acknowledgeConcern, openConcernsOfCase, raiseByHand, type ConcernLevel, type Matter } from '../domains/safeguarding/index.ts'
import { reassignTask, type TaskKind } from '../domains/tasks/index.ts'
import { answerConcerns, doTasks, hearFirst, openTasks, tellReferrer } from './after.ts'
import { writeRegister, type Run, type Step } from './group-life.ts'

// What people do in and about a group, as steps of its story. `person` is the number of a life.
type Does = Step['does']

const inOrder =
  (...all: Does[]): Does =>
  async (run) => {
    for (const does of all) await does(run)
  }

/** The place this person has, had or waits for in this group. */
async function placeOf(tx: Tx, actor: Actor, run: Run, person: number): Promise<Place> {
  const [all = []] = await placesOfCase.batch(tx, actor, [run.known(person).caseId])
  const place = all.findLast(({ groupId }) => groupId === run.groupId)
  if (!place) throw new Error(`the demo's person ${person} has nothing to do with ${run.story.name}`)
  return place
}

export const given =
  (...people: number[]): Does =>
  async ({ stage, groupId, known, key }) => {
    for (const person of people)
      await stage.as('programme-manager', (tx, actor) =>
        givePlace(tx, actor, { idempotencyKey: key(`place-${person}`), caseId: known(person).caseId, groupId, orWait: false }),
      )
  }

export const waits =
  (person: number, priority: 'usual' | 'urgent' = 'usual'): Does =>
  ({ stage, groupId, known, key }) =>
    stage.as('intake-worker', (tx, actor) =>
      waitForPlace(tx, actor, { idempotencyKey: key(`wait-${person}`), caseId: known(person).caseId, groupId, priority }),
    )

export const opened =
  (person: number): Does =>
  (run) =>
    run.stage.as('programme-manager', async (tx, actor) => {
      const { id, version } = await placeOf(tx, actor, run, person)
      return openPlace(tx, actor, { placeId: id, expectedVersion: version })
    })

/** Goes on in another group, which is planned already. */
export const moved =
  (person: number, toGroup: string, reason: string): Does =>
  (run) =>
    run.stage.as('programme-manager', async (tx, actor) => {
      const { id, version } = await placeOf(tx, actor, run, person)
      return movePlace(tx, actor, { placeId: id, toGroupId: run.stage.groups.get(toGroup)!, reason, expectedVersion: version })
    })

export const droppedOut =
  (person: number, reason: string): Does =>
  (run) =>
    run.stage.as('facilitator', async (tx, actor) => {
      const { id, version } = await placeOf(tx, actor, run, person)
      return endPlaceByHand(tx, actor, { placeId: id, ending: 'dropped-out', reason, expectedVersion: version })
    })

export const removal =
  (person: number, decided: 'confirmed' | 'declined', reason: string): Does =>
  ({ stage, known }) =>
    stage.as('programme-manager', async (tx, actor) => {
      const [all = []] = await removalsOfCase.batch(tx, actor, [known(person).caseId])
      const proposed = all.find(({ status }) => status === 'proposed')!
      const decide = decided === 'confirmed' ? confirmRemoval : declineRemoval
      return decide(tx, actor, { removalId: proposed.id, reason, expectedVersion: proposed.version })
    })

/** Puts the register of a session right for one person. */
export const corrected =
  (session: number, person: number, mark: string, reason: string): Does =>
  (run) =>
    writeRegister(run, session, { [person]: mark }, reason)

/** Partner support hears of an ending; with an occasion the referrer is told after it. */
export const heard =
  (person: number, occasion?: 'ended' | 'progress'): Does =>
  async ({ stage, known, key }) => {
    await hearFirst(stage, known(person))
    if (occasion) await tellReferrer(stage, known(person), occasion, key(`${occasion}-${person}`))
  }

/** After a completion: partner support considers it, the risk is looked at, and the referrer is told. */
export const finished =
  (person: number): Does =>
  async ({ stage, known, key }) => {
    const { caseId } = known(person)
    await doTasks(stage, 'partner-support-worker', ['tell-partner-service'], caseId, 'Considered, with her safety in mind.')
    await doTasks(stage, 'programme-manager', ['assess-risk'], caseId, 'Looked at with both facilitators; no answer has changed.')
    await tellReferrer(stage, known(person), 'ended', key(`finished-${person}`))
  }

export const completion =
  (person: number, settled: 'confirmed' | 'declined', reason: string): Does =>
  (run) =>
    run.stage.as('programme-manager', async (tx, actor) => {
      const place = await placeOf(tx, actor, run, person)
      const [current] = await currentCompletion.batch(tx, actor, [place.id])
      const settle = settled === 'confirmed' ? confirmCompletion : declineCompletion
      return settle(tx, actor, { completionId: current!.id, reason, expectedVersion: current!.version })
    })

/** Measures are taken by the facilitator, on accounts that are not the participant's own. */
export const measured =
  (person: number, point: 'intake' | 'end', measures: NewMeasure[]): Does =>
  ({ stage, known, key }) =>
    stage.as('facilitator', (tx, actor) =>
      recordOutcomes(tx, actor, {
        idempotencyKey: key(`measures-${point}-${person}`),
        caseId: known(person).caseId,
        point,
        takenOn: tx.today,
        measures,
      }),
    )

export type OneToOnes = { firstOn: Day; beginsAt: string; count: number; reason?: OneToOneReason }

/** Is seen alone as well, by the one-to-one worker. */
export const seenAlone =
  (person: number, { firstOn, beginsAt, count, reason }: OneToOnes): Does =>
  (run) =>
    run.stage.as('programme-manager', async (tx, actor) => {
      const { id, caseId } = await placeOf(tx, actor, run, person)
      await assignWorker(tx, actor, { caseId, staffId: run.stage.people['one-to-one-worker'].id, role: 'one-to-one-worker' })
      await planOneToOnes(tx, actor, {
        idempotencyKey: run.key(`one-to-ones-${person}`),
        placeId: id,
        firstOn,
        beginsAt,
        count,
        minutes: 60,
        holidays: 'skip',
        reason,
      })
    })

export const wasSeenAlone =
  (person: number, number: number, outcome: EntryOutcome): Does =>
  (run) =>
    run.stage.as('one-to-one-worker', async (tx, actor) => {
      const { id } = await placeOf(tx, actor, run, person)
      const [all = []] = await oneToOnesOfPlace.batch(tx, actor, [id])
      const session = all.find((one) => one.number === number)!
      return recordRegister(tx, actor, {
        sessionId: session.id,
        outcome: { facilitatedBy: [actor.id], entries: [{ placeId: id, outcome }] },
        expectedVersion: session.version,
        idempotencyKey: run.key(`one-to-one-${person}-${number}`),
      })
    })

/** A session in place of one that was not held. */
export const plannedAgain =
  (themes?: string[]): Does =>
  ({ stage, groupId }) =>
    stage.as('programme-manager', async (tx, actor) => {
      const [group] = await groupById.batch(tx, actor, [groupId])
      return planSessions(tx, actor, { groupId, count: 1, themes, expectedVersion: group!.version })
    })

export const over =
  (to: 'ended' | 'cancelled', reason: string): Does =>
  ({ stage, groupId }) =>
    stage.as('programme-manager', async (tx, actor) => {
      const [group] = await groupById.batch(tx, actor, [groupId])
      return endGroup(tx, actor, { groupId, to, reason, expectedVersion: group!.version })
    })

/** What waited of these kinds in the case is done by whoever has the role. */
export const done =
  (role: Role, kinds: readonly TaskKind[], person: number, record: string): Does =>
  ({ stage, known }) =>
    doTasks(stage, role, kinds, known(person).caseId, record)

/** The manager gives the open tasks of a kind to somebody else. */
export const handedOver =
  (kind: TaskKind, person: number, to: Role): Does =>
  ({ stage, known }) =>
    stage.as('programme-manager', async (tx, actor) => {
      for (const { id, version } of await openTasks(tx, actor, known(person).caseId, [kind]))
        await reassignTask(tx, actor, { taskId: id, ownerId: stage.people[to].id, expectedVersion: version })
    })

export const concernsClosed =
  (person: number): Does =>
  ({ stage, known }) =>
    answerConcerns(stage, known(person).caseId)

export const concernsTakenOn =
  (person: number): Does =>
  ({ stage, known }) =>
    stage.as('safeguarding-lead', async (tx, actor) => {
      const [open = []] = await openConcernsOfCase.batch(tx, actor, [known(person).caseId])
      for (const { id, version, status } of open)
        if (status === 'raised') await acknowledgeConcern(tx, actor, { concernId: id, expectedVersion: version })
    })

export const raised =
  (role: Role, person: number, concern: { level: ConcernLevel; what: Matter; details: string }): Does =>
  ({ stage, known, key }) =>
    stage.as(role, (tx, actor) =>
      raiseByHand(tx, actor, {
        caseId: known(person).caseId,
        level: concern.level,
        what: [concern.what],
        details: concern.details,
        idempotencyKey: key(`concern-${role}-${person}`),
      }),
    )

/** After a miss: he was reached, and what it raised is acted on. */
export const followedUp = (person: number): Does =>
  inOrder(
    done('facilitator', ['contact-after-absence'], person, 'Reached by telephone; says why, and comes again next week.'),
    done('safeguarding-lead', ['open-questions'], person, 'Asked the referrer and the partner service: nothing new is known.'),
    concernsClosed(person),
  )
