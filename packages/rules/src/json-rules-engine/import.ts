import type { Issue } from '../issue.ts'
import { byNumber, type Rule, type RuleId } from '../kinds/rule.ts'
import type { Condition } from '../language/condition.ts'
import { parseCondition } from '../language/parse.ts'
import { inJson } from '../language/parse-json.ts'
import { escaped } from '../language/pointer.ts'
import { own, type Scope } from '../language/scope.ts'
import { isRecord } from '../language/values.ts'
import type { KindId, ResolvedDocument } from '../rule-set/document.ts'
import { adapt } from './import-condition.ts'
import { scopeOf } from './rule-program.ts'

export type ImportOptions = {
  kind: KindId
  /** The rule set whose catalogue, parameters and named conditions the rules are to use. */
  into: { document: ResolvedDocument }
  /** Where the rules come from, for their `source`. */
  source: string
}

export type Imported = {
  /** To be put into a document: rules by id, in the order they came, numbered on from those there are. */
  document: { conditions: Record<string, Condition> } & Partial<Record<KindId, Record<RuleId, Rule>>>
  /** Errors: what was left out. Warnings: what now means something else, with the place in the JSON given. */
  issues: Issue[]
}

/**
 * Takes json-rules-engine rules into our profile: one rule, a list of them, or `{ rules, conditions }`.
 * A rule outside the profile is left out and said so. Where missing data now means something else, a warning says it.
 */
export function importRules(json: unknown, { kind, into, source }: ImportOptions): Imported {
  const issues: Issue[] = []
  const report = (issue: Issue) => issues.push(issue)
  const { rules, conditions, at } = partsOf(json)
  const scope = scopeOf(into.document)
  const adapted = importNamed(conditions, scope, report)
  const named = soundOf(adapted, { ...scope, conditions: { ...scope.conditions, ...adapted } }, report)
  const wide: Scope = { ...scope, conditions: { ...scope.conditions, ...named } }

  const start = byNumber(into.document[kind]).at(-1)?.[1].number ?? 0
  const taken: Record<RuleId, Rule> = {}
  for (const [index, rule] of rules.entries()) {
    const place = at(index)
    const id = freeId(nameOf(rule, index), { ...into.document[kind], ...taken })
    const imported = importRule(rule, place, wide, report)
    if (imported) taken[id] = { number: start + (index + 1) * 10, label: nameOf(rule, index), source, ...imported }
  }
  return { document: { conditions: named, [kind]: taken }, issues }
}

function partsOf(json: unknown): { rules: readonly unknown[]; conditions: unknown; at: (index: number) => string } {
  if (Array.isArray(json)) return { rules: json, conditions: undefined, at: (index) => `/${index}` }
  if (isRecord(json) && Array.isArray(json['rules']))
    return { rules: json['rules'], conditions: json['conditions'], at: (index) => `/rules/${index}` }
  return { rules: [json], conditions: undefined, at: () => '' }
}

function importNamed(json: unknown, scope: Scope, report: (issue: Issue) => void): Record<string, Condition> {
  if (json === undefined) return {}
  if (!isRecord(json)) {
    report({
      severity: 'error',
      code: 'not-conditions',
      at: '/conditions',
      message: `conditions by name are an object, and this is ${inJson(json)}`,
    })
    return {}
  }
  const free = Object.entries(json).filter(([name]) => {
    if (!own(scope.conditions, name)) return true
    report({
      severity: 'error',
      code: 'existing-id',
      at: `/conditions/${escaped(name)}`,
      message: `there is a condition named "${name}" already`,
      help: 'rename one of them',
    })
    return false
  })
  return Object.fromEntries(
    free.map(([name, condition]) => [name, adapt(condition, `/conditions/${escaped(name)}`, scope, report) as Condition]),
  )
}

/** Those that our language takes; what is wrong with the others is reported. */
function soundOf(named: Record<string, Condition>, scope: Scope, report: (issue: Issue) => void): Record<string, Condition> {
  return Object.fromEntries(
    Object.entries(named).filter(([name, condition]) => parseCondition(condition, `/conditions/${escaped(name)}`, scope, report)),
  )
}

function importRule(
  json: unknown,
  at: string,
  scope: Scope,
  report: (issue: Issue) => void,
): Pick<Rule, 'conditions' | 'event'> | undefined {
  const refuse = (code: string, place: string, message: string, help?: string) =>
    report({ severity: 'error', code, at: place, message, ...(help === undefined ? {} : { help }) })
  if (!isRecord(json)) {
    refuse('not-a-rule', at, `a rule is an object, and this is ${inJson(json)}`)
    return undefined
  }
  for (const key of ['onSuccess', 'onFailure'])
    if (Object.hasOwn(json, key)) refuse('rule-code', `${at}/${key}`, 'a rule holds no code', 'act on the decision instead')
  if (Object.hasOwn(json, 'priority'))
    report({
      severity: 'warning',
      code: 'priority',
      at: `${at}/priority`,
      message: 'rules have no priority here: all of them are looked at',
      help: 'use "number" for their order in results',
    })
  const { event } = json
  if (!isRecord(event) || typeof event['type'] !== 'string' || (event['params'] !== undefined && !isRecord(event['params']))) {
    refuse('no-event', `${at}/event`, 'a rule needs an event with a type')
    return undefined
  }
  const conditions = adapt(json['conditions'], `${at}/conditions`, scope, report)
  const node = parseCondition(conditions, `${at}/conditions`, scope, report)
  if (!node) return undefined
  return {
    conditions: conditions as Condition,
    event: { type: event['type'], ...(isRecord(event['params']) ? { params: event['params'] } : {}) },
  }
}

const nameOf = (rule: unknown, index: number): string =>
  isRecord(rule) && typeof rule['name'] === 'string' && rule['name'].trim() !== '' ? rule['name'] : `Imported rule ${index + 1}`

/** In kebab case, never like a number, not one there is already. */
function freeId(name: string, taken: Readonly<Record<RuleId, Rule>>): RuleId {
  const kebab = name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  const base = kebab === '' || /^\d/.test(kebab) ? `rule-${kebab}`.replace(/-$/, '') : kebab
  let id = base
  for (let n = 2; own(taken, id) !== undefined || id === 'constructor' || id === 'prototype'; n++) id = `${base}-${n}`
  return id
}
