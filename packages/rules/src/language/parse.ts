import type { Issue } from '../issue.ts'
import type { Condition } from './condition.ts'
import type { ConditionNode } from './node.ts'
import { didYouMean, suggested, suggestion } from './did-you-mean.ts'
import { parseComparison } from './parse-comparison.ts'
import { parseItems } from './parse-items.ts'
import { hasOnly, inJson, isList, type Report } from './parse-json.ts'
import { escaped } from './pointer.ts'
import { own, type Scope } from './scope.ts'
import { isRecord } from './values.ts'

export const MAXIMUM_DEPTH = 10
export const MAXIMUM_SIZE = 2000

/**
 * Reads one condition, strictly: what is not understood is refused, with its place, and nothing is passed over.
 * Gives nothing where anything in it was refused. Never throws on bad data.
 *
 * A named condition is read where it is used; what is wrong *inside* it is reported only where it is written,
 * so the document's `conditions` are each to be parsed too. A reference to a faulty one is refused as `faulty-condition`.
 */
export function parseCondition(json: unknown, at: string, scope: Scope, report: (issue: Issue) => void): ConditionNode | undefined {
  let refused = false
  const node = parse(json, at, 1, {
    scope,
    names: [],
    search: { givenUp: false },
    report: (code, place, message, help) => {
      refused = true
      report({ severity: 'error', code, at: place, message, ...help })
    },
  })
  return refused ? undefined : node
}

type Context = {
  scope: Scope
  report: Report
  /** Named conditions being read, outermost first. */
  names: readonly string[]
  /** Given up at the first cycle or endless chain: following every way round it could take for ever. */
  search: { givenUp: boolean }
}

function parse(json: unknown, at: string, depth: number, context: Context): ConditionNode | undefined {
  const { report } = context
  if (!isRecord(json)) {
    report('not-a-condition', at, `a condition is an object, and this is ${inJson(json)}`, EXAMPLE)
    return undefined
  }
  if (depth > MAXIMUM_DEPTH) {
    report('too-deep', at, `conditions may be nested ${MAXIMUM_DEPTH} deep`, {
      help: 'give a part of it a name under "conditions" and simplify it',
    })
    return undefined
  }
  const forms = FORMS.filter((key) => Object.hasOwn(json, key))
  if (forms.length > 1) {
    const both = forms.map((form) => `"${form}"`).join(' and ')
    report('mixed-condition', at, `${both} stand in one object, where json-rules-engine would look at one of them only`, {
      help: 'put each in its own object, under "all" or "any"',
    })
    return undefined
  }
  const node = parseForm(forms[0], json, at, depth, context)
  if (node && node.size > MAXIMUM_SIZE) {
    report(
      'too-many-conditions',
      at,
      `this amounts to ${node.size} conditions, named ones counted wherever they are used; ${MAXIMUM_SIZE} are allowed`,
    )
    return undefined
  }
  return node
}

function parseForm(
  form: Form | undefined,
  json: Readonly<Record<string, unknown>>,
  at: string,
  depth: number,
  context: Context,
): ConditionNode | undefined {
  const { report, scope } = context
  switch (form) {
    case 'all':
    case 'any': {
      const closed = hasOnly(json, [form], at, report)
      const of = parseList(json[form], `${at}/${form}`, depth, context)
      return of && closed ? { kind: form, of, ...measured(at, of) } : undefined
    }
    case 'not': {
      const closed = hasOnly(json, ['not'], at, report)
      if (Array.isArray(json['not'])) {
        report('not-a-condition', `${at}/not`, '"not" takes one condition, and this is a list', {
          help: 'write { "not": { "any": […] } } or { "not": { "all": […] } }',
        })
        return undefined
      }
      const of = parse(json['not'], `${at}/not`, depth + 1, context)
      return of && closed ? { kind: 'not', of, ...measured(at, [of]) } : undefined
    }
    case 'atLeast':
      return parseAtLeast(json, at, depth, context)
    case 'condition':
      return parseNamed(json, at, depth, context)
    case undefined:
      if (ITEM_FORMS.some((key) => Object.hasOwn(json, key))) return parseItems(json, at, depth, scope, report)
      if (!Object.keys(json).some((key) => didYouMean(key, COMPARISON) !== undefined)) return refuseForm(json, at, report)
      return parseComparison(json, at, scope, report)
  }
}

/** Nothing that a condition is made of stands here: one mistake, whatever is missing besides. */
function refuseForm(json: Readonly<Record<string, unknown>>, at: string, report: Report): undefined {
  const [key] = Object.keys(json)
  if (key === undefined) report('missing-key', at, 'there is nothing in this condition', EXAMPLE)
  else
    report(
      'unknown-key',
      `${at}/${escaped(key)}`,
      `"${key}" means nothing here`,
      suggested(groupsCalled.get(key.toLowerCase()) ?? didYouMean(key, FORMS), EXAMPLE.help),
    )
  return undefined
}

const groupsCalled: ReadonlyMap<string, Form> = new Map([
  ['and', 'all'],
  ['or', 'any'],
])

function parseAtLeast(json: Readonly<Record<string, unknown>>, at: string, depth: number, context: Context): ConditionNode | undefined {
  const { report } = context
  const closed = hasOnly(json, ['atLeast', 'of'], at, report)
  const of = parseList(json['of'], `${at}/of`, depth, context)
  const atLeast = json['atLeast']
  const most = Array.isArray(json['of']) ? json['of'].length : Number.MAX_SAFE_INTEGER
  if (typeof atLeast !== 'number' || !Number.isSafeInteger(atLeast) || atLeast < 1 || atLeast > most) {
    report('at-least', `${at}/atLeast`, `"atLeast" is a whole number from 1 to the number of conditions under "of"`, {
      help: 'all of them is "all", one of them is "any"',
    })
    return undefined
  }
  return of && closed ? { kind: 'atLeast', atLeast, of, ...measured(at, of) } : undefined
}

function parseList(json: unknown, at: string, depth: number, context: Context): ConditionNode[] | undefined {
  if (!isList(json, at, context.report)) return undefined
  const nodes = json.map((each, index) => parse(each, `${at}/${index}`, depth + 1, context))
  return nodes.every((node) => node !== undefined) ? nodes : undefined
}

function parseNamed(json: Readonly<Record<string, unknown>>, at: string, depth: number, context: Context): ConditionNode | undefined {
  const { report, scope, names } = context
  const closed = hasOnly(json, ['condition'], at, report)
  const name = json['condition']
  const condition = typeof name === 'string' ? own(scope.conditions, name) : undefined
  if (typeof name !== 'string' || condition === undefined) {
    const asked = typeof name === 'string' ? `"${name}"` : inJson(name)
    const known = Object.keys(scope.conditions)
    report(
      'unknown-condition',
      `${at}/condition`,
      `there is no condition named ${asked}`,
      typeof name === 'string' ? suggestion(name, known, 'add it under "conditions"') : undefined,
    )
    return undefined
  }
  const path = [...names, name].join(' → ')
  if (names.includes(name)) return giveUp('condition-cycle', `the condition "${name}" leads back to itself: ${path}`, at, context)
  if (names.length >= MAXIMUM_DEPTH)
    return giveUp('too-deep', `conditions name one another more than ${MAXIMUM_DEPTH} deep: ${path}`, at, context)
  const of = context.search.givenUp ? undefined : parseOnce(name, condition, at, context)
  if (!of || !closed) return undefined
  if (depth + of.depth > MAXIMUM_DEPTH) {
    report('too-deep', at, `with the condition "${name}" this is nested ${depth + of.depth} deep; ${MAXIMUM_DEPTH} is allowed`)
    return undefined
  }
  return { kind: 'named', name, of, ...measured(at, [of]) }
}

function giveUp(code: string, message: string, at: string, context: Context): undefined {
  context.search.givenUp = true
  context.report(code, `${at}/condition`, message)
}

/**
 * A named condition is parsed once for its scope and shared, so that conditions built of one another cannot grow without end.
 * Of what is wrong inside it only cycles are reported here, at the place that refers to it.
 */
function parseOnce(name: string, condition: Condition, at: string, context: Context): ConditionNode | undefined {
  const { scope, names, report, search } = context
  let parsed = parsedIn.get(scope)
  if (!parsed) parsedIn.set(scope, (parsed = new Map()))
  const known = parsed.get(name)
  if (known) return refer(known.node, name, at, report)
  let refused = false
  const node = parse(condition, `/conditions/${escaped(name)}`, 1, {
    scope,
    names: [...names, name],
    search,
    report: (code, _place, message) => {
      refused = true
      if (search.givenUp) report(code, `${at}/condition`, message)
    },
  })
  if (search.givenUp) return undefined
  const result = refused ? undefined : node
  parsed.set(name, { node: result })
  return refer(result, name, at, report)
}

function refer(node: ConditionNode | undefined, name: string, at: string, report: Report): ConditionNode | undefined {
  if (!node)
    report('faulty-condition', `${at}/condition`, `the condition "${name}" has a fault of its own`, {
      help: `see /conditions/${escaped(name)}`,
    })
  return node
}

const parsedIn = new WeakMap<Scope, Map<string, { node: ConditionNode | undefined }>>()

const measured = (at: string, of: readonly ConditionNode[]) => ({
  at,
  depth: 1 + Math.max(0, ...of.map((node) => node.depth)),
  size: 1 + of.reduce((sum, node) => sum + node.size, 0),
})

type Form = (typeof FORMS)[number]
const FORMS = ['all', 'any', 'not', 'atLeast', 'condition'] as const
const COMPARISON = ['fact', 'path', 'operator', 'value'] as const
const ITEM_FORMS = ['some', 'every', 'none', 'count'] as const
const EXAMPLE = { help: 'write, for example, { "fact": "person.ageOnReceipt", "operator": "lessThan", "value": 18 }' }
