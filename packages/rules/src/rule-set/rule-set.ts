import type { Issue } from '../issue.ts'
import type { Outcomes } from '../kinds/index.ts'
import type { DecidingFact, Ends, RuleTrace } from '../kinds/kind.ts'
import type { Plan } from '../kinds/risk/plan.ts'
import type { Day, DecisionInput, FactDefinition, Facts } from '../language/facts.ts'
import type { Program } from '../language/program.ts'
import type { Others, Values } from '../language/representatives.ts'
import type { Truth } from '../language/truth.ts'
import type { Example, KindId, ResolvedDocument } from './document.ts'

/**
 * A rule set that was understood completely. Frozen, and without state: one may serve any number of requests.
 * `Supplied` is the type of its facts, where the compiler is to check them: see `defineRuleSet` and `typesOf`.
 */
export type RuleSet<Supplied extends object = Facts> = {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly effectiveFrom: Day
  /** The documents it builds on, the nearest first. */
  readonly lineage: readonly DocumentRef[]
  /** With everything inherited folded in. What is hashed. */
  readonly document: ResolvedDocument
  /** The whole fact catalogue: the document's facts, and those that an instrument or a kind of rule brings. */
  readonly facts: Readonly<Record<string, FactDefinition>>
  /** Its own worked examples. Those of the documents it builds on are theirs. */
  readonly examples: Readonly<Record<string, Example>>
  readonly kinds: { readonly [Id in KindId]: Decider<Outcomes[Id], Supplied> }
}

export type DocumentRef = { readonly id: string; readonly version: string }

/** The compiled rules of one kind. */
// Methods, so that a rule set with typed facts is welcome wherever any rule set is.
export type Decider<Outcome, Supplied extends object = Facts> = {
  /** The fast path: no reasons. */
  decide(input: DecisionInput<Supplied>): Outcome
  /** Each rule with its complete trace, in order of `number`. */
  rules(input: DecisionInput<Supplied>): RuleTrace[]
  /** Facts that were mistyped, or that no catalogue knows. They count as unknown. */
  problems(input: DecisionInput<Supplied>): Issue[]
  /** What each rule comes to, in order of `number`, and nothing else: for trying out many answers. */
  truths(input: DecisionInput<Supplied>): Truth[]
  /** Values of a fact, or of a field of its items, that stand for all others as far as these rules look. Undefined where none does. */
  valuesFor(input: DecisionInput<Supplied>, fact: string, field?: string, others?: Others): Values | undefined
  /** The conditions behind it, for whoever asks them another way: of many cases at once. */
  program(): Program
  /** Only risk has one, and only with an instrument. */
  plan(): Plan | undefined
  /** See `Kind`. */
  ends?(input: DecisionInput<Supplied>): Ends
  deciding?(input: DecisionInput<Supplied>): DecidingFact[]
}

/**
 * Answers the question of one kind of rule. Facts that are missing, null or mistyped are unknown, and never count as false.
 * @throws Error for a risk decision from a rule set without an instrument: there is nothing to answer with
 */
export function decide<Id extends KindId, Supplied extends object = Facts>(
  ruleSet: RuleSet<Supplied>,
  kind: Id,
  input: DecisionInput<NoInfer<Supplied>>,
): Outcomes[Id] {
  return ruleSet.kinds[kind].decide(input)
}
