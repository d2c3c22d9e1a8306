import { ruleIds } from '../answers/ladder.ts'
import { lookoutFor, truthsOf, wordsOf } from '../answers/outlook.ts'
import { decisive } from '../explain/reasons.ts'
import type { RuleTrace } from '../kinds/kind.ts'
import type { RuleId } from '../kinds/rule.ts'
import type { DecisionInput, Facts } from '../language/facts.ts'
import type { ComparisonTrace } from '../language/program.ts'
import { FALSE, TRUE, type TruthWord } from '../language/truth.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { headOf, type ForStaffOnly } from './head.ts'
import { counterfactualsInEnglish, type CounterfactualMessages } from './messages.ts'
import { bitsOf } from './outcome.ts'
import { answersAbove, answersReaching, type InstrumentPart, isHeldByAnswers } from './instrument-parts.ts'
import { sentencesOfWhyNot } from './sentences.ts'

/** **For staff only.** What stands between this case and an outcome. */
export type WhyNot = ForStaffOnly & {
  wanted: string
  /** What can come out now, of the question that the outcome belongs to. */
  possible: string[]
  /** Whether the outcome wanted is the one there is. Then nothing stands in the way. */
  isSo: boolean
  /** Each of these by itself keeps the outcome away, or may while it is open: all of them would have to come out otherwise. */
  inTheWay: { rules: RuleInTheWay[]; instrument: InstrumentPart[] }
  /** Where something has to hold for the outcome and nothing does: any one of these would do, once nothing stands in the way. Otherwise empty. */
  oneOf: { rules: RuleInTheWay[]; instrument: InstrumentPart[] }
  sentences: string[]
}

/** `decisive`: the comparisons that made the result, with values seen and needed. */
export type RuleInTheWay = { rule: RuleId; label: string; result: TruthWord; decisive: ComparisonTrace[] }

/**
 * **For staff only.** Why the outcome is not another one, rule by rule. For risk also answer by answer, and by the points.
 * @throws RangeError where the rule set knows no such outcome
 */
export function whyNot<Supplied extends object = Facts>(
  ruleSet: RuleSet<Supplied>,
  kind: KindId,
  wanted: string,
  input: DecisionInput<NoInfer<Supplied>>,
  options?: { messages?: CounterfactualMessages },
): WhyNot
export function whyNot(
  ruleSet: RuleSet,
  kind: KindId,
  wanted: string,
  input: DecisionInput,
  { messages = counterfactualsInEnglish }: { messages?: CounterfactualMessages } = {},
): WhyNot {
  const { ladders, look } = lookoutFor(ruleSet, kind)
  const { ladder, step, bits } = bitsOf(ladders, kind, wanted)
  const outlook = look(input)
  const isSo = outlook[ladder] === bits
  const truths = truthsOf(ruleSet, kind, input)
  const stepOf = ladders[ladder]?.stepOf ?? []
  const named = ruleNamer(ruleSet, kind, input)
  const isRisk = kind === 'risk'
  const isHeld =
    step === 0 ||
    stepOf.some((each, index) => each === step && truths[index] === TRUE) ||
    (isRisk && isHeldByAnswers(ruleSet, input, wanted))
  const result: Omit<WhyNot, 'sentences'> = {
    ...headOf(ruleSet, kind, input),
    wanted,
    possible: wordsOf(outlook, ladders)[ladder] ?? [],
    isSo,
    inTheWay: {
      rules: isSo ? [] : named((index) => truths[index] !== FALSE && (stepOf[index] ?? -1) > step),
      instrument: isSo || !isRisk ? [] : answersAbove(ruleSet, input, wanted),
    },
    oneOf: {
      rules: isSo || isHeld ? [] : named((index) => stepOf[index] === step),
      instrument: isSo || isHeld || !isRisk ? [] : answersReaching(ruleSet, input, wanted),
    },
  }
  return { ...result, sentences: sentencesOfWhyNot(result, ruleSet, messages) }
}

function ruleNamer(ruleSet: RuleSet, kind: KindId, input: DecisionInput): (isMeant: (index: number) => boolean) => RuleInTheWay[] {
  const traces = new Map<RuleId, RuleTrace>(ruleSet.kinds[kind].rules(input).map((trace) => [trace.rule, trace]))
  const ids = ruleIds(ruleSet.document, kind)
  return (isMeant) =>
    ids.flatMap((id, index) => {
      const trace = traces.get(id)
      if (!trace || !isMeant(index)) return []
      const { rule, label, result, conditions } = trace
      return [{ rule, label, result, decisive: decisive(conditions) }]
    })
}
