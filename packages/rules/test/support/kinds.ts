import { readFileSync } from 'node:fs'
import { byNumber, kinds, type Kind, type Outcomes } from '../../src/kinds/index.ts'
import type { Issue } from '../../src/issue.ts'
import { compile, parseCondition } from '../../src/language/index.ts'
import type { DecisionInput } from '../../src/language/facts.ts'
import type { Document, KindId, ParameterDefinition, ParameterSetting, ResolvedDocument } from '../../src/rule-set/document.ts'

/** The least that kinds need of a rule set, so that they are tested without the loader. */
export type BareRuleSet = {
  document: ResolvedDocument
  decide<Id extends KindId>(kind: Id, input: DecisionInput): Outcomes[Id]
  explain(kind: KindId, input: DecisionInput): ReturnType<Kind<unknown, unknown>['explain']>
}

export const shipped = (id: string): Document => JSON.parse(readFileSync(new URL(`../../rule-sets/${id}.json`, import.meta.url), 'utf8')) as Document

const ids = Object.keys(kinds) as KindId[]

/** Folds documents, the base first, into one. */
export function resolve(...documents: readonly Document[]): ResolvedDocument {
  const [base] = documents
  if (!base) throw new Error('no document')
  const sections = Object.fromEntries(ids.map((kind) => [kind, Object.assign({}, ...documents.map((document) => document[kind] ?? {})) as object]))
  for (const { remove } of documents) {
    for (const [kind, rules] of Object.entries(remove ?? {})) for (const rule of Object.keys(rules)) delete (sections[kind] as Record<string, unknown>)[rule]
  }
  const parameters: Record<string, ParameterDefinition> = {}
  for (const document of documents) {
    for (const [id, setting] of Object.entries(document.parameters ?? {})) {
      const known = parameters[id]
      parameters[id] = known ? { ...known, ...settingOf(setting) } : (setting as ParameterDefinition)
    }
  }
  const merged = (part: 'facts' | 'statements' | 'conditions') => Object.assign({}, ...documents.map((document) => document[part] ?? {})) as object
  const instrument = documents.findLast((document) => document.instrument)?.instrument
  return {
    ...base,
    ...sections,
    facts: merged('facts'),
    statements: merged('statements'),
    conditions: merged('conditions'),
    locked: base.locked ?? {},
    parameters,
    ...(instrument ? { instrument } : {}),
  } as ResolvedDocument
}

const settingOf = (setting: ParameterDefinition | ParameterSetting): Partial<ParameterDefinition> =>
  typeof setting === 'object' && !Array.isArray(setting) ? (setting as Partial<ParameterDefinition>) : ({ value: setting } as Partial<ParameterDefinition>)

export function issuesOf(document: ResolvedDocument): Issue[] {
  const issues: Issue[] = []
  for (const id of ids) kinds[id].check(document, (issue) => issues.push(issue))
  return issues
}

export function bareRuleSet(...documents: readonly Document[]): BareRuleSet {
  const document = resolve(...documents)
  const facts = Object.assign({}, document.facts, ...ids.map((id) => kinds[id].facts(document))) as ResolvedDocument['facts']
  const whole = { ...document, facts }
  const scope = { facts, parameters: document.parameters, conditions: document.conditions }
  const issues = issuesOf(whole)
  const compiled = Object.fromEntries(
    ids.map((id) => {
      const conditions = byNumber(whole[id]).map(([rule, { conditions: written }]) => {
        const node = parseCondition(written, `/${id}/${rule}/conditions`, scope, (issue) => issues.push(issue))
        return node ? { id: rule, node } : undefined
      })
      const kind = kinds[id] as Kind<unknown, unknown>
      return [id, kind.compile(whole, compile(conditions.filter((each) => each !== undefined), scope))]
    }),
  )
  if (issues.length > 0) throw new Error(JSON.stringify(issues, null, 1))
  const kindOf = (id: KindId) => kinds[id] as Kind<unknown, unknown>
  return {
    document: whole,
    decide: (id, input) => kindOf(id).decide(compiled[id], input) as Outcomes[typeof id],
    explain: (id, input) => kindOf(id).explain(compiled[id], input),
  }
}
