import { canonicalJson, kindIds, type KindId, type ResolvedDocument, type Rule } from '@plumbline/rules'

/** What one version says otherwise than another. */
export type Changes = {
  /** In plain English, thresholds first. */
  sentences: string[]
  /** Parameters with another value. */
  parameters: string[]
  /** Rules that decide otherwise: new, written anew, or resting on a parameter or a named condition that changed. */
  rules: Record<KindId, string[]>
}

/** Compares two versions with all they inherit folded in: what counts is what decides, not where it is written. */
export function changesBetween(before: ResolvedDocument, after: ResolvedDocument): Changes {
  const parameters = Object.keys(after.parameters).filter((id) => isOther(before.parameters[id]?.value, after.parameters[id]?.value))
  const rules = Object.fromEntries(
    kindIds.map((kind) => [
      kind,
      Object.keys(after[kind]).filter((id) => isOther(decidingPart(before, kind, id), decidingPart(after, kind, id))),
    ]),
  )
  const sentences = [
    ...parameterSentences(before, after, parameters),
    ...instrumentSentences(before, after),
    ...kindIds.flatMap((kind) => ruleSentences(before, after, kind)),
    ...otherSentences(before, after),
  ]
  return { sentences, parameters, rules: rules as Changes['rules'] }
}

const isOther = (one: unknown, other: unknown): boolean => json(one) !== json(other)
const json = (value: unknown): string => (value === undefined ? '' : canonicalJson(value))

/** All that a rule's result rests on: its conditions and event, the named conditions and the parameters they mention. */
function decidingPart(document: ResolvedDocument, kind: KindId, id: string): unknown {
  const rule = own(document[kind], id)
  if (!rule) return undefined
  const conditions: Record<string, unknown> = {}
  const parameters: Record<string, unknown> = {}
  const follow = (part: unknown): void => {
    if (Array.isArray(part)) return part.forEach(follow)
    if (typeof part !== 'object' || part === null) return
    for (const [key, value] of Object.entries(part)) {
      if (key === 'fact' && typeof value === 'string' && value.startsWith('parameter.')) {
        const name = value.slice('parameter.'.length)
        parameters[name] = own(document.parameters, name)?.value
      } else if (key === 'condition' && typeof value === 'string' && !Object.hasOwn(conditions, value)) {
        conditions[value] = own(document.conditions, value) ?? null
        follow(conditions[value])
      } else follow(value)
    }
  }
  follow(rule.conditions)
  return { rule: { conditions: rule.conditions, event: rule.event }, conditions, parameters }
}

const own = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined

const parameterSentences = (before: ResolvedDocument, after: ResolvedDocument, changed: string[]): string[] =>
  changed.map((id) => {
    const [was, is] = [own(before.parameters, id), after.parameters[id]!]
    return was
      ? `${is.label} (${id}): ${inWords(was.value)} becomes ${inWords(is.value)}`
      : `${is.label} (${id}) is new: ${inWords(is.value)}`
  })

const inWords = (value: unknown): string =>
  Array.isArray(value) ? value.map(inWords).join(', ') || 'none' : typeof value === 'string' ? value : canonicalJson(value)

function instrumentSentences({ instrument: before }: ResolvedDocument, { instrument: after }: ResolvedDocument): string[] {
  if (!isOther(before, after)) return []
  const name = (instrument: typeof before) => (instrument ? `${instrument.id} ${instrument.version}` : 'none')
  return [`The instrument: ${name(before)} becomes ${name(after)}`]
}

function ruleSentences(before: ResolvedDocument, after: ResolvedDocument, kind: KindId): string[] {
  const said = (rule: Rule, id: string, what: string) => `${kind}: “${rule.label}” (${id}) ${what}`
  const gone = Object.entries(before[kind]).filter(([id]) => !Object.hasOwn(after[kind], id))
  const there = Object.entries(after[kind]).flatMap(([id, rule]) => {
    const was = own(before[kind], id)
    if (!was) return said(rule, id, 'is new')
    if (isOther([was.conditions, was.event], [rule.conditions, rule.event])) return said(rule, id, 'is written anew')
    return isOther(was, rule) ? said(rule, id, 'is reworded, and decides as before') : []
  })
  return [...gone.map(([id, rule]) => said(rule, id, 'goes')), ...there]
}

const parts = { conditions: 'The named condition', statements: 'The statement', facts: 'The fact' } as const

function otherSentences(before: ResolvedDocument, after: ResolvedDocument): string[] {
  return (Object.keys(parts) as (keyof typeof parts)[]).flatMap((part) => {
    const ids = [...new Set([...Object.keys(before[part]), ...Object.keys(after[part])])]
    return ids.flatMap((id) => {
      const [was, is]: unknown[] = [own<unknown>(before[part], id), own<unknown>(after[part], id)]
      if (!isOther(was, is)) return []
      return `${parts[part]} “${id}” ${was === undefined ? 'is new' : is === undefined ? 'goes' : 'is written anew'}`
    })
  })
}
