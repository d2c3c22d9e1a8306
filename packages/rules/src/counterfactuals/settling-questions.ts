import { type Answer, type AnswerRef, refOf } from '../answers/answer.ts'
import { ruleIds } from '../answers/ladder.ts'
import { isCertain, truthsOf, wordsOf } from '../answers/outlook.ts'
import { openAnswers } from '../answers/open.ts'
import { Trial } from '../answers/trial.ts'
import type { DecisionInput, Facts } from '../language/facts.ts'
import { TRUE, UNKNOWN } from '../language/truth.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { headOf, type ForStaffOnly } from './head.ts'
import { counterfactualsInEnglish, type CounterfactualMessages } from './messages.ts'
import { sentencesOfQuestions } from './sentences.ts'

/** **For staff only.** What to ask so that the outcome is certain whatever is answered. */
export type SettlingQuestions = ForStaffOnly & {
  /** What can come out now, for each question the kind answers. One each where there is nothing to ask. */
  possible: string[][]
  /** `isGiven`: it was answered, and cannot be right as it stands. */
  questions: (AnswerRef & { isGiven?: true })[]
  /**
   * Whether no shorter list would do: for each question some way of answering all others exists in which it decides.
   * Otherwise the list settles it too, as far as could be tried, and a shorter one may.
   */
  isShortest: boolean
  sentences: string[]
}

/** Looks at most, shared by the questions. One that cannot be shown needless in its share is asked. */
const LOOKS = 12_000

/**
 * **For staff only.** The shortest list of open questions after whose answers the outcome is certain, whatever the answers and whatever stays open.
 * It is the set of those that can decide: each of them has to be asked, and together they are enough.
 */
export function settlingQuestions<Supplied extends object = Facts>(
  ruleSet: RuleSet<Supplied>,
  kind: KindId,
  input: DecisionInput<NoInfer<Supplied>>,
  options?: { messages?: CounterfactualMessages },
): SettlingQuestions
export function settlingQuestions(
  ruleSet: RuleSet,
  kind: KindId,
  input: DecisionInput,
  { messages = counterfactualsInEnglish }: { messages?: CounterfactualMessages } = {},
): SettlingQuestions {
  const trial = new Trial(ruleSet, kind, input, LOOKS)
  const { questions, isShortest } = isCertain(trial.start) ? { questions: [], isShortest: true } : decidingIn(trial, ruleSet, kind, input)
  const result: Omit<SettlingQuestions, 'sentences'> = {
    ...headOf(ruleSet, kind, input),
    possible: wordsOf(trial.start, trial.ladders),
    questions: questions.map((answer) => ({ ...refOf(answer), ...(answer.isKnown ? { isGiven: true as const } : {}) })),
    isShortest,
  }
  return { ...result, sentences: sentencesOfQuestions(result, ruleSet, messages) }
}

type Found = { questions: readonly Answer[]; isShortest: boolean }

function decidingIn(trial: Trial, ruleSet: RuleSet, kind: KindId, input: DecisionInput): Found {
  const open = openAnswers(trial.answers, ruleSet, kind, input)
  const deciding = ruleSet.kinds[kind].deciding?.(input)
  // The kind knows its own answers best, as long as its rules wait for nothing else.
  if (deciding && open.every(({ fact }) => ruleSet.facts[fact] && fact.startsWith('factor.'))) {
    const asked = new Map(deciding.map(({ fact, isCertain: certain }) => [fact, certain]))
    const questions = open.filter(({ fact }) => asked.has(fact))
    return settling(trial, open, { questions, isShortest: [...asked.values()].every(Boolean) })
  }
  // Where the outcome is more than its rules, as by points, any answer may count.
  const waitedFor = ruleSet.kinds[kind].ends ? undefined : factsWaitedFor(trial, ruleSet, kind, input)
  const candidates = waitedFor ? open.filter(({ fact }) => waitedFor.has(fact)) : open
  const total = trial.left
  const share = Math.ceil(total / Math.max(1, candidates.length))
  let isShortest = true
  const questions = candidates.filter((answer) => {
    trial.left = share
    const result = trial.canTip(
      answer,
      open.filter((other) => other !== answer),
    )
    if (result === 'not-known') isShortest = false
    return result !== 'no'
  })
  return settling(trial, open, { questions, isShortest })
}

/** What the rules wait for that can still lift the outcome above what is certain. No other answer can change it. */
function factsWaitedFor({ ladders }: Trial, ruleSet: RuleSet, kind: KindId, input: DecisionInput): ReadonlySet<string> {
  const truths = truthsOf(ruleSet, kind, input)
  const rules = ruleIds(ruleSet.document, kind)
  const lifting = new Set(
    ladders.flatMap(({ stepOf }) => {
      const certain = Math.max(0, ...stepOf.filter((_, index) => truths[index] === TRUE))
      return rules.filter((_, index) => truths[index] === UNKNOWN && (stepOf[index] ?? -1) > certain)
    }),
  )
  return new Set(ruleSet.kinds[kind].rules(input).flatMap(({ rule, dependsOn }) => (lifting.has(rule) ? dependsOn : [])))
}

/** Of two questions each may be needless once the other is asked: where a list is not enough after all, everything open is asked. */
function settling(trial: Trial, open: readonly Answer[], found: Found): Found {
  const left = open.filter((answer) => !found.questions.includes(answer))
  return left.length > 0 && !trial.seemsSettledBy(found.questions, left) ? { questions: open, isShortest: false } : found
}
