import { isComputation } from '../language/derivation.ts'
import type { Engine } from 'json-rules-engine'
import { readerOf } from '../kinds/reader.ts'
import type { DecisionInput } from '../language/facts.ts'
import { AS_OF, PARAMETER_PREFIX } from '../language/scope.ts'
import type { KindId } from '../rule-set/document.ts'
import { exportRules, type Exported } from './export.ts'
import { programOf, rulesOf, scopeOf, type RuleSetLike } from './rule-program.ts'

/** A json-rules-engine `Engine` with the rules of one kind. One run at a time: two at once lose rules. */
export type ReadyEngine = {
  engine: Engine
  exported: Exported
  /** What `engine.run` is to be given for a decision: facts of the right types, those that a kind computes, and the day. */
  factsFor(input: DecisionInput): Record<string, unknown>
}

/** Needs json-rules-engine, an optional peer of this package. */
export async function engineFor(ruleSet: RuleSetLike, kind: KindId): Promise<ReadyEngine> {
  const exported = exportRules(ruleSet, kind)
  const Engine = await engineOfPeer()
  const engine = new Engine([], { allowUndefinedFacts: true })
  for (const rule of exported.rules) engine.addRule(rule as Parameters<Engine['addRule']>[0])
  for (const [name, value] of Object.entries(exported.facts)) engine.addFact(name, value)
  for (const [name, evaluate] of Object.entries(exported.operators)) engine.addOperator(name, evaluate)
  return { engine, exported, factsFor: factsReader(ruleSet, kind) }
}

/** @throws Error where the peer is not installed; everything else in this entry works without it */
async function engineOfPeer(): Promise<typeof Engine> {
  try {
    return (await import('json-rules-engine')).Engine
  } catch (cause) {
    throw new Error('this needs json-rules-engine, which is not installed: npm install json-rules-engine@7', { cause })
  }
}

function factsReader({ document }: RuleSetLike, kind: KindId): (input: DecisionInput) => Record<string, unknown> {
  const scope = scopeOf(document)
  const program = programOf(
    rulesOf(document, kind).map(([id, rule]) => [id, rule.conditions]),
    scope,
  )
  const read = readerOf(document, program)
  const names = program.factNames.filter((name) => !name.startsWith(PARAMETER_PREFIX) && !isComputation(scope.facts[name]?.derived))
  return (input) => {
    const slots = read(input)
    const known = names
      .map((name) => [name, slots[program.slotOf(name)]] as const)
      .filter(([, value]) => value !== null && value !== undefined)
    return { ...Object.fromEntries(known), [AS_OF]: input.asOf }
  }
}
