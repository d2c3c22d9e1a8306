import { readerOf } from '../kinds/reader.ts'
import type { Program, Slots } from '../language/program.ts'
import { TRUE, UNKNOWN } from '../language/truth.ts'
import type { Example, KindId } from '../rule-set/document.ts'
import type { RuleId } from '../kinds/rule.ts'
import { engineFor, type ReadyEngine } from './engine.ts'
import { programOf, rulesOf, scopeOf, type RuleSetLike } from './rule-program.ts'

export type SecondOpinion = {
  /** Rules of examples on which both were asked. */
  compared: number
  /** Where they say different things. None in a sound rule set. */
  differences: { example: string; kind: KindId; rule: RuleId; here: 'true' | 'false'; jsonRulesEngine: 'true' | 'false' }[]
  /** Not comparable: the rule's result is unknown, or it reads a fact that is, or an empty list. */
  skipped: { example: string; kind: KindId; rule: RuleId; because: string }[]
}

/** Asks a real json-rules-engine about every rule of a rule set, over the examples in its document. */
export async function secondOpinion(ruleSet: RuleSetLike): Promise<SecondOpinion> {
  const opinion: SecondOpinion = { compared: 0, differences: [], skipped: [] }
  const deciders = new Map<KindId, Decider>()
  for (const [name, example] of Object.entries(ruleSet.examples ?? {})) {
    const decider = deciders.get(example.kind) ?? (await deciderFor(ruleSet, example.kind))
    deciders.set(example.kind, decider)
    await compare(name, example, decider, opinion)
  }
  return opinion
}

type Decider = { ready: ReadyEngine; rules: { id: RuleId; program: Program; read: (example: Example) => Slots }[] }

async function deciderFor(ruleSet: RuleSetLike, kind: KindId): Promise<Decider> {
  const scope = scopeOf(ruleSet.document)
  // Each rule has a program of its own, whose facts are exactly those the rule reads.
  const rules = rulesOf(ruleSet.document, kind).map(([id, { conditions }]) => {
    const program = programOf([[id, conditions]], scope)
    return { id, program, read: readerOf(ruleSet.document, program) }
  })
  return { ready: await engineFor(ruleSet, kind), rules }
}

async function compare(name: string, example: Example, { ready, rules }: Decider, opinion: SecondOpinion): Promise<void> {
  const { results } = await ready.engine.run(ready.factsFor(example))
  const fired = new Set(results.map((result) => result.name))
  for (const { id, program, read } of rules) {
    const slots = read(example)
    const truth = program.truth(slots, 0)
    const because = truth === UNKNOWN ? 'its result is unknown' : incomparable(program, slots)
    if (because !== undefined) {
      opinion.skipped.push({ example: name, kind: example.kind, rule: id, because })
      continue
    }
    opinion.compared++
    if (fired.has(id) === (truth === TRUE)) continue
    opinion.differences.push({
      example: name,
      kind: example.kind,
      rule: id,
      here: truth === TRUE ? 'true' : 'false',
      jsonRulesEngine: fired.has(id) ? 'true' : 'false',
    })
  }
}

function incomparable(program: Program, slots: Slots): string | undefined {
  for (const name of program.factNames) {
    const value = slots[program.slotOf(name)]
    if (hasUnknown(value)) return `"${name}" is not fully known`
    if (Array.isArray(value) && value.length === 0) return `"${name}" is an empty list`
  }
  return undefined
}

const hasUnknown = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'object' && Object.values(value).some(hasUnknown))
