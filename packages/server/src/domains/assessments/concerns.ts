import type { Duration, SafeguardingOutcome } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import { dueAt } from '../../platform/calendar/index.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { levelIds, matterOf, raiseConcern, type ConcernLevel, type Matter } from '../safeguarding/index.ts'
import type { Assessment } from './assessment.ts'
import { soonest } from './follow-ups.ts'
import type { Said } from './result.ts'

/** One concern for everything of one level that fired. */
export type ExpectedConcern = { level: ConcernLevel; what: Matter[]; rules: string[]; tell: string[]; within: Duration; dueAt: Instant }

/** The concerns that follow from a result, the most urgent first. Pure: the preview shows them, the signature raises them. */
export function concernsOf(now: Instant, { outcome }: Said<SafeguardingOutcome>): ExpectedConcern[] {
  const triggers = outcome?.triggers ?? []
  return levelIds.flatMap((level) => {
    const fired = triggers.filter((trigger) => trigger.level === level)
    if (fired.length === 0) return []
    const rules = fired.map(({ rule }) => rule)
    const within = soonest(
      now,
      fired.map((trigger) => trigger.within),
    )
    return [
      {
        level,
        what: unique(rules.map(matterOf)),
        rules,
        tell: unique(fired.flatMap(({ tell }) => tell)),
        within,
        dueAt: dueAt(now, within),
      },
    ]
  })
}

const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)]

/** Raises them in the caller's transaction. */
export async function raiseConcerns(
  tx: Tx,
  actor: Actor,
  { caseId }: Pick<Assessment, 'caseId'>,
  decisionId: Uuid,
  expected: readonly ExpectedConcern[],
): Promise<void> {
  for (const { level, what, rules, tell, within } of expected)
    await raiseConcern(tx, actor, { caseId, side: 'participant', level, what, due: { within }, source: { decisionId, rules, tell } })
}
