import type { DecisionInput } from '../language/facts.ts'
import { FALSE, TRUE, type Truth, UNKNOWN } from '../language/truth.ts'
import type { KindId } from '../rule-set/document.ts'
import { decide, type RuleSet } from '../rule-set/rule-set.ts'
import { type Ladder, laddersOf, ruleIds } from './ladder.ts'

/** For each ladder of a kind the steps that are still possible, as bits: one bit where the outcome is certain. */
export type Outlook = readonly number[]

/** What a kind's outcome can still become. Much cheaper than a decision: for trying out many answers. */
export type Lookout = { readonly ladders: readonly Ladder[]; readonly look: (input: DecisionInput) => Outlook }

/** @throws Error for risk, from a rule set without an instrument: there is nothing to answer with */
export function lookoutFor(ruleSet: RuleSet, kind: KindId): Lookout {
  const ladders = laddersOf(ruleSet.document, kind)
  if (ruleSet.kinds[kind].ends === undefined) {
    return { ladders, look: (input) => outlookOf(ladders, truthsOf(ruleSet, kind, input)) }
  }
  const steps = ladders[0]?.steps ?? []
  const look = (input: DecisionInput) => {
    const ends = ruleSet.kinds[kind].ends?.(input)
    return [ends ? bitsBetween(steps.indexOf(ends.atLeast), steps.indexOf(ends.atMost)) : 0]
  }
  return { ladders, look }
}

/** What each rule comes to as it was decided: where a kind knows more than its rules' conditions, as the kind says. */
export function truthsOf(ruleSet: RuleSet, kind: KindId, input: DecisionInput): readonly Truth[] {
  if (kind === 'attendance') {
    const { consequences, undecided } = decide(ruleSet, kind, input)
    const certain = new Set(consequences.map(({ rule }) => rule))
    return ruleIds(ruleSet.document, kind).map((rule) => (certain.has(rule) ? TRUE : undecided.includes(rule) ? UNKNOWN : FALSE))
  }
  const truths = ruleSet.kinds[kind].truths(input)
  if (kind !== 'completion' || decide(ruleSet, kind, input).improved !== 'no') return truths
  // However a rule is written, nothing became better unless a measure that counts says so.
  return ruleIds(ruleSet.document, kind).map((rule, index) =>
    ruleSet.document.completion[rule]?.event.type === 'improved' ? FALSE : (truths[index] ?? UNKNOWN),
  )
}

function outlookOf(ladders: readonly Ladder[], truths: readonly Truth[]): Outlook {
  return ladders.map(({ stepOf }) => {
    let highest = 0
    for (let i = 0; i < stepOf.length; i++) if (truths[i] === TRUE) highest = Math.max(highest, stepOf[i] ?? 0)
    let bits = 1 << highest
    for (let i = 0; i < stepOf.length; i++) if (truths[i] === UNKNOWN && (stepOf[i] ?? -1) > highest) bits |= 1 << (stepOf[i] ?? 0)
    return bits
  })
}

const bitsBetween = (low: number, high: number): number => {
  let bits = 0
  for (let step = low; step <= high; step++) bits |= 1 << step
  return bits
}

export const isCertain = (outlook: Outlook): boolean => outlook.every((bits) => (bits & (bits - 1)) === 0)
export const isWithin = (outlook: Outlook, allowed: Outlook): boolean =>
  outlook.every((bits, index) => (bits & ~(allowed[index] ?? 0)) === 0)
/** Whether no outcome that is still possible is one of the allowed ones, in some ladder. */
export const isOutside = (outlook: Outlook, allowed: Outlook): boolean =>
  outlook.some((bits, index) => (bits & (allowed[index] ?? 0)) === 0)
export const isSame = (one: Outlook, other: Outlook): boolean => one.every((bits, index) => bits === other[index])

/** The words of an outlook, ladder by ladder, the lowest first. */
export const wordsOf = (outlook: Outlook, ladders: readonly Ladder[]): string[][] =>
  ladders.map(({ steps }, index) => steps.filter((_, step) => ((outlook[index] ?? 0) & (1 << step)) !== 0))
