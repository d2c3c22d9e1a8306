import {
  canonicalJson,
  explain,
  type ComparisonTrace,
  type ConditionTrace,
  type Explanation,
  type Issue,
  type KindId,
  type RuleTrace,
} from '@plumbline/rules'
import { builder } from '../../platform/builder.ts'
import { loader } from '../../platform/loader.ts'
import { recordOf, reviewOf, type StoredDecision } from './decision.ts'
import { rulesOf } from './replay-decision.ts'

type DecisionExplanation = Explanation<KindId> & { matchesRecord: boolean }

/** Why decisions came out as they did, each by the rule set and the facts of its own record; null where no rule set is left to explain by. */
export const explanationOf = loader<StoredDecision, DecisionExplanation | null>(async (tx, actor, decisions) => {
  const explanations: (DecisionExplanation | null)[] = []
  for (const decision of decisions) {
    const { loaded } = await rulesOf(tx, actor, decision)
    explanations.push(loaded && explained(decision, (kind, input) => explain(loaded.ruleSet, kind, input)))
  }
  return explanations
})

function explained(
  decision: StoredDecision,
  ask: (kind: KindId, input: { asOf: string; facts: ReturnType<typeof recordOf>['facts'] }) => Explanation<KindId>,
): DecisionExplanation | null {
  const { kind, asOf, facts } = recordOf(decision)
  const stored = reviewOf(decision)?.computed ?? JSON.parse(decision.resultText)
  try {
    const explanation = ask(kind, { asOf, facts })
    return { ...explanation, matchesRecord: canonicalJson(explanation.decision) === canonicalJson(stored) }
  } catch {
    return null
  }
}

/** A comparison with the groups it stands in, from the outside in. */
type Leaf = ComparisonTrace & { under: string[] }

/** A rule's comparisons one by one, in the order they are written. */
export function leavesOf(trace: ConditionTrace, under: string[] = []): Leaf[] {
  if ('fact' in trace) return [{ ...trace, under }]
  if ('all' in trace) return trace.all.flatMap((each) => leavesOf(each, [...under, 'all']))
  if ('any' in trace) return trace.any.flatMap((each) => leavesOf(each, [...under, 'any']))
  if ('not' in trace) return leavesOf(trace.not, [...under, 'not'])
  if ('condition' in trace) return leavesOf(trace.is, [...under, `condition ${trace.condition}`])
  return trace.of.flatMap((each) => leavesOf(each, [...under, `at least ${trace.atLeast} of ${trace.of.length}`]))
}

const shown = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : canonicalJson(value)

const ConditionResultEnum = builder.enumType('ConditionResult', {
  description: 'A condition is true, false or unknown. Missing is never false.',
  values: {
    TRUE: { value: 'true', description: 'It holds.' },
    FALSE: { value: 'false', description: 'It does not hold.' },
    UNKNOWN: { value: 'unknown', description: 'A fact it looks at is not known.' },
  } as const,
})

const ConditionRef = builder.objectRef<Leaf>('ExplainedCondition').implement({
  description: 'One comparison of a rule: what was seen and what would have been needed.',
  fields: (t) => ({
    fact: t.exposeString('fact', { description: 'The fact looked at, by its name in the catalogue.' }),
    label: t.exposeString('label', { description: 'The fact in plain words.' }),
    source: t.exposeString('source', { description: 'Where the fact comes from, as the catalogue says.' }),
    path: t.string({ nullable: true, description: 'The field of a list’s items that is looked at.', resolve: ({ path }) => path ?? null }),
    operator: t.exposeString('operator', { description: 'How it is compared, as written in the rule.' }),
    seen: t.string({
      nullable: true,
      description: 'The value seen: a text as it is, anything else as JSON. Null when unknown.',
      resolve: ({ seen }) => shown(seen),
    }),
    needed: t.string({
      nullable: true,
      description: 'The value it was compared with, in the same form.',
      resolve: ({ needed }) => shown(needed),
    }),
    neededFrom: t.string({
      nullable: true,
      description: 'The parameter or fact that value came from.',
      resolve: ({ neededFrom }) => neededFrom ?? null,
    }),
    where: t.string({
      nullable: true,
      description: 'For comparisons of a list’s items: the conditions on one item, as JSON.',
      resolve: ({ where }) => shown(where),
    }),
    under: t.exposeStringList('under', {
      description: 'The groups it stands in, from the outside in: `all`, `any`, `not`, a named condition.',
    }),
    result: t.field({ type: ConditionResultEnum, description: 'What the comparison came to by itself.', resolve: ({ result }) => result }),
  }),
})

const ExplainedRuleRef = builder.objectRef<RuleTrace>('ExplainedRule').implement({
  description: 'One rule and what it came to.',
  fields: (t) => ({
    rule: t.exposeString('rule', { description: 'Its id in the rule set.' }),
    number: t.exposeInt('number', { description: 'Its place among the rules of its kind.' }),
    label: t.exposeString('label', { description: 'The rule in plain words.' }),
    source: t.exposeString('source', { description: 'Where the rule comes from.' }),
    result: t.field({ type: ConditionResultEnum, description: 'Whether its conditions hold.', resolve: ({ result }) => result }),
    event: t.string({
      description: 'What it says when they do: JSON with `type` and `params`.',
      resolve: ({ event }) => canonicalJson(event),
    }),
    conditions: t.field({
      type: [ConditionRef],
      description: 'Its comparisons, in the order they are written.',
      resolve: ({ conditions }) => leavesOf(conditions),
    }),
    dependsOn: t.stringList({ description: 'Unknown facts that could change its result.', resolve: ({ dependsOn }) => [...dependsOn] }),
  }),
})

const FactProblemRef = builder.objectRef<Issue>('FactProblem').implement({
  description: 'A fact that could not be used and counted as unknown.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable, in kebab case.' }),
    at: t.exposeString('at', { description: 'JSON pointer to the fact.' }),
    message: t.exposeString('message', { description: 'What is wrong with it; never its value.' }),
  }),
})

export const ExplanationRef = builder.objectRef<DecisionExplanation>('Explanation').implement({
  description: 'Why a decision came out as it did.',
  fields: (t) => ({
    sentences: t.stringList({ description: 'In plain English, the most important first.', resolve: ({ sentences }) => [...sentences] }),
    rules: t.field({
      type: [ExplainedRuleRef],
      description: 'Every rule of this kind, in order of its number.',
      resolve: ({ rules }) => [...rules],
    }),
    problems: t.field({ type: [FactProblemRef], description: 'Facts that could not be used.', resolve: ({ problems }) => [...problems] }),
    matchesRecord: t.exposeBoolean('matchesRecord', {
      description:
        'True when the rules still come to the stored result. False after a fault or a change of the evaluator: then the record counts, not this text.',
    }),
  }),
})
