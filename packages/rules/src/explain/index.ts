import type { Issue } from '../issue.ts'
import type { Outcomes } from '../kinds/index.ts'
import type { RuleTrace } from '../kinds/kind.ts'
import type { Day, DecisionInput, Facts } from '../language/facts.ts'
import type { KindId } from '../rule-set/document.ts'
import { decide, type RuleSet } from '../rule-set/rule-set.ts'
import { english, type Messages } from './messages/index.ts'
import { sentencesOf } from './sentences.ts'

/** A decision with everything it rests on, as plain JSON data. */
export type Explanation<Id extends KindId = KindId> = {
  ruleSet: { id: string; version: string; title: string; effectiveFrom: Day }
  kind: Id
  asOf: Day
  decision: Outcomes[Id]
  /** Every rule of this kind with what it asked, saw and needed, in order of `number`. */
  rules: RuleTrace[]
  /** Facts that were mistyped, or that the catalogue does not have. They counted as unknown. */
  problems: Issue[]
  /** What is to be printed with every result. */
  statements: string[]
  /** The reasons in plain words, the most important first. They hold values seen: redact them for who may not see those. */
  sentences: string[]
}

/**
 * The decision, and why. Slower than `decide`, and always of the same outcome.
 * @param messages the catalogue that sentences are made of, English unless another is given
 */
export function explain<Id extends KindId, Supplied extends object = Facts>(
  ruleSet: RuleSet<Supplied>,
  kind: Id,
  input: DecisionInput<NoInfer<Supplied>>,
  { messages = english }: { messages?: Messages } = {},
): Explanation<Id> {
  const { id, version, title, effectiveFrom, document } = ruleSet
  const whatever: RuleSet<object> = ruleSet
  const decision = decide(ruleSet, kind, input)
  const rules = ruleSet.kinds[kind].rules(input)
  const problems = ruleSet.kinds[kind].problems(input)
  return {
    ruleSet: { id, version, title, effectiveFrom },
    kind,
    asOf: input.asOf,
    decision,
    rules,
    problems,
    statements: Object.keys(document.statements)
      .sort()
      .map((statement) => document.statements[statement] ?? ''),
    sentences: sentencesOf(kind, { decision, rules, ruleSet: whatever, messages, isHidden: () => false }, problems),
  }
}

export { english, type Messages, pluralIn, type PluralForms, type Translated } from './messages/index.ts'
