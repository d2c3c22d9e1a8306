import type { Issue } from '../issue.ts'
import { suggestion } from '../language/did-you-mean.ts'
import { escaped } from '../language/pointer.ts'
import { own } from '../language/scope.ts'
import type { Rule } from '../kinds/rule.ts'
import { canonicalJson } from './canonical-json.ts'
import { kindIds, type Document, type KindId, type ParameterDefinition, type ResolvedDocument } from './document.ts'
import { checkInstrument, isLocked, lockedConditions } from './locks.ts'
import { isDefinition, settled } from './parameters.ts'

export type Refuse = (code: string, at: string, message: string, help?: string) => void
type Report = (issue: Issue) => void

export const refuser =
  (report: Report): Refuse =>
  (code, at, message, help) =>
    report({ severity: 'error', code, at, message, ...(help === undefined ? {} : { help }) })

/** A document that builds on nothing. */
export function resolveRoot(document: Document, report: Report): ResolvedDocument {
  const refuse = refuser(report)
  if (document.remove)
    refuse('no-parent', '/remove', 'nothing is inherited here, so nothing can be removed', 'name the document it builds on in "extends"')
  for (const kind of kindIds) {
    for (const [id, rule] of Object.entries(document[kind] ?? {})) {
      if (rule.replaces)
        refuse(
          'no-parent',
          `/${kind}/${escaped(id)}/replaces`,
          'nothing is inherited here, so nothing can be replaced',
          'remove "replaces"',
        )
    }
  }
  for (const [id, parameter] of Object.entries(document.parameters ?? {})) {
    if (!isDefinition(parameter))
      refuse(
        'undefined-parameter',
        `/parameters/${escaped(id)}`,
        `"${id}" has a value and no definition`,
        'give it "type", "number", "label", "source" and "value"',
      )
  }
  return extend(
    { ...nothing, id: document.id, version: document.version, title: document.title, effectiveFrom: document.effectiveFrom },
    withoutInheriting(document),
    report,
  )
}

const withoutInheriting = (document: Document): Document => {
  const { remove: _, ...rest } = document
  const rules = kindIds.map((kind) => [
    kind,
    Object.fromEntries(Object.entries(document[kind] ?? {}).map(([id, rule]) => [id, withoutReplaces(rule)])),
  ])
  const parameters = Object.fromEntries(Object.entries(document.parameters ?? {}).filter(([, parameter]) => isDefinition(parameter)))
  return { ...rest, ...Object.fromEntries(rules), parameters }
}

const nothing = {
  statements: {},
  facts: {},
  parameters: {},
  scales: {},
  conditions: {},
  locked: {},
  risk: {},
  eligibility: {},
  safeguarding: {},
  attendance: {},
  pathway: {},
  completion: {},
}

/** Folds a document into the one it builds on. What it may not do is reported, and left undone. */
export function extend(parent: ResolvedDocument, document: Document, report: Report): ResolvedDocument {
  const refuse = refuser(report)
  const { id, version, title, effectiveFrom } = document
  const rules = Object.fromEntries(kindIds.map((kind) => [kind, rulesOf(kind, parent, document, refuse, report)])) as Record<
    KindId,
    Record<string, Rule>
  >
  checkInstrument(parent, document.instrument, refuse)
  const instrument = document.instrument ?? parent.instrument
  return {
    id,
    version,
    title,
    effectiveFrom,
    statements: statementsOf(parent, document, refuse),
    facts: factsOf(parent, document, refuse),
    parameters: parametersOf(parent, document, refuse),
    ...(instrument ? { instrument } : {}),
    scales: scalesOf(parent, document, refuse),
    conditions: conditionsOf(parent, document, refuse),
    locked: locksOf(parent, document),
    ...rules,
  }
}

function rulesOf(kind: KindId, parent: ResolvedDocument, document: Document, refuse: Refuse, report: Report): Record<string, Rule> {
  const rules: Record<string, Rule> = { ...parent[kind] }
  const written = document[kind] ?? {}
  for (const id of Object.keys(document.remove?.[kind] ?? {})) {
    const at = `/remove/${kind}/${escaped(id)}`
    if (!Object.hasOwn(parent[kind], id))
      refuse(
        'unknown-removal',
        at,
        `nothing inherited is called "${id}" here, so it cannot be removed`,
        suggestion(id, Object.keys(parent[kind]), 'remove this line').help,
      )
    else if (isLocked(parent, kind, id)) refuse('locked', at, `"${id}" is locked: no provider can remove it`, 'remove this line')
    else if (Object.hasOwn(written, id))
      refuse(
        'removed-and-written',
        at,
        `"${id}" is removed here and written anew`,
        'to replace it, drop this line and write "replaces": true',
      )
    else delete rules[id]
  }
  for (const [id, rule] of Object.entries(written)) {
    const at = `/${kind}/${escaped(id)}`
    const isInherited = Object.hasOwn(parent[kind], id)
    if (isInherited && isLocked(parent, kind, id))
      refuse('locked', at, `"${id}" is locked: no provider can replace it`, 'remove it here; a rule of your own may be stricter')
    else if (isInherited && Object.hasOwn(document.remove?.[kind] ?? {}, id)) continue
    else if (isInherited && !rule.replaces)
      refuse('needs-replaces', at, `a rule "${id}" is inherited already`, 'write "replaces": true, or choose another id')
    else if (!isInherited && rule.replaces)
      refuse(
        'unknown-replaced',
        `${at}/replaces`,
        `nothing inherited is called "${id}", so there is nothing to replace`,
        suggestion(id, Object.keys(parent[kind]), 'remove "replaces"').help,
      )
    else {
      const inherited = own(parent[kind], id)
      rules[id] = withoutReplaces(rule)
      if (inherited && canonicalJson(rules[id]) === canonicalJson(withoutReplaces(inherited)))
        report({
          severity: 'warning',
          code: 'replaces-nothing',
          at,
          message: `"${id}" is written anew as it was inherited`,
          help: 'remove it here, or change what is to be otherwise',
        })
    }
  }
  return rules
}

const withoutReplaces = ({ number, label, source, conditions, event }: Rule): Rule => ({ number, label, source, conditions, event })

function conditionsOf(parent: ResolvedDocument, document: Document, refuse: Refuse): ResolvedDocument['conditions'] {
  const conditions = { ...parent.conditions }
  const written = document.conditions ?? {}
  const removed = document.remove?.conditions ?? {}
  const locked = lockedConditions(parent)
  for (const id of Object.keys(removed)) {
    const at = `/remove/conditions/${escaped(id)}`
    if (!Object.hasOwn(parent.conditions, id))
      refuse(
        'unknown-removal',
        at,
        `no inherited condition is called "${id}"`,
        suggestion(id, Object.keys(parent.conditions), 'remove this line').help,
      )
    else if (locked.has(id)) refuse('locked', at, `a locked rule uses the condition "${id}": no provider can remove it`, 'remove this line')
    else delete conditions[id]
  }
  for (const [id, condition] of Object.entries(written)) {
    if (own(conditions, id) === undefined) conditions[id] = condition
    else
      refuse(
        'needs-removal',
        `/conditions/${escaped(id)}`,
        `a condition "${id}" is inherited already`,
        'choose another name, or remove the inherited one under "remove" with a reason',
      )
  }
  return conditions
}

function statementsOf(parent: ResolvedDocument, document: Document, refuse: Refuse): ResolvedDocument['statements'] {
  const statements = { ...parent.statements }
  for (const [id, statement] of Object.entries(document.statements ?? {})) {
    if (isLocked(parent, 'statements', id))
      refuse(
        'locked',
        `/statements/${escaped(id)}`,
        `the statement "${id}" is locked: no provider can reword it`,
        'add one of your own under another id',
      )
    else statements[id] = statement
  }
  return statements
}

function factsOf(parent: ResolvedDocument, document: Document, refuse: Refuse): ResolvedDocument['facts'] {
  const facts = { ...parent.facts }
  for (const [name, fact] of Object.entries(document.facts ?? {})) {
    const at = `/facts/${escaped(name)}`
    if (Object.hasOwn(parent.facts, name))
      refuse('defined-already', at, `the fact "${name}" is inherited already, and a fact has one definition`, 'use it as it is')
    else if (document.extends && !name.startsWith('custom.'))
      refuse(
        'fact-name',
        at,
        `a fact of your own has a name that begins with "custom."`,
        `write "custom.${name.split('.').at(-1) ?? name}"`,
      )
    else facts[name] = fact
  }
  return facts
}

function parametersOf(parent: ResolvedDocument, document: Document, refuse: Refuse): ResolvedDocument['parameters'] {
  const parameters: Record<string, ParameterDefinition> = { ...parent.parameters }
  for (const [id, written] of Object.entries(document.parameters ?? {})) {
    const at = `/parameters/${escaped(id)}`
    const inherited = own(parent.parameters, id)
    if (inherited && isLocked(parent, 'parameters', id))
      refuse('locked', at, `the parameter "${id}" is locked: no provider can set it`, 'remove this line')
    else if (inherited && isDefinition(written))
      refuse('defined-already', at, `the parameter "${id}" is inherited already, and has one definition`, 'give its value only')
    else if (inherited) parameters[id] = settled(inherited, written, at, refuse)
    else if (isDefinition(written)) parameters[id] = written
    else
      refuse(
        'unknown-parameter',
        at,
        `there is no parameter "${id}"`,
        suggestion(id, Object.keys(parent.parameters), 'define it: "type", "number", "label", "source" and "value"').help,
      )
  }
  return parameters
}

/** A scale carries the name of somebody else's questionnaire, so that under one id there is one scoring only. */
function scalesOf(parent: ResolvedDocument, document: Document, refuse: Refuse): ResolvedDocument['scales'] {
  const scales = { ...parent.scales }
  for (const [id, scale] of Object.entries(document.scales ?? {})) {
    if (own(parent.scales, id))
      refuse(
        'defined-already',
        `/scales/${escaped(id)}`,
        `the scale "${id}" is inherited already, and results of two scorings would be taken for one another`,
        'use it as it is, or give yours an id of its own',
      )
    else scales[id] = scale
  }
  return scales
}

/** Locks add up. */
function locksOf(parent: ResolvedDocument, document: Document): ResolvedDocument['locked'] {
  const names = [...new Set([...Object.keys(parent.locked), ...Object.keys(document.locked ?? {})])] as (keyof ResolvedDocument['locked'])[]
  return Object.fromEntries(
    names.map((name) => [name, [...new Set([...(parent.locked[name] ?? []), ...(document.locked?.[name] ?? [])])].sort()]),
  )
}
