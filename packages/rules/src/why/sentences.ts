import type { AnswerRef } from '../answers/answer.ts'
import { factLabel } from '../explain/labels.ts'
import { seenInWords } from '../explain/reasons.ts'
import type { FactValue } from '../language/facts.ts'
import { isItem } from '../language/scope.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import type { WhyMessages } from './messages.ts'
import type { SufficientReason } from './sufficient-reason.ts'

export function sentencesOfReason(reason: Omit<SufficientReason, 'sentences'>, ruleSet: RuleSet, messages: WhyMessages): string[] {
  const { why, words } = messages
  const count = reason.answers.length
  const lowest = reason.forces.map((outcomes) => outcomeInWords(reason.kind, outcomes[0] ?? '', ruleSet, messages))
  const first =
    count === 0
      ? reason.atLeast
        ? why.nothingForced({})
        : why.nothingNeeded({})
      : reason.atLeast
        ? why.forcedAtLeast({ outcomes: lowest, count })
        : why.forced({ outcomes: lowest, count })
  const answers = reason.answers.map((answer) => answerInWords(answer, ruleSet, messages))
  return [first, ...answers, ...(reason.isMinimal ? [] : [why.notMinimal({})])].map((text) => words.sentence({ text }))
}

/** A band by its label; any other outcome by its word. */
export function outcomeInWords(kind: KindId, outcome: string, { document }: RuleSet, { why }: WhyMessages): string {
  const label = kind === 'risk' ? document.instrument?.bands[outcome]?.label.toLowerCase() : undefined
  return why.outcome({ kind, outcome, ...(label === undefined ? {} : { label }) })
}

type Valued = AnswerRef & { value: FactValue; window?: 'recent' | 'historic' }

export function answerInWords({ value, window, ...ref }: Valued, ruleSet: RuleSet, messages: WhyMessages): string {
  return messages.why.answer({
    label: labelOfAnswer(ref, ruleSet, messages),
    value: seenInWords(ref.fact, value, messages),
    ...(window === undefined ? {} : { window: messages.words.answer({ word: window }) }),
  })
}

/** A fact by its label, a field of an entry with the place of the entry, counted from 1. */
export function labelOfAnswer({ fact, entry }: AnswerRef, ruleSet: RuleSet, messages: WhyMessages): string {
  const label = factLabel(fact, ruleSet, messages)
  if (!entry) return label
  const type = ruleSet.facts[fact]
  const field = type?.type === 'list' && isItem(type.of) ? type.of.fields[entry.field]?.label : undefined
  return messages.why.entry({ list: label, place: entry.index + 1, field: field ?? entry.field })
}
