import { questionOf } from '../explain/labels.ts'
import { comparisonInWords, seenInWords } from '../explain/reasons.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { labelOfAnswer, outcomeInWords } from '../why/sentences.ts'
import type { InstrumentPart } from './instrument-parts.ts'
import type { CounterfactualMessages } from './messages.ts'
import type { NearlyFired } from './nearly-fired.ts'
import type { SettlingQuestions } from './settling-questions.ts'
import type { AnswerChange, SmallestChanges } from './smallest-change.ts'
import type { RuleInTheWay, WhyNot } from './why-not.ts'

type Untold<Result> = Omit<Result, 'sentences'>

/** Every list of sentences begins with whom it is not for. */
const told = (messages: CounterfactualMessages, parts: readonly string[]): string[] =>
  [messages.counterfactuals.forStaffOnly({}), ...parts].map((text) => messages.words.sentence({ text }))

/** Sentences name so many changes; the data has them all. */
const MOST_TOLD = 12

export function sentencesOfChanges(result: Untold<SmallestChanges>, ruleSet: RuleSet, messages: CounterfactualMessages): string[] {
  const { counterfactuals: say } = messages
  const { changes, more, size, to, kind } = result
  const count = changes.length + more
  const first =
    size === null
      ? to === undefined
        ? say.noSmallChange({ atMost: result.atMost })
        : isSo(result.from, to)
          ? say.isSo({ outcome: outcomeInWords(kind, to, ruleSet, messages) })
          : say.noSmallChangeTo({ atMost: result.atMost, outcome: outcomeInWords(kind, to, ruleSet, messages) })
      : to === undefined
        ? say.alters({ count, size })
        : say.altersTo({ count, size, outcome: outcomeInWords(kind, to, ruleSet, messages) })
  const shown = changes.slice(0, MOST_TOLD).map(({ answers, outcome }) =>
    say.change({
      answers: answers.map((answer) => changeInWords(answer, ruleSet, messages)),
      outcome: outlookInWords(kind, outcome, ruleSet, messages),
    }),
  )
  const unsaid = count - shown.length
  return told(messages, [
    first,
    ...shown,
    ...(unsaid > 0 ? [say.more({ count: unsaid })] : []),
    ...(result.isComplete ? [] : [say.incomplete({})]),
  ])
}

const isSo = (possible: readonly string[][], outcome: string): boolean =>
  possible.some((words) => words.length === 1 && words[0] === outcome)

function changeInWords({ from, to, window, ...ref }: AnswerChange, ruleSet: RuleSet, messages: CounterfactualMessages): string {
  return messages.counterfactuals.changedAnswer({
    label: labelOfAnswer(ref, ruleSet, messages),
    from: seenInWords(ref.fact, from, messages),
    to: seenInWords(ref.fact, to, messages),
    ...(window === undefined ? {} : { window: messages.words.answer({ word: window }) }),
  })
}

/** What several questions come to: `completed; not improved or improved`. */
function outlookInWords(kind: KindId, outlook: readonly string[][], ruleSet: RuleSet, messages: CounterfactualMessages): string {
  const each = outlook.map((outcomes) =>
    messages.counterfactuals.outcomes({ outcomes: outcomes.map((outcome) => outcomeInWords(kind, outcome, ruleSet, messages)) }),
  )
  return each.join('; ')
}

export function sentencesOfQuestions(result: Untold<SettlingQuestions>, ruleSet: RuleSet, messages: CounterfactualMessages): string[] {
  const { counterfactuals: say } = messages
  const { possible, questions, isShortest, kind } = result
  if (questions.length === 0 && possible.every(({ length }) => length === 1))
    return told(messages, [say.settled({ outcome: outlookInWords(kind, possible, ruleSet, messages) })])
  const outcomes = possible
    .filter(({ length }) => length > 1)
    .flatMap((words) => words.map((outcome) => outcomeInWords(kind, outcome, ruleSet, messages)))
  const asked = questions.map((ref) => {
    const question = questionOf(ref.fact, ruleSet, messages)
    const said = ref.entry ? say.questionOnEntry({ label: labelOfAnswer(ref, ruleSet, messages), question }) : say.question({ question })
    return ref.isGiven ? say.questionAgain({ question: said }) : said
  })
  const toAsk = questions.length === 0 ? say.nothingToAsk({}) : say.toAsk({ count: questions.length, isShortest })
  return told(messages, [say.canBe({ outcomes }), toAsk, ...asked])
}

export function sentencesOfNearlyFired({ rules }: Untold<NearlyFired>, ruleSet: RuleSet, messages: CounterfactualMessages): string[] {
  const { counterfactuals: say } = messages
  if (rules.length === 0) return told(messages, [say.nothingNear({})])
  const each = rules.map(({ label, changes }) =>
    say.nearRule({ label, changes: changes.map((change) => changeInWords(change, ruleSet, messages)) }),
  )
  return told(messages, [say.near({ count: rules.length }), ...each])
}

export function sentencesOfWhyNot(result: Untold<WhyNot>, ruleSet: RuleSet, messages: CounterfactualMessages): string[] {
  const { counterfactuals: say } = messages
  const outcome = (word: string) => outcomeInWords(result.kind, word, ruleSet, messages)
  const wanted = outcome(result.wanted)
  if (result.isSo) return told(messages, [say.isSo({ outcome: wanted })])
  const { inTheWay, oneOf } = result
  const inWay = [
    ...inTheWay.rules.map((rule) => (rule.result === 'true' ? say.ruleHolds : say.ruleOpen)(ruleSaid(rule, ruleSet, messages))),
    ...inTheWay.instrument.map((part) => partInWords(part, ruleSet, messages)),
  ]
  const missing = [
    ...oneOf.rules.map((rule) => (rule.result === 'unknown' ? say.ruleOpen : say.ruleMissing)(ruleSaid(rule, ruleSet, messages))),
    ...oneOf.instrument.map((part) => partInWords(part, ruleSet, messages, true)),
  ]
  return told(messages, [
    say.notSo({ wanted, possible: result.possible.map(outcome), mayBe: result.possible.includes(result.wanted) }),
    ...(inWay.length > 0 ? [say.inTheWay({ count: inWay.length }), ...inWay] : []),
    ...(missing.length > 0 ? [say.oneOf({ count: missing.length }), ...missing] : []),
    ...(inWay.length + missing.length === 0 ? [say.nothingGives({})] : []),
  ])
}

const ruleSaid = ({ label, decisive }: RuleInTheWay, ruleSet: RuleSet, messages: CounterfactualMessages) => ({
  label,
  seen: messages.comparisons.seen({ reasons: [...new Set(decisive.map((trace) => comparisonInWords(trace, ruleSet, messages)))] }),
})

function partInWords(part: InstrumentPart, ruleSet: RuleSet, messages: CounterfactualMessages, isMissing = false): string {
  const { counterfactuals: say } = messages
  if (part.what === 'points') return 'short' in part ? say.pointsShort(part) : part.isOpen ? say.pointsOpen(part) : say.pointsOver(part)
  const named = {
    factor: ruleSet.document.instrument?.factors[part.factor]?.label ?? part.factor,
    band: outcomeInWords('risk', part.band, ruleSet, messages),
  }
  if (isMissing) return say.floorMissing(named)
  return part.isOpen ? say.floorOpen(named) : say.floor(named)
}
