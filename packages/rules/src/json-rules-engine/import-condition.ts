import type { Issue } from '../issue.ts'
import { lookUp, type Scope } from '../language/scope.ts'
import { isRecord } from '../language/values.ts'

/**
 * Rewrites a json-rules-engine condition where our profile says the same otherwise, and warns where missing data
 * now means something else. What cannot be rewritten stays as it is, for the parser to refuse at its place.
 */
export function adapt(json: unknown, at: string, scope: Scope, report: (issue: Issue) => void): unknown {
  if (!isRecord(json)) return json
  const kept = Object.fromEntries(Object.entries(json).filter(([key]) => !dropped(key, `${at}/${key}`, report)))
  for (const group of ['all', 'any']) {
    const list = kept[group]
    if (Array.isArray(list)) kept[group] = list.map((each: unknown, index) => adapt(each, `${at}/${group}/${index}`, scope, report))
  }
  if (Object.hasOwn(kept, 'not')) {
    warn(at, '"not" was true where the fact was missing', report)
    kept['not'] = adapt(kept['not'], `${at}/not`, scope, report)
  }
  return typeof kept['fact'] === 'string' ? adaptComparison(kept, at, scope, report) : kept
}

function dropped(key: string, at: string, report: (issue: Issue) => void): boolean {
  if (key === 'priority')
    report({ severity: 'warning', code: 'priority', at, message: 'conditions have no priority here: every one is looked at' })
  return key === 'priority' || key === 'name'
}

function adaptComparison(json: Record<string, unknown>, at: string, scope: Scope, report: (issue: Issue) => void): Record<string, unknown> {
  const { fact, path, operator } = json
  if (typeof operator === 'string' && MEANS_MORE.test(operator))
    warn(at, `"${operator}" was true, or false, where the fact was missing`, report)
  const value = adaptValue(json['value'], `${at}/value`, scope, report)
  if (typeof path !== 'string') return { ...json, value }
  // An object with fields is several facts here: `{ fact: "person", path: "$.age" }` is `person.age`.
  const flat = flatName(String(fact), path)
  if (flat !== undefined && lookUp(flat, scope)) {
    renamed(at, String(fact), path, flat, report)
    const { path: _path, ...rest } = json
    return { ...rest, fact: flat, value }
  }
  const list = /^(?<base>.*)(?<items>\[\*\]\.[^.[\]]+)$/.exec(path)?.groups
  const listName = list?.['base'] === '$' ? undefined : flatName(String(fact), list?.['base'] ?? '')
  if (listName === undefined || !lookUp(listName, scope)) return { ...json, value }
  renamed(at, String(fact), path, listName, report)
  return { ...json, fact: listName, path: `$${list?.['items'] ?? ''}`, value }
}

function adaptValue(value: unknown, at: string, scope: Scope, report: (issue: Issue) => void): unknown {
  if (!isRecord(value) || typeof value['fact'] !== 'string') return value
  const { fact, path } = value
  const flat = typeof path === 'string' ? flatName(String(fact), path) : String(fact)
  const found = [flat, `parameter.${flat ?? ''}`].find((name) => name !== undefined && lookUp(name, scope))
  if (found === undefined || Object.keys(value).some((key) => key !== 'fact' && key !== 'path')) return value
  if (found !== fact) renamed(at, String(fact), typeof path === 'string' ? path : '', found, report)
  return { fact: found }
}

const flatName = (fact: string, path: string): string | undefined =>
  /^\$?(\.[A-Za-z0-9_-]+)+$/.test(path) ? fact + path.replace(/^\$/, '') : undefined

function renamed(at: string, fact: string, path: string, name: string, report: (issue: Issue) => void): void {
  report({
    severity: 'warning',
    code: 'renamed-fact',
    at,
    message: `"${fact}"${path === '' ? '' : ` with the path "${path}"`} became the fact "${name}"`,
  })
}

function warn(at: string, what: string, report: (issue: Issue) => void): void {
  report({
    severity: 'warning',
    code: 'missing-means-unknown',
    at,
    message: `${what}; here it is unknown`,
    help: 'add an example with that fact missing, and say what is to come of it',
  })
}

/** Operators whose answer for a missing fact json-rules-engine makes up in a way that tells. */
const MEANS_MORE = /^(.*:)?(notEqual|notIn|doesNotContain)$|not:/
