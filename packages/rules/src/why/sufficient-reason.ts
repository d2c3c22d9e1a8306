import { type Answer, type AnswerRef, refOf } from '../answers/answer.ts'
import { isCertain, type Outlook, wordsOf } from '../answers/outlook.ts'
import { Trial } from '../answers/trial.ts'
import type { Day, DecisionInput, Facts, FactValue } from '../language/facts.ts'
import type { KindId } from '../rule-set/document.ts'
import type { DocumentRef, RuleSet } from '../rule-set/rule-set.ts'
import { sentencesOfReason } from './sentences.ts'
import { whyInEnglish, type WhyMessages } from './messages.ts'

/** Known answers that alone force the outcome, whatever all others are. */
export type SufficientReason = {
  ruleSet: DocumentRef
  kind: KindId
  asOf: Day
  /** For each question the kind answers, the outcomes that these answers leave: one, or with `atLeast` that and whatever is above it. */
  forces: string[][]
  /** Only the lower end is forced: asked for, or because answers are open and no single outcome is. */
  atLeast: boolean
  answers: GivenAnswer[]
  /**
   * Whether none can be left out: for each, a way of giving all others was found that leads elsewhere.
   * Otherwise the search was given up, and a shorter reason may exist.
   */
  isMinimal: boolean
  sentences: string[]
}

/** An answer with the value seen. Redact it for who may not look at the fact. */
export type GivenAnswer = AnswerRef & { value: FactValue; window?: 'recent' | 'historic' }

export type ReasonOptions = {
  /** Why it is not lower, instead of why it is exactly this. */
  atLeast?: boolean
  messages?: WhyMessages
}

/** Looks at most. A look takes a few microseconds; over registers with sessions that are not recorded up to a millisecond. */
const LOOKS = 20_000

/**
 * A smallest set of the known answers that alone forces this outcome: of one or two where one or two do, otherwise one from which none can be left out.
 * Proved by the evaluator: with all other answers unknown, or tried in every way that the rules can tell apart, the outcome is the same.
 * @throws Error for risk, from a rule set without an instrument: there is nothing to answer with
 */
export function sufficientReason<Supplied extends object = Facts>(
  ruleSet: RuleSet<Supplied>,
  kind: KindId,
  input: DecisionInput<NoInfer<Supplied>>,
  options?: ReasonOptions,
): SufficientReason
export function sufficientReason(ruleSet: RuleSet, kind: KindId, input: DecisionInput, options: ReasonOptions = {}): SufficientReason {
  const trial = new Trial(ruleSet, kind, input, LOOKS)
  const atLeast = options.atLeast === true || !isCertain(trial.start)
  const allowed = atLeast ? trial.start.map(fromLowest) : trial.start
  const { answers, isMinimal } = smallest(trial, allowed)
  const reason: Omit<SufficientReason, 'sentences'> = {
    ruleSet: { id: ruleSet.id, version: ruleSet.version },
    kind,
    asOf: input.asOf,
    forces: wordsOf(allowed, trial.ladders),
    atLeast,
    answers: answers.map((answer) => ({
      ...refOf(answer),
      value: answer.now.value,
      ...(answer.now.window ? { window: answer.now.window } : {}),
    })),
    isMinimal,
  }
  return { ...reason, sentences: sentencesOfReason(reason, ruleSet, options.messages ?? whyInEnglish) }
}

/** The lowest outcome that is possible, and all above it. */
const fromLowest = (bits: number): number => ~((bits & -bits) - 1)

type Found = { answers: readonly Answer[]; isMinimal: boolean }

function smallest(trial: Trial, allowed: Outlook): Found {
  const known = trial.answers.filter(({ isKnown }) => isKnown)
  const open = trial.answers.filter(({ isKnown }) => !isKnown)
  const forcedBy = (kept: readonly Answer[]) => {
    const result = trial.isForced([...known.filter((answer) => !kept.includes(answer)), ...open], allowed)
    trial.restore(known)
    return result
  }
  let given = true
  const none = forcedBy([])
  if (none === 'yes') return { answers: [], isMinimal: true }
  if (none === 'not-known') given = false
  for (const answer of known) {
    const result = forcedBy([answer])
    if (result === 'yes') return { answers: [answer], isMinimal: given }
    if (result === 'not-known') given = false
  }
  const pair = known.length <= MOST_FOR_PAIRS ? forcingPair(known, forcedBy) : undefined
  return pair ?? withoutNeedless(known, forcedBy)
}

const MOST_FOR_PAIRS = 40

type ForcedBy = (kept: readonly Answer[]) => 'yes' | 'no' | 'not-known'

function forcingPair(known: readonly Answer[], forcedBy: ForcedBy): Found | undefined {
  for (const [place, one] of known.entries()) {
    for (const other of known.slice(place + 1)) {
      if (forcedBy([one, other]) === 'yes')
        return { answers: [one, other], isMinimal: [one, other].every((each) => forcedBy([each]) === 'no') }
    }
  }
  return undefined
}

/** Leaves out one after the other, the harmless ones first, as long as the rest forces the outcome. */
function withoutNeedless(known: readonly Answer[], forcedBy: ForcedBy): Found {
  let kept = known
  let isMinimal = true
  for (const answer of known.toSorted((one, other) => severity(one) - severity(other))) {
    const rest = kept.filter((each) => each !== answer)
    const result = forcedBy(rest)
    if (result === 'yes') kept = rest
    if (result === 'not-known') isMinimal = false
  }
  return { answers: kept, isMinimal }
}

/** Where among its ways an answer stands. */
const severity = ({ now, ways }: Answer): number => ways.findLastIndex(({ value, window }) => value === now.value && window === now.window)
