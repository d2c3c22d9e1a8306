import type { RiskOutcome } from '../kinds/index.ts'
import { byNumber } from '../kinds/rule.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'

/**
 * Whether an open form could end in another band where nothing but the beginnings of bands has moved.
 * Every total that the open answers leave possible is looked at; a band that is forced whatever they are hides those below it.
 */
export function couldEndElsewhere(outcome: RiskOutcome, before: ResolvedDocument, after: ResolvedDocument): boolean {
  const { atLeast, atMost } = outcome.scoreRange
  const order = byNumber(before.instrument?.bands ?? {}).map(([id]) => id)
  const forced = [...outcome.floors, ...outcome.patterns].reduce((highest, { band }) => Math.max(highest, order.indexOf(band)), 0)
  for (let points = atLeast.points; points <= atMost.points; points++) {
    const [one, other] = [bandOf(points, atLeast.of, before), bandOf(points, atLeast.of, after)]
    if (Math.max(one, forced) !== Math.max(other, forced)) return true
  }
  return false
}

/** The place of a band among its instrument's, lowest 0: the last that `points` of `of` reach. */
export function bandOf(points: number, of: number, { instrument }: ResolvedDocument): number {
  return byNumber(instrument?.bands ?? {}).reduce((band, [, { from }], index) => (100 * points >= from * of ? index : band), 0)
}
