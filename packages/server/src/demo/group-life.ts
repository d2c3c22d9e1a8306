import type { Tx } from '../platform/db/database.ts'
import type { Actor } from '../platform/actor.ts'
import type { Day } from '../platform/clock.ts'
import type { Uuid } from '../platform/ids.ts'
import { recordRegister, type EntryOutcome, type RegisterOutcome } from '../domains/attendance/index.ts'
import {
  addFacilitator,
  createGroup,
  groupById,
  membersOn,
  sessionsOfGroup,
  startGroup,
  type Session,
} from '../domains/programmes/index.ts'
import type { Chance } from './chance.ts'
import type { KnownCase, Stage } from './lives.ts'
import { daysLater, lastDay, momentOn } from './moments.ts'
import type { Life } from './schedule.ts'

/** One run of a programme in the demo's year. People are named by the number of their life. */
export type GroupStory = {
  name: string
  /** Id of a template that ships. */
  template: string
  plannedOn: Day
  firstOn: Day
  beginsAt: string
  venue: string
  capacity?: number
  sessionCount?: number
  /** Left out while it has not begun. */
  startsOn?: Day
  /** One letter a session for each person (`marks`); a dash where it was not held, a space where they were not in the group. */
  registers?: Record<number, string>
  /** Numbers of sessions that were not held, and why. */
  notHeld?: Record<number, string>
  /** Numbers of sessions whose register was written so many days late. */
  late?: Record<number, number>
  /** What else is done, in any order. */
  steps?: readonly Step[]
}

export type Step = { on: Day; hour: number; does: (run: Run) => Promise<unknown> }

/** A group as its steps see it. */
export type Run = { stage: Stage; story: GroupStory; groupId: Uuid; known(person: number): KnownCase; key(what: string): string }

const marks: Record<string, EntryOutcome> = { '.': 'attended', L: 'late', E: 'left-early', X: 'excused', A: 'absent' }

/** A group from the day it is planned on: started, its registers written in the evening or some days late, and its steps. */
export async function* groupLife(stage: Stage, programmeId: Uuid, story: GroupStory, luck: Chance): Life {
  const key = (what: string) => `demo-${stage.provider.ruleSetId}-${story.name}-${what}`
  yield momentOn(story.plannedOn, 10, luck)
  const { id: groupId } = await stage.as('programme-manager', (tx, actor) => plan(tx, actor, stage, programmeId, story, key))
  stage.groups.set(story.name, groupId)
  const run: Run = { stage, story, groupId, key, known: (person) => stage.cases.get(person)! }

  const steps = [...(story.steps ?? []), ...(story.startsOn ? [{ on: story.startsOn, hour: 9, does: start }] : [])]
  const [sessions = []] = await stage.as('programme-manager', (tx, actor) => sessionsOfGroup.batch(tx, actor, [groupId]))
  for (const session of sessions)
    if (isRecorded(story, session)) steps.push(registerStep(session.number, session.onDay, story.late?.[session.number]))
  const timed = steps
    .map((step) => ({ ...step, at: momentOn(step.on, step.hour, luck) }))
    .sort((one, other) => (one.at < other.at ? -1 : 1))
  for (const { at, does } of timed) {
    yield at
    await does(run)
  }
}

async function plan(tx: Tx, actor: Actor, stage: Stage, programmeId: Uuid, story: GroupStory, key: Run['key']) {
  const { firstOn, beginsAt, venue, capacity, sessionCount } = story
  const group = await createGroup(tx, actor, {
    idempotencyKey: key('group'),
    programmeId,
    firstOn,
    beginsAt,
    venue,
    capacity,
    sessionCount,
    holidays: 'skip',
  })
  for (const { id } of [stage.people.facilitator, stage.secondFacilitator])
    await addFacilitator(tx, actor, { idempotencyKey: key(`facilitator-${id}`), groupId: group.id, staffId: id })
  return group
}

const start = ({ stage, groupId }: Run) =>
  stage.as('programme-manager', async (tx, actor) => {
    const [group] = await groupById.batch(tx, actor, [groupId])
    return startGroup(tx, actor, { groupId, expectedVersion: group!.version })
  })

/** A session is recorded where the story says something of it. */
const isRecorded = ({ registers, notHeld }: GroupStory, { number, onDay }: Session): boolean =>
  onDay < lastDay &&
  (notHeld?.[number] !== undefined || Object.values(registers ?? {}).some((line) => (line[number - 1] ?? ' ').trim() !== ''))

/** The facilitator writes the register when everybody has gone, or so many days later. */
export function registerStep(number: number, onDay: Day, days = 0): Step {
  return { on: daysLater(onDay, days), hour: days > 0 ? 9 : 21, does: (run) => writeRegister(run, number, {}) }
}

/** Writes a register, or puts it right for those `changed`. */
export const writeRegister = (
  { stage, story, groupId, key }: Run,
  number: number,
  changed: Record<number, string>,
  correctionReason: string | null = null,
): Promise<unknown> =>
  stage.as('facilitator', async (tx, actor) => {
    const [sessions = []] = await sessionsOfGroup.batch(tx, actor, [groupId])
    const session = sessions.find((one) => one.number === number)!
    const notHeldBecause = story.notHeld?.[number]
    const outcome: RegisterOutcome = notHeldBecause
      ? { notHeldBecause }
      : { facilitatedBy: [actor.id, stage.secondFacilitator.id], entries: await entriesOf(tx, actor, stage, story, session, changed) }
    return recordRegister(tx, actor, {
      sessionId: session.id,
      outcome,
      correctionReason,
      expectedVersion: session.version,
      idempotencyKey: key(`register-${number}-${session.version}`),
    })
  })

async function entriesOf(tx: Tx, actor: Actor, { cases }: Stage, { registers, name }: GroupStory, session: Session, changed: object) {
  const persons = new Map([...cases].map(([person, { caseId }]) => [caseId, person]))
  const lines: Record<number, string> = registers ?? {}
  return (await membersOn(tx, actor, session.groupId, session.onDay)).map(({ id, caseId }) => {
    const person = persons.get(caseId)!
    const mark = (changed as Record<number, string>)[person] ?? lines[person]?.[session.number - 1] ?? ''
    const outcome = marks[mark]
    if (!outcome) throw new Error(`the demo's ${name}, session ${session.number}, says nothing of person ${person}`)
    return { placeId: id, outcome }
  })
}
