import type { Issue } from '../issue.ts'
import { kindIds, type KindId, type ResolvedDocument } from './document.ts'
import type { FactDefinition } from '../language/facts.ts'
import { type Computation, isComputation } from '../language/derivation.ts'
import type { ConditionNode } from '../language/node.ts'
import { factsIn } from '../kinds/facts-in.ts'
import type { Rule } from '../kinds/rule.ts'
import { suggestion } from '../language/did-you-mean.ts'
import { MAXIMUM_SIZE, parseCondition } from '../language/parse.ts'
import { escaped } from '../language/pointer.ts'
import { own, PARAMETER_PREFIX, type Scope } from '../language/scope.ts'
import { kindOf } from '../kinds/index.ts'
import { type Refuse, refuser } from './extend.ts'
import { type ConditionsByKind, factsOfKinds } from './compile-kinds.ts'
import { checkLocks } from './locks.ts'
import { checkBounds, checkParameters } from './parameters.ts'
import { checkScales } from './check-scales.ts'

type Report = (issue: Issue) => void
export type Understood = { scope: Scope; conditions: ConditionsByKind }

/** Reports what is wrong with a document as a whole, and gives what was understood of it. Pointers lead into the resolved document. */
export function checkDocument(document: ResolvedDocument, report: Report): Understood {
  const refuse = refuser(report)
  const facts = catalogueOf(document, refuse)
  checkFacts(document, facts, refuse)
  checkNumbers(document, refuse)
  checkLocks(document, refuse)
  checkScales(document, refuse)
  const scope: Scope = { facts, parameters: document.parameters, conditions: document.conditions }
  // A parameter that does not fit its definition would be refused again wherever a condition looks at it.
  const conditions = checkParameters(document, refuse) ? readConditions(document, scope, report) : noConditions
  return { scope, conditions }
}

/** What each kind looks at beyond the form of its rules. Only to be asked of a document in which everything was understood. */
export function checkKinds(document: ResolvedDocument, scope: Scope, report: Report): void {
  for (const kind of kindIds) kindOf(kind).check({ ...document, facts: scope.facts }, report)
}

function catalogueOf(document: ResolvedDocument, refuse: Refuse): Record<string, FactDefinition> {
  const facts: Record<string, FactDefinition> = { ...document.facts }
  for (const [kind, brought] of factsOfKinds(document)) {
    for (const [name, fact] of Object.entries(brought)) {
      if (Object.hasOwn(document.facts, name))
        refuse('reserved-fact', `/facts/${escaped(name)}`, `the fact "${name}" comes with the ${kind} rules`, 'choose another name')
      facts[name] = fact
    }
  }
  return facts
}

function checkFacts(document: ResolvedDocument, catalogue: Readonly<Record<string, FactDefinition>>, refuse: Refuse): void {
  for (const [name, fact] of Object.entries(document.facts)) {
    const at = `/facts/${escaped(name)}`
    if (name.startsWith(PARAMETER_PREFIX))
      refuse('reserved-fact', at, `names that begin with "${PARAMETER_PREFIX}" are those of parameters`, 'choose another name')
    checkBounds(fact, at, refuse)
    if (fact.type === 'list') checkBounds(fact.of, `${at}/of`, refuse)
    if (isComputation(fact.derived)) checkComputation(fact.derived, `${at}/derived`, catalogue, refuse)
  }
}

/** A fact is computed from supplied ones only, so no computation goes round in a circle. */
function checkComputation(computation: Computation, at: string, catalogue: Readonly<Record<string, FactDefinition>>, refuse: Refuse): void {
  const type = computation.by === 'years-between' || computation.by === 'days-between' ? 'day' : 'integer'
  const isBase = (name: string) => own(catalogue, name)?.type === type && !own(catalogue, name)?.derived
  const bases = Object.keys(catalogue).filter(isBase)
  const what = type === 'day' ? 'holds a day' : 'holds a whole number'
  const check = (name: string, place: string) => {
    if (isBase(name)) return
    const isComputed = own(catalogue, name)?.type === type
    refuse(
      'unknown-fact',
      `${at}/${place}`,
      isComputed ? `"${name}" is computed itself` : `there is no fact "${name}" that ${what}`,
      isComputed ? 'name the facts that it is computed from' : suggestion(name, bases).help,
    )
  }
  if (computation.by === 'sum') return computation.of.forEach((name, index) => check(name, `of/${index}`))
  const ends = computation.by === 'difference' ? (['of', 'less'] as const) : (['from', 'to'] as const)
  for (const end of ends) check((computation as Readonly<Record<string, string>>)[end] ?? '', end)
}

/** Order comes from numbers, so no two may be equal. */
function checkNumbers(document: ResolvedDocument, refuse: Refuse): void {
  const parts: readonly ['facts' | 'parameters' | 'scales' | KindId, string][] = [
    ['facts', 'fact'],
    ['parameters', 'parameter'],
    ['scales', 'scale'],
    ...kindIds.map((kind): [KindId, string] => [kind, `${kind} rule`]),
  ]
  for (const [part, what] of parts) {
    const holders = new Map<number, string>()
    const taken = Object.values(document[part]).map((entry) => entry.number)
    for (const [id, { number }] of Object.entries(document[part])) {
      const other = holders.get(number)
      if (other === undefined) holders.set(number, id)
      else
        refuse(
          'duplicate-number',
          `/${part}/${escaped(id)}/number`,
          `the ${what} "${other}" has number ${number} already`,
          `${Math.max(...taken) + 10} is free`,
        )
    }
  }
}

const noConditions = Object.fromEntries(kindIds.map((kind) => [kind, new Map<string, ConditionNode>()])) as Record<
  KindId,
  Map<string, ConditionNode>
>

/** Risk is decided first, so it cannot look at its own result. The condition has been parsed, so it can be followed. */
function checkOwnResult(id: string, rule: Rule, document: ResolvedDocument, refuse: Refuse): void {
  const result = factsIn(rule.conditions, document).find((name) => name === 'risk.atLeast' || name === 'risk.atMost')
  if (result)
    refuse(
      'own-result',
      `/risk/${escaped(id)}/conditions`,
      `"${result}" is what risk rules lead to, so they cannot look at it`,
      'ask about factors',
    )
}

function readConditions(document: ResolvedDocument, scope: Scope, report: Report): ConditionsByKind {
  const names = Object.entries(document.conditions)
  let size = 0
  const count = (node: ConditionNode | undefined) => {
    size += node?.size ?? 0
    return node
  }
  for (const [name, condition] of names) parseCondition(condition, `/conditions/${escaped(name)}`, scope, report)
  const conditions = kindIds.map((kind): [KindId, Map<string, ConditionNode>] => {
    const nodes = new Map<string, ConditionNode>()
    for (const [id, rule] of Object.entries(document[kind])) {
      const node = count(parseCondition(rule.conditions, `/${kind}/${escaped(id)}/conditions`, scope, report))
      if (node) nodes.set(id, node)
      if (node && kind === 'risk') checkOwnResult(id, rule, document, refuser(report))
    }
    return [kind, nodes]
  })
  if (size > MAXIMUM_SIZE) {
    refuser(report)(
      'too-many-conditions',
      '',
      `all rules together amount to ${size} conditions, named ones counted wherever they are used; ${MAXIMUM_SIZE} are allowed`,
      'write them more simply',
    )
  }
  return Object.fromEntries(conditions) as Record<KindId, Map<string, ConditionNode>>
}
