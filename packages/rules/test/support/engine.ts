import { Engine, type TopLevelCondition } from 'json-rules-engine'
import type { Condition } from '../../src/language/condition.ts'
import { compile } from '../../src/language/compile.ts'
import type { DecisionInput } from '../../src/language/facts.ts'
import { parseCondition } from '../../src/language/parse.ts'
import type { ConditionTrace, Program } from '../../src/language/program.ts'
import type { Scope } from '../../src/language/scope.ts'

/** A real json-rules-engine with the same conditions; it changes the JSON it is given, so it gets a copy. */
export function realEngine(rules: Readonly<Record<string, Condition>>, scope: Scope, options = {}): Engine {
  const engine = new Engine([], options)
  for (const [id, condition] of Object.entries(scope.conditions)) engine.setCondition(id, theirs(condition))
  for (const [id, condition] of Object.entries(rules)) engine.addRule({ name: id, conditions: theirs(condition), event: { type: id } })
  for (const [id, parameter] of Object.entries(scope.parameters)) engine.addFact(`parameter.${id}`, structuredClone(parameter.value))
  return engine
}

const theirs = (condition: Condition) => structuredClone(condition) as unknown as TopLevelCondition

export function ourProgram(rules: Readonly<Record<string, Condition>>, scope: Scope): Program {
  const nodes = Object.entries(rules).map(([id, condition]) => {
    const node = parseCondition(condition, `/rules/${id}`, scope, (issue) => {
      throw new Error(`${issue.at}: ${issue.message}`)
    })
    if (!node) throw new Error(`rule ${id} was refused without a reason`)
    return { id, node }
  })
  return compile(nodes, scope)
}

/** Every fact as json-rules-engine is to see it: the derived ones too. */
export function factsWithDerived(program: Program, scope: Scope, input: DecisionInput): Record<string, unknown> {
  const derived = Object.keys(scope.facts).filter((name) => scope.facts[name]?.derived)
  const reader = ourProgram(Object.fromEntries(derived.map((name) => [name, { fact: name, operator: 'equal', value: 0 }])), scope)
  const slots = reader.read(input)
  const seen = derived.map((name, index) => {
    const trace = reader.trace(slots, index)
    return [name, 'fact' in trace ? trace.seen : undefined]
  })
  return { ...input.facts, ...Object.fromEntries(seen) }
}

type TheirTrace = {
  all?: TheirTrace[]
  any?: TheirTrace[]
  not?: TheirTrace
  fact?: string
  path?: string
  operator?: string
  factResult?: unknown
  valueResult?: unknown
  result?: boolean
}

/** Where two traces differ, or nothing. Named conditions stand in theirs with their content only. */
export function differenceOf(ours: ConditionTrace, their: TheirTrace, at = ''): string | undefined {
  if ('is' in ours) return differenceOf(ours.is, their, `${at}/is`)
  if ((ours.result === 'true') !== their.result || ours.result === 'unknown')
    return `${at}: ours ${ours.result}, theirs ${String(their.result)}`
  if ('all' in ours) return differenceOfLists(ours.all, their.all, `${at}/all`)
  if ('any' in ours) return differenceOfLists(ours.any, their.any, `${at}/any`)
  if ('not' in ours) return their.not ? differenceOf(ours.not, their.not, `${at}/not`) : `${at}: no "not" in theirs`
  if ('of' in ours) return `${at}: "atLeast" is not theirs`
  const { path } = ours
  const seen = path === undefined ? ours.seen : (ours.seen as Record<string, unknown>[]).map((item) => item[path.slice('$[*].'.length)])
  const mine = JSON.stringify([ours.fact, path, ours.operator, seen, ours.needed])
  const other = JSON.stringify([their.fact, their.path, their.operator, their.factResult, their.valueResult])
  return mine === other ? undefined : `${at}: ours ${mine}, theirs ${other}`
}

function differenceOfLists(ours: readonly ConditionTrace[], their: readonly TheirTrace[] | undefined, at: string): string | undefined {
  if (their?.length !== ours.length) return `${at}: ${ours.length} in ours, ${String(their?.length)} in theirs`
  for (const [index, trace] of ours.entries()) {
    const difference = differenceOf(trace, their[index] as TheirTrace, `${at}/${index}`)
    if (difference !== undefined) return difference
  }
  return undefined
}

export type { TheirTrace }
