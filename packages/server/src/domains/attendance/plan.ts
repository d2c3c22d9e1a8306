import type { AttendanceOutcome, Duration, Facts, SafeguardingOutcome } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import { deadlineOf } from '../../platform/calendar/index.ts'
import type { Day, Instant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { concernsOf, type ExpectedConcern } from '../assessments/index.ts'
import type { Place, Session } from '../programmes/index.ts'
import { rulesOn } from '../rule-sets/index.ts'
import { standingOf, type Standing as StandingConsequence } from './consequence.ts'
import { factsForPlace } from './facts.ts'
import { askAttendance, askSafeguarding, type Said } from './judge.ts'
import { asFact, dayOf, recordedOf, registerOf, type Recorded, type RegisterItem } from './register.ts'
import { consequences, type ConsequenceType, type EntryOutcome, type Standing } from './words.ts'

/** Something that would follow anew. */
export type Follows = {
  type: ConsequenceType
  /** Ids of the rules it comes from; empty where no rule says it. */
  rules: string[]
  /** The first of these rules in plain words; null where no rule says it. */
  label: string | null
  /** The session it is about, and its day. */
  sessionId: Uuid
  onDay: Day
  /** Whom the rules say to tell, the first first. */
  tell: string[]
  from: Instant
  within: Duration
  dueAt: Instant
  concern: ExpectedConcern | null
}

/** Something that stands and would hold no more. */
export type Undone = { id: Uuid; type: ConsequenceType; rules: string[]; sessionId: Uuid }

/** What the register would come to for one person. */
export type PersonPlan = {
  place: Place
  outcome: EntryOutcome | 'not-held'
  standing: Standing
  /** Of what is recorded, by the parameters of the day the place began; null while that cannot be counted. */
  counts: { held: number; attended: number; missed: number; unrecorded: number } | null
  follows: Follows[]
  undone: Undone[]
  /** What the decision is made on, and for which day. */
  facts: Facts
  asOf: Day
}

export type Planned = { place: Place; outcome: EntryOutcome | 'not-held' }

/**
 * What would follow if this were recorded of a session: for each person what is new and what holds no more. The same whether it is only shown or saved,
 * and whether or not a partner is known: nothing here looks at her side. Reads, and changes nothing.
 */
export async function planRegister(tx: Tx, actor: Actor, session: Session, planned: readonly Planned[]): Promise<PersonPlan[]> {
  const places = planned.map(({ place }) => place)
  const recorded = await recordedOf(tx, actor, places)
  const standing = await standingOf(
    tx,
    actor,
    places.map(({ id }) => id),
  )
  const plans: PersonPlan[] = []
  for (const one of planned)
    plans.push(
      await planFor(
        tx,
        actor,
        session,
        one,
        recorded,
        standing.filter(({ placeId }) => placeId === one.place.id),
      ),
    )
  return plans
}

async function planFor(
  tx: Tx,
  actor: Actor,
  session: Session,
  { place, outcome }: Planned,
  recorded: Recorded,
  standing: readonly StandingConsequence[],
): Promise<PersonPlan> {
  const joinedOn = place.joinedOn!
  const items = registerOf(place, recorded, tx.now, { sessionId: session.id, outcome })
  const asOf = dayOf(items, session.onDay)
  const facts = await factsForPlace(tx, actor, place, items)
  const said = await askAttendance(tx, actor, joinedOn, asOf, facts)
  const earlier = registerOf(place, recorded, tx.now)
  const before = await askAttendance(tx, actor, joinedOn, asOf, { ...facts, 'attendance.register': asFact(earlier) })
  const missedNow = said.outcome?.counts?.missedSessions ?? []
  const missedBefore = new Set(before.outcome?.counts?.missedSessions ?? [])
  const anew = missedNow.filter((id) => !missedBefore.has(id))

  const labels = (await rulesOn(tx, actor, joinedOn)).loaded?.ruleSet.document.attendance
  const wanted = wantedOf({ said, items, session, now: tx.now, labelOf: (rule) => labels?.[rule]?.label ?? null })
  const ofSafety = await wantedOfSafety(tx, actor, items, anew, facts)
  const follows = [...wanted, ...ofSafety].filter((one) => isNew(one, standing, place, items))
  return {
    place,
    outcome,
    standing: said.needsHumanReview || !said.outcome ? 'needs-human-review' : said.outcome.outcome,
    counts: countsOf(said.outcome),
    follows,
    undone: standing
      .filter((one) => !stillHolds(one, wanted, missedNow))
      .map(({ id, type, rules, sessionId }) => ({ id, type, rules, sessionId })),
    facts,
    asOf,
  }
}

const countsOf = (outcome: AttendanceOutcome | null): PersonPlan['counts'] => {
  if (!outcome?.counts) return null
  const { held, attended, missed, unrecorded } = outcome.counts
  return { held, attended, missed, unrecorded }
}

type Wanting = {
  said: Said<AttendanceOutcome>
  items: readonly RegisterItem[]
  session: Session
  now: Instant
  labelOf: (rule: string) => string | null
}

/** All that should stand by the rules: a contact for each miss, and each graver rule once. */
function wantedOf({ said, items, session, now, labelOf }: Wanting): Follows[] {
  const { outcome, needsHumanReview } = said
  const missed = items.filter((item) => outcome?.counts?.missedSessions.includes(item.session.id)).map((item) => item.session)
  const last = missed.at(-1) ?? session
  const byRules = (outcome?.consequences ?? []).flatMap(({ rule, type, params }) => {
    const within = (params['within'] as Duration | undefined) ?? consequences[type].within
    const tell = (params['tell'] as string[] | undefined) ?? []
    const about = type === 'contact' ? missed : [last]
    return about.map((one) => follow({ type, rules: [rule], label: labelOf(rule), session: one, tell, from: one.endsAt, within }))
  })
  const byNobody = [
    ...(outcome?.outcome === 'cannot-tell' ? ['cannot-tell' as const] : []),
    ...(needsHumanReview ? ['needs-human-review' as const] : []),
  ]
  return [
    ...byRules,
    ...byNobody.map((type) =>
      follow({ type, rules: [], label: null, session: last, tell: [], from: now, within: consequences[type].within }),
    ),
  ]
}

type NewFollow = Omit<Follows, 'sessionId' | 'onDay' | 'dueAt' | 'concern'> & { session: Session; concern?: ExpectedConcern }
const follow = ({ session, concern, ...more }: NewFollow): Follows => ({
  ...more,
  sessionId: session.id,
  onDay: session.onDay,
  dueAt: deadlineOf(more.from, more.within).at,
  concern: concern ?? null,
})

/** Each new miss is looked at with the risk as it stands now, by the safeguarding rules of the day it happened. */
async function wantedOfSafety(
  tx: Tx,
  actor: Actor,
  items: readonly RegisterItem[],
  missedAnew: readonly string[],
  facts: Facts,
): Promise<Follows[]> {
  const found: Follows[] = []
  for (const { session } of items.filter((item) => missedAnew.includes(item.session.id)))
    found.push(...safetyOf(tx.now, session, await askSafeguarding(tx, actor, session.onDay, 'safeguarding.hasMissedSession', facts)))
  return found
}

function safetyOf(now: Instant, session: Session, said: Said<SafeguardingOutcome>): Follows[] {
  const raised = concernsOf(now, said).map((concern) =>
    follow({
      type: 'safeguarding',
      rules: concern.rules,
      label: null,
      session,
      tell: concern.tell,
      from: now,
      within: concern.within,
      concern,
    }),
  )
  const open = said.outcome?.cannotBeRuledOut ?? []
  if (open.length === 0 && !said.needsHumanReview) return raised
  const within = said.outcome?.task?.within ?? consequences['cannot-be-ruled-out'].within
  const rules = open.map(({ rule }) => rule)
  return [...raised, follow({ type: 'cannot-be-ruled-out', rules, label: null, session, tell: [], from: now, within })]
}

/** At most one stands for each. */
export const causeOf = ({ type, rules, sessionId }: Pick<Follows, 'type' | 'rules' | 'sessionId'>): string =>
  `${type}/${rules.join('+')}/${sessionId}`

const isEach = (type: ConsequenceType): boolean => type === 'contact' || type === 'safeguarding' || type === 'cannot-be-ruled-out'
const sameRule = (one: Pick<Follows, 'type' | 'rules'>, other: Pick<Follows, 'type' | 'rules'>): boolean =>
  one.type === other.type && one.rules.join('+') === other.rules.join('+')

/** A contact and a concern come for each miss. Of the others one is enough, until somebody has dealt with it and a further session is missed. */
function isNew(wanted: Follows, standing: readonly StandingConsequence[], place: Place, items: readonly RegisterItem[]): boolean {
  if (isEach(wanted.type)) return !standing.some((one) => causeOf(one) === causeOf(wanted))
  // What ended has no place to review or to remove from.
  if (place.status !== 'open') return false
  const alike = standing.filter((one) => sameRule(one, wanted))
  const at = (sessionId: Uuid) => items.findIndex(({ session }) => session.id === sessionId)
  return alike.every((one) => one.isSettled && at(one.sessionId) < at(wanted.sessionId))
}

function stillHolds(one: StandingConsequence, wanted: readonly Follows[], missed: readonly string[]): boolean {
  if (one.type === 'safeguarding' || one.type === 'cannot-be-ruled-out') return missed.includes(one.sessionId)
  if (one.type === 'contact') return wanted.some((other) => causeOf(other) === causeOf(one))
  return wanted.some((other) => sameRule(other, one))
}
