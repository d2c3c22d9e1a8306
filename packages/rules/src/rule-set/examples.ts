import type { TruthWord } from '../language/truth.ts'
import { kindIds, type KindId } from './document.ts'
import type { RuleSet } from './rule-set.ts'

export type ExampleResult = {
  /** The sentence it stands under. */
  name: string
  kind: KindId
  passed: boolean
  /** Where the outcome is not what was expected. */
  differences: { at: string; expected: unknown; got: unknown }[]
}

/** Runs the worked examples that stand in the document. */
export function runExamples(ruleSet: RuleSet): ExampleResult[] {
  return Object.entries(ruleSet.examples).map(([name, { kind, asOf, facts, expect }]) => {
    const differences: ExampleResult['differences'] = []
    compare(expect, ruleSet.kinds[kind].decide({ asOf, facts }), '', differences)
    return { name, kind, passed: differences.length === 0, differences }
  })
}

/** Members that are not expected may be anything; a list must have exactly the items expected. */
function compare(expected: unknown, got: unknown, at: string, differences: ExampleResult['differences']): void {
  if (Array.isArray(expected) && Array.isArray(got) && expected.length === got.length) {
    for (const [index, each] of expected.entries()) compare(each, got[index], `${at}/${index}`, differences)
  } else if (isObject(expected) && isObject(got)) {
    for (const [key, each] of Object.entries(expected))
      compare(each, Object.hasOwn(got, key) ? got[key] : undefined, `${at}/${key}`, differences)
  } else if (expected !== got) {
    differences.push({ at, expected, got: got === undefined ? 'nothing' : got })
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A result of a rule that no example shows. */
export type Untried = { kind: KindId; rule: string; result: TruthWord }

/** For each of these rules, whether it is true and whether it is false in some example. Unknown is welcome and not demanded. */
export function untried(ruleSet: RuleSet, rules: Readonly<Partial<Record<KindId, readonly string[]>>>): Untried[] {
  const shown = new Set<string>()
  for (const { kind, asOf, facts } of Object.values(ruleSet.examples)) {
    for (const { rule, result } of ruleSet.kinds[kind].rules({ asOf, facts })) shown.add(`${kind}/${rule}/${result}`)
  }
  return kindIds.flatMap((kind) =>
    (rules[kind] ?? []).flatMap((rule) =>
      (['true', 'false'] as const).filter((result) => !shown.has(`${kind}/${rule}/${result}`)).map((result) => ({ kind, rule, result })),
    ),
  )
}
