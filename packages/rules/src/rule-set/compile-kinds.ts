import { kindOf } from '../kinds/index.ts'
import { readerOf, truthsOf } from '../kinds/reader.ts'
import { byNumber } from '../kinds/rule.ts'
import { compile } from '../language/compile.ts'
import type { DecisionInput, FactDefinition } from '../language/facts.ts'
import type { ConditionNode } from '../language/node.ts'
import type { Others } from '../language/representatives.ts'
import type { Scope } from '../language/scope.ts'
import { type KindId, kindIds, type ResolvedDocument } from './document.ts'
import type { Decider, RuleSet } from './rule-set.ts'

/** The parsed conditions of each kind's rules, by rule id. */
export type ConditionsByKind = Readonly<Record<KindId, ReadonlyMap<string, ConditionNode>>>

export function compileKinds(document: ResolvedDocument, scope: Scope, conditions: ConditionsByKind): RuleSet['kinds'] {
  parsed.set(document, conditions)
  const whole = { ...document, facts: scope.facts }
  const deciders = kindIds.map((id) => [id, decider(id, whole, scope, conditions[id])])
  return Object.freeze(Object.fromEntries(deciders)) as RuleSet['kinds']
}

/** The conditions of a loaded document as they were parsed: for whoever looks at them instead of asking them. */
export const conditionsOf = (document: ResolvedDocument): ConditionsByKind | undefined => parsed.get(document)
const parsed = new WeakMap<ResolvedDocument, ConditionsByKind>()

/** Compiled when it is first asked: whoever only looks at a document asks nothing. */
function decider(id: KindId, document: ResolvedDocument, scope: Scope, nodes: ReadonlyMap<string, ConditionNode>): Decider<unknown> {
  const kind = kindOf(id)
  const ready = once(() => {
    const inOrder = byNumber(document[id]).flatMap(([rule]) => {
      const node = nodes.get(rule)
      return node ? [{ id: rule, node }] : []
    })
    const program = compile(inOrder, scope)
    return { program, compiled: kind.compile(document, program) }
  })
  const read = once(() => readerOf(document, ready().program))
  const truthsFor = once(() => truthsOf(document, ready().program))
  return Object.freeze({
    decide: (input: DecisionInput) => kind.decide(ready().compiled, input),
    rules: (input: DecisionInput) => kind.explain(ready().compiled, input),
    problems: (input: DecisionInput) => ready().program.problems(input),
    truths: (input: DecisionInput) => [...truthsFor()(input)],
    program: () => ready().program,
    plan: () => kind.plan?.(ready().compiled),
    valuesFor: (input: DecisionInput, fact: string, field?: string, others?: Others) =>
      ready().program.valuesFor(read()(input), fact, field, others),
    ...(kind.ends ? { ends: (input: DecisionInput) => kind.ends!(ready().compiled, input) } : {}),
    ...(kind.deciding ? { deciding: (input: DecisionInput) => kind.deciding!(ready().compiled, input) } : {}),
  })
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined
  return () => (made ??= { value: make() }).value
}

/** The catalogue with what each kind brings. What a document may not name itself is listed by the kind that brings it. */
export const factsOfKinds = (document: ResolvedDocument): [KindId, Readonly<Record<string, FactDefinition>>][] =>
  kindIds.map((id) => [id, kindOf(id).facts(document)])
