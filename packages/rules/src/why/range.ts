import { type Answer, type AnswerRef, refOf } from '../answers/answer.ts'
import { type Outlook, wordsOf } from '../answers/outlook.ts'
import { openAnswers } from '../answers/open.ts'
import { Trial } from '../answers/trial.ts'
import type { DecisionInput, Facts } from '../language/facts.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'

/** What can still come out while answers are open. */
export type Range = {
  /** For each question the kind answers, the outcomes that are possible, the lowest first. One each where all is certain. */
  possible: string[][]
  /** Whether every one of them was reached by some way of answering. Otherwise it is never narrower than the truth. */
  isExact: boolean
  isCertain: boolean
  /** What the rules look at and is not known, or cannot be right as it stands. */
  open: AnswerRef[]
}

/** Looks at most; each takes a few microseconds. */
const LOOKS = 5000

/**
 * The outcomes that unknown answers leave possible.
 * @throws Error for risk, from a rule set without an instrument: there is nothing to answer with
 */
export function range<Supplied extends object = Facts>(
  ruleSet: RuleSet<Supplied>,
  kind: KindId,
  input: DecisionInput<NoInfer<Supplied>>,
): Range
export function range(ruleSet: RuleSet, kind: KindId, input: DecisionInput): Range {
  const trial = new Trial(ruleSet, kind, input, LOOKS)
  const open = openAnswers(trial.answers, ruleSet, kind, input)
  const { outlook, isExact } = reachable(trial, open)
  const possible = wordsOf(outlook, trial.ladders)
  return { possible, isExact, isCertain: possible.every(({ length }) => length === 1), open: open.map(refOf) }
}

/** Drops an outcome that no way of answering leads to. */
function reachable(trial: Trial, open: readonly Answer[]): { outlook: Outlook; isExact: boolean } {
  let isExact = true
  const outlook = trial.start.map((bits, ladder) => {
    if ((bits & (bits - 1)) === 0) return bits
    let left = bits
    for (let step = 0; 1 << step <= bits; step++) {
      if ((bits & (1 << step)) === 0) continue
      const others = trial.start.map((all, index) => (index === ladder ? ~(1 << step) : all))
      const result = trial.isForced(open, others)
      if (result === 'yes') left &= ~(1 << step)
      if (result === 'not-known') isExact = false
    }
    return left
  })
  return { outlook, isExact }
}
