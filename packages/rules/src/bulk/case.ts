import type { Issue } from '../issue.ts'
import type { DecisionInput } from '../language/facts.ts'
import type { KindId } from '../rule-set/document.ts'

/**
 * A past case as it was decided: for each kind the day of the decision and the facts as they were stored then.
 * Never today's facts: a change is tried on what was known when somebody had to decide.
 */
export type PastCase = { id: string; asked: Readonly<Partial<Record<KindId, DecisionInput>>> }

/** What is wrong with cases somebody wrote. `cell`, in a table: `C7`. */
export type CaseIssue = Issue & { cell?: string }
