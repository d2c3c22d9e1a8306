import { canonicalJson, type KindId, type Outcomes, type ResolvedDocument } from '@plumbline/rules'

/**
 * Which way a decision would move. Up is towards more care: a higher band, a refusal, a trigger or a consequence more.
 * Down is towards less. What moves up in one respect and down in another counts as down where less could be done for somebody's safety, and else cannot be told.
 */
export const directions = ['down', 'cannot-tell', 'up', 'unchanged'] as const
export type Direction = (typeof directions)[number]

type Compare<Kind extends KindId> = (stored: Outcomes[Kind], now: Outcomes[Kind], document: ResolvedDocument) => Direction

const compare: { [Kind in KindId]: Compare<Kind> } = {
  // Lists, reviews and notices go by the upper end; so the upper end counts first.
  risk: ({ band: stored }, { band: now }, { instrument }) => {
    const rank = (band: string) => instrument?.bands[band]?.number
    const [upper, lower] = [move(rank(stored.atMost), rank(now.atMost)), move(rank(stored.atLeast), rank(now.atLeast))]
    if (upper === 'unchanged') return lower
    if (upper === 'up') return lower === 'down' || lower === 'cannot-tell' ? 'cannot-tell' : 'up'
    return upper
  },
  // Not refused any more is less, also while something has to be found out first.
  eligibility: ({ outcome: stored }, { outcome: now }) => {
    const rank = { eligible: 0, 'needs-information': 1, 'human-review': 1, ineligible: 2 }
    return stored !== now && rank[stored] === rank[now] ? 'cannot-tell' : move(rank[stored], rank[now])
  },
  safeguarding: (stored, now) => {
    const rank = { nothing: 0, ask: 1, tell: 2 }
    const byOutcome = move(rank[stored.outcome], rank[now.outcome])
    return byOutcome === 'unchanged'
      ? moveOfList([...stored.triggers, ...stored.cannotBeRuledOut], [...now.triggers, ...now.cannotBeRuledOut])
      : byOutcome
  },
  attendance: (stored, now) => {
    const rank = { 'in-good-standing': 0, contact: 1, review: 2, 'removal-due': 3, 'cannot-tell': undefined }
    if (stored.outcome !== now.outcome) return move(rank[stored.outcome], rank[now.outcome])
    return moveOfList(stored.consequences, now.consequences)
  },
  // To say "completed" or "improved" of more people is to be content with less.
  completion: (stored, now) => {
    const rank = { yes: 0, 'cannot-tell': 1, no: 2 }
    const both = [move(rank[stored.completed], rank[now.completed]), move(rank[stored.improved], rank[now.improved])]
    return both.find((one) => one === 'down') ?? both.find((one) => one === 'up') ?? 'unchanged'
  },
}

export function directionOf<Kind extends KindId>(
  kind: Kind,
  stored: Outcomes[Kind],
  now: Outcomes[Kind],
  document: ResolvedDocument,
): Direction {
  return canonicalJson(stored) === canonicalJson(now) ? 'unchanged' : compare[kind](stored, now, document)
}

const move = (stored: number | undefined, now: number | undefined): Direction =>
  stored === undefined || now === undefined ? 'cannot-tell' : now < stored ? 'down' : now > stored ? 'up' : 'unchanged'

/** Of the same outcome with other items: fewer is less, more is more, others cannot be told. */
function moveOfList(stored: readonly unknown[], now: readonly unknown[]): Direction {
  const [before, after] = [stored.map((item) => canonicalJson(item)), now.map((item) => canonicalJson(item))]
  const isLess = before.some((item) => !after.includes(item))
  const isMore = after.some((item) => !before.includes(item))
  return isLess && isMore ? 'cannot-tell' : isLess ? 'down' : isMore ? 'up' : 'unchanged'
}
