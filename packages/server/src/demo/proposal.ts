import { and, eq } from 'drizzle-orm'
import { proposeRuleSet, ruleSetVersions } from '../domains/rule-sets/index.ts'
import type { Chance } from './chance.ts'
import type { Stage } from './lives.ts'
import { momentOn } from './moments.ts'
import type { Life } from './schedule.ts'

type Document = { version: string; effectiveFrom: string; parameters: Record<string, unknown>; examples: Record<string, unknown> }

/** The rules author proposes a review at the second miss instead of the third. Nobody has approved it yet. */
export async function* earlierReview(stage: Stage, luck: Chance): Life {
  yield momentOn('2026-04-28', 11, luck)
  await stage.as('rules-author', async (tx, actor) => {
    const [published] = await tx.orm
      .select({ text: ruleSetVersions.documentText })
      .from(ruleSetVersions)
      .where(and(eq(ruleSetVersions.providerId, actor.providerId), eq(ruleSetVersions.ruleSetId, stage.provider.ruleSetId)))
    return proposeRuleSet(tx, actor, {
      text: `${JSON.stringify(withEarlierReview(JSON.parse(published!.text) as Document), null, 2)}\n`,
      reason: 'At the third miss it was too late for two people this year.',
      idempotencyKey: 'demo-earlier-review',
    })
  })
}

const withEarlierReview = (document: Document): Document => ({
  ...document,
  version: '1.1.0',
  effectiveFrom: '2026-06-01',
  parameters: { ...document.parameters, reviewAtMisses: 2 },
  examples: {
    ...document.examples,
    'a second miss calls for a review': {
      kind: 'attendance',
      asOf: '2026-06-30',
      facts: {
        'place.joinedOn': '2026-06-01',
        'attendance.register': [
          { session: 's1', kind: 'group', date: '2026-06-01', outcome: 'absent' },
          { session: 's2', kind: 'group', date: '2026-06-08', outcome: 'excused' },
        ],
      },
      expect: { outcome: 'review', counts: { held: 2, missed: 2 } },
    },
  },
})
