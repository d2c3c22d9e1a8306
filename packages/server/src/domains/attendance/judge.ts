import type { AttendanceOutcome, Facts, KindId, Outcomes, SafeguardingOutcome } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { evaluate, isReview, rulesOn, type Rules } from '../rule-sets/index.ts'

/** What the rules say. `outcome` is null when they said nothing; with a review and an outcome, unusable facts counted as unknown. */
export type Said<Outcome> = { outcome: Outcome | null; needsHumanReview: boolean }

/** Asks the rules of one kind. Stores nothing. */
export function ask<Kind extends KindId>(rules: Rules, kind: Kind, asOf: Day, facts: Facts): Said<Outcomes[Kind]> {
  const { result, needsHumanReview } = evaluate(rules, kind, { asOf, facts })
  return { outcome: (isReview(result) ? result.computed : result) as Outcomes[Kind] | null, needsHumanReview }
}

/** What follows from the register, by the rules in force on the day the place began. */
export const askAttendance = async (tx: Tx, actor: Actor, joinedOn: Day, asOf: Day, facts: Facts): Promise<Said<AttendanceOutcome>> =>
  ask(await rulesOn(tx, actor, joinedOn), 'attendance', asOf, facts)

export type Happened = 'safeguarding.hasMissedSession' | 'safeguarding.hasEndedEarly'
const nothingHappened: Facts = { 'safeguarding.hasMissedSession': false, 'safeguarding.hasEndedEarly': false }

/** The facts with which safeguarding is decided when a session was missed or a place ended. */
export const factsOnceIt = (happened: Happened, facts: Facts): Facts => ({ ...facts, ...nothingHappened, [happened]: true })

/**
 * Whether somebody must be told because of what happened, by the rules of that day: only what it adds to what was so before,
 * so that no earlier danger is raised a second time.
 */
export async function askSafeguarding(
  tx: Tx,
  actor: Actor,
  day: Day,
  happened: Happened,
  facts: Facts,
): Promise<Said<SafeguardingOutcome>> {
  const rules = await rulesOn(tx, actor, day)
  const before = ask(rules, 'safeguarding', day, { ...facts, ...nothingHappened })
  const { outcome, needsHumanReview } = ask(rules, 'safeguarding', day, factsOnceIt(happened, facts))
  return { outcome: outcome && addedTo(before.outcome, outcome), needsHumanReview }
}

function addedTo(before: SafeguardingOutcome | null, after: SafeguardingOutcome): SafeguardingOutcome {
  const was = new Set([...(before?.triggers ?? []).map(({ rule }) => rule)])
  const wasOpen = new Set([...was, ...(before?.cannotBeRuledOut ?? []).map(({ rule }) => rule)])
  return {
    ...after,
    triggers: after.triggers.filter(({ rule }) => !was.has(rule)),
    cannotBeRuledOut: after.cannotBeRuledOut.filter(({ rule }) => !wasOpen.has(rule)),
  }
}
