import type { AnswerChange } from './smallest-change.ts'
import { type Answer, refOf } from '../answers/answer.ts'
import { ruleIds } from '../answers/ladder.ts'
import { truthsOf } from '../answers/outlook.ts'
import { Trial } from '../answers/trial.ts'
import type { RuleId } from '../kinds/rule.ts'
import type { DecisionInput, Facts } from '../language/facts.ts'
import { TRUE, type TruthWord, truthWord, UNKNOWN } from '../language/truth.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { headOf, type ForStaffOnly } from './head.ts'
import { counterfactualsInEnglish, type CounterfactualMessages } from './messages.ts'
import { sentencesOfNearlyFired } from './sentences.ts'

/** **For staff only.** Rules that do not hold, and would if one answer were otherwise. */
export type NearlyFired = ForStaffOnly & { rules: NearRule[]; sentences: string[] }
/** `changes`: each alone makes the rule hold. From null: an answer that is still open. */
export type NearRule = { rule: RuleId; label: string; result: TruthWord; changes: AnswerChange[] }

/** **For staff only.** The rules that are one answer away from holding, in order of `number`. Every way of every answer is tried once. */
export function nearlyFired<Supplied extends object = Facts>(
  ruleSet: RuleSet<Supplied>,
  kind: KindId,
  input: DecisionInput<NoInfer<Supplied>>,
  options?: { messages?: CounterfactualMessages },
): NearlyFired
export function nearlyFired(
  ruleSet: RuleSet,
  kind: KindId,
  input: DecisionInput,
  { messages = counterfactualsInEnglish }: { messages?: CounterfactualMessages } = {},
): NearlyFired {
  const ids = ruleIds(ruleSet.document, kind)
  const before = truthsOf(ruleSet, kind, input)
  const changes: AnswerChange[][] = ids.map(() => [])
  const { answers } = new Trial(ruleSet, kind, input, 0)
  for (const answer of answers) {
    for (const way of answer.alone.ways) {
      const facts = { ...input.facts }
      way.write(facts)
      const after = truthsOf(ruleSet, kind, { asOf: input.asOf, facts })
      after.forEach((truth, index) => {
        if (truth === TRUE && before[index] !== TRUE) changes[index]?.push(changeOf(answer, way))
      })
    }
  }
  const rules = ids.flatMap((rule, index) => {
    const found = withoutRepeats(changes[index] ?? [])
    const label = ruleSet.document[kind][rule]?.label ?? rule
    return found.length > 0 ? [{ rule, label, result: truthWord(before[index] ?? UNKNOWN), changes: found }] : []
  })
  const result = { ...headOf(ruleSet, kind, input), rules }
  return { ...result, sentences: sentencesOfNearlyFired(result, ruleSet, messages) }
}

const changeOf = (answer: Answer, { value, window }: Answer['now']): AnswerChange => ({
  ...refOf(answer),
  from: answer.now.value,
  to: value,
  ...(window ? { window } : {}),
})

/** A value that does the same whenever it last happened is one change. */
function withoutRepeats(changes: readonly AnswerChange[]): AnswerChange[] {
  const alike = (one: AnswerChange, other: AnswerChange) => sameAnswer(one) === sameAnswer(other)
  return changes.flatMap((change, place) => {
    const others = changes.filter((other) => alike(change, other))
    if (others.length === 1) return [change]
    if (changes.findIndex((other) => alike(change, other)) !== place) return []
    const { window: _, ...whenever } = change
    return [whenever]
  })
}
const sameAnswer = ({ fact, entry, to }: AnswerChange) => JSON.stringify([fact, entry, to])
