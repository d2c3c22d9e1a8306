import { isComputation } from '../language/derivation.ts'
import { addDays, isDay } from '../language/civil-day.ts'
import type { Condition } from '../language/condition.ts'
import type { Facts } from '../language/facts.ts'
import type { Program, Slots } from '../language/program.ts'
import { AS_OF, PARAMETER_PREFIX, type Scope } from '../language/scope.ts'
import { TRUE, UNKNOWN } from '../language/truth.ts'
import type { KindId } from '../rule-set/document.ts'
import type { AlmanacLike, DynamicFact, ExportedRule } from './engine-types.ts'
import { programOf, rulesOf, scopeOf, type RuleSetLike } from './rule-program.ts'
import { translateRule, type Translation } from './translate.ts'

/** A fact that json-rules-engine cannot work out from the others by itself. */
export type Precomputed = {
  fact: string
  /** What it holds, in plain words. */
  label: string
  /** `facts`: one of the exported facts computes it. `you`: give it to `engine.run` beside the other facts. */
  suppliedBy: 'facts' | 'you'
  /** The condition whose truth it holds. */
  condition?: Condition
}

export type Exported = {
  /** In order of their number, which json-rules-engine does not promise to keep. */
  rules: ExportedRule[]
  /** Parameters as constants, computed facts as functions. `engine.addFact(name, value)` takes both. */
  facts: Readonly<Record<string, unknown>>
  operators: Readonly<Record<string, (seen: unknown, needed: unknown) => boolean>>
  precomputed: Precomputed[]
  /** What means something else there. */
  cautions: string[]
}

/**
 * The rules of one kind for a json-rules-engine `Engine`: `new Engine(rules, { allowUndefinedFacts: true })`,
 * then `addFact` and `addOperator` for the rest, and `run({ asOf, ...facts })`.
 * Over fully known facts without empty lists it fires the rules that are true here.
 */
export function exportRules(ruleSet: RuleSetLike, kind: KindId): Exported {
  const { document } = ruleSet
  const scope = scopeOf(document)
  const translation: Translation = { computed: new Map(), windows: new Map(), conditions: document.conditions }
  const written = rulesOf(document, kind)
  const rules = written.map(([name, { conditions, event }]) => ({
    name,
    conditions: structuredCopy(translateRule(conditions, translation)),
    event: { type: event.type, params: structuredCopy(event.params ?? {}) },
  }))
  const all = programOf(
    written.map(([id, rule]) => [id, rule.conditions]),
    scope,
  )
  const computed = programOf([...translation.computed], scope)
  const precomputed = precomputedFacts(all, scope, translation)
  return {
    rules,
    facts: { ...parameterFacts(scope), ...derivedFacts(all, scope), ...computedFacts(computed, scope), ...windowFacts(translation, scope) },
    operators: translation.windows.size > 0 ? { withinDays: isInWindow } : {},
    precomputed,
    cautions: CAUTIONS,
  }
}

function precomputedFacts(program: Program, scope: Scope, translation: Translation): Precomputed[] {
  const derived = program.factNames.flatMap((fact): Precomputed[] => {
    const definition = scope.facts[fact]
    if (!definition?.derived) return []
    return [{ fact, label: definition.label, suppliedBy: definition.derived.by === 'kind' ? 'you' : 'facts' }]
  })
  const conditions = [...translation.computed].map(
    ([fact, condition]): Precomputed => ({ fact, label: 'The truth of a condition', suppliedBy: 'facts', condition }),
  )
  const windows = [...translation.windows.keys()].map(
    (fact): Precomputed => ({ fact, label: 'First and last day of a number of days back', suppliedBy: 'facts' }),
  )
  return [...derived, ...conditions, ...windows]
}

const parameterFacts = (scope: Scope) =>
  Object.fromEntries(Object.entries(scope.parameters).map(([id, { value }]) => [PARAMETER_PREFIX + id, structuredCopy(value)]))

/** Facts computed from others of the catalogue, such as an age. */
function derivedFacts(program: Program, scope: Scope): Record<string, DynamicFact> {
  const names = program.factNames.filter((name) => isComputation(scope.facts[name]?.derived))
  return Object.fromEntries(
    names.map((name) => [name, async (_params, almanac) => known((await slotsFrom(almanac, program, scope))[program.slotOf(name)])]),
  )
}

function computedFacts(program: Program, scope: Scope): Record<string, DynamicFact> {
  return Object.fromEntries(
    program.ids.map((name, index) => [
      name,
      async (_params, almanac) => {
        const truth = program.truth(await slotsFrom(almanac, program, scope), index)
        return truth === UNKNOWN ? undefined : truth === TRUE
      },
    ]),
  )
}

function windowFacts({ windows }: Translation, scope: Scope): Record<string, DynamicFact> {
  return Object.fromEntries(
    [...windows].map(([name, days]) => [
      name,
      async (_params, almanac) => {
        const asOf = await almanac.factValue<unknown>(AS_OF)
        const count = typeof days === 'object' && days !== null && 'fact' in days ? await valueOf(days.fact, almanac, scope) : days
        return isDay(asOf) && typeof count === 'number' ? { from: addDays(asOf, -count), to: asOf } : undefined
      },
    ]),
  )
}

const valueOf = async (name: string, almanac: AlmanacLike, scope: Scope): Promise<unknown> =>
  name.startsWith(PARAMETER_PREFIX) ? scope.parameters[name.slice(PARAMETER_PREFIX.length)]?.value : almanac.factValue<unknown>(name)

/** The facts of a run as slots. What a kind computes comes from the run as well. */
async function slotsFrom(almanac: AlmanacLike, program: Program, scope: Scope): Promise<Slots> {
  const names = program.factNames.filter((name) => !isComputation(scope.facts[name]?.derived))
  const values = await Promise.all(names.map((name) => almanac.factValue<unknown>(name)))
  const facts = Object.fromEntries(names.map((name, i) => [name, values[i]])) as Facts
  const asOf = await almanac.factValue<string>(AS_OF)
  const slots = program.read({ asOf, facts })
  for (const [i, name] of names.entries()) if (scope.facts[name]?.derived?.by === 'kind') slots[program.slotOf(name)] = values[i] ?? null
  return slots
}

function isInWindow(day: unknown, window: unknown): boolean {
  if (typeof day !== 'string' || typeof window !== 'object' || window === null || !('from' in window) || !('to' in window)) return false
  return day >= String(window.from) && day <= String(window.to)
}

const known = (value: unknown): unknown => value ?? undefined
const structuredCopy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

const CAUTIONS = [
  'a missing fact is not unknown there: "lessThan" is false of it, "notEqual", "notIn" and "not" are true',
  '"everyFact" with a path is false for an empty list there, and true here',
  'values are converted there: the text "12" is more than the number 5',
  'one engine must not run twice at the same time',
]
