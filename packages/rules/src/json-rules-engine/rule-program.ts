import { byNumber, kinds, type Rule, type RuleId } from '../kinds/index.ts'
import { compile } from '../language/compile.ts'
import type { Condition } from '../language/condition.ts'
import { parseCondition } from '../language/parse.ts'
import type { Program } from '../language/program.ts'
import type { Scope } from '../language/scope.ts'
import type { Example, KindId, ResolvedDocument } from '../rule-set/document.ts'

/** What is needed of a loaded rule set here. */
export type RuleSetLike = { document: ResolvedDocument; examples?: Readonly<Record<string, Example>> }

/** The catalogue with the facts that kinds bring, parameters and named conditions. */
export function scopeOf(document: ResolvedDocument): Scope {
  const brought = Object.values(kinds).map((kind) => kind.facts(document))
  return {
    facts: Object.assign({}, document.facts, ...brought) as Scope['facts'],
    parameters: document.parameters,
    conditions: document.conditions,
  }
}

export const rulesOf = (document: ResolvedDocument, kind: KindId): (readonly [RuleId, Rule])[] => byNumber(document[kind])

/** Conditions of a rule set that was loaded, so that none of them can be refused. */
export function programOf(conditions: readonly (readonly [id: string, condition: Condition])[], scope: Scope): Program {
  const parsed = conditions.map(([id, condition]) => {
    const node = parseCondition(condition, '', scope, ({ at, message }) => {
      throw new TypeError(`"${id}" is not from a loaded rule set: ${at} ${message}`)
    })
    if (!node) throw new TypeError(`"${id}" is not from a loaded rule set`)
    return { id, node }
  })
  return compile(parsed, scope)
}
