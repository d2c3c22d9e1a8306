import type { DecisionInput, FactDefinition } from '../language/facts.ts'
import type { ConditionTrace, Program } from '../language/program.ts'
import type { TruthWord } from '../language/truth.ts'
import type { Issue } from '../issue.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'
import type { Plan } from './risk/plan.ts'
import type { RuleId } from './rule.ts'

/** A value an event parameter may hold; `optional` may be left out. */
export type EventParameter = {
  type: 'text' | 'integer' | 'boolean' | 'choice' | 'texts' | 'duration'
  choices?: readonly string[]
  optional?: true
  description: string
}

/** What a rule of this kind may say, and with which parameters. */
export type EventDefinition = { description: string; params: Readonly<Record<string, EventParameter>> }

/** A deadline as a length of time. Calendar and clock belong to the caller. */
export type Duration = { amount: number; unit: 'hours' | 'working-days' | 'days' | 'weeks' }

/** One kind of rule: a folder, an entry, a README, cases. `kinds/index.ts` lists them in the order they are decided. */
export type Kind<Compiled, Outcome> = {
  title: string
  /** The question it answers, as a manager would put it. */
  question: string
  events: Readonly<Record<string, EventDefinition>>
  /** Facts that exist because of this kind (`factor.*`, `risk.*`, `attendance.missed`), added to the document's catalogue. */
  facts(document: ResolvedDocument): Readonly<Record<string, FactDefinition>>
  /** What is wrong beyond the form of each rule: an instrument with a gap between bands, say. */
  check(document: ResolvedDocument, report: (issue: Issue) => void): void
  /** `program` holds the rules of this kind in order of `number`. */
  compile(document: ResolvedDocument, program: Program): Compiled
  /** Reasons are left out: this is the fast path. */
  decide(compiled: Compiled, input: DecisionInput): Outcome
  /** The rules behind the outcome, each with its complete trace, in order of `number`. */
  explain(compiled: Compiled, input: DecisionInput): RuleTrace[]
  /** For a kind with an instrument: that, made ready. */
  plan?(compiled: Compiled): Plan | undefined
  /** For a kind whose outcome is more than its rules: the ends of it, without the rest of a decision. */
  ends?(compiled: Compiled, input: DecisionInput): Ends
  /** The open facts that decide between the ends, in order. Empty where the ends are equal. */
  deciding?(compiled: Compiled, input: DecisionInput): DecidingFact[]
}

/** The lowest and the highest outcome that is still possible, by their words. */
export type Ends = { atLeast: string; atMost: string }

/** `isCertain`: some way of answering all others exists in which this one matters; otherwise the search for it took too long. */
export type DecidingFact = { fact: string; isCertain: boolean }

export type RuleTrace = {
  rule: RuleId
  number: number
  label: string
  source: string
  event: { type: string; params: Readonly<Record<string, unknown>> }
  result: TruthWord
  conditions: ConditionTrace
  /** Unknown facts that could change this rule's result. */
  dependsOn: string[]
}
