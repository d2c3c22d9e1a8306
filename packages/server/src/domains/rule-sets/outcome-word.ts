import type { KindId, Outcomes } from '@plumbline/rules'
import { resultOf, type StoredDecision } from './decision.ts'

/** How each kind's outcome reads in one word, or a range of two. */
const words: { [Kind in KindId]: (outcome: Outcomes[Kind]) => string } = {
  // Always the range: the lower end alone would read as "no more than that".
  risk: ({ band }) => (band.atLeast === band.atMost ? band.atLeast : `${band.atLeast} to ${band.atMost}`),
  eligibility: ({ outcome }) => outcome,
  safeguarding: ({ outcome }) => outcome,
  attendance: ({ outcome }) => outcome,
  pathway: ({ outcome }) => outcome,
  completion: ({ completed }) => (completed === 'yes' ? 'completed' : completed === 'no' ? 'not-completed' : completed),
}

export const inOneWord = <Kind extends KindId>(kind: Kind, outcome: Outcomes[Kind]): string => words[kind](outcome)

export const outcomeWord = (decision: StoredDecision): string =>
  decision.needsHumanReview ? 'needs-human-review' : wordOf(decision, decision.kind)

function wordOf<Kind extends KindId>(decision: StoredDecision, kind: Kind): string {
  const outcome = resultOf(decision, kind)
  return outcome === null ? 'needs-human-review' : inOneWord(kind, outcome)
}
