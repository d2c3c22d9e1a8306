import { isRecord } from '../language/values.ts'
import type { EventDefinition } from '../kinds/kind.ts'
import { kindOf, type Rule } from '../kinds/index.ts'
import { kindIds, type ResolvedDocument } from './document.ts'

/**
 * The document with the parameters of every event in the order in which the kind defines them, and a duration's amount before its unit.
 * They come out again in decisions, and documents of one hash give the same bytes however they are written.
 */
export function withEventsInOrder(document: ResolvedDocument): ResolvedDocument {
  const sections = kindIds.map((id) => {
    const { events } = kindOf(id)
    return [id, Object.fromEntries(Object.entries(document[id]).map(([name, rule]) => [name, withEventInOrder(rule, events)]))]
  })
  return { ...document, ...(Object.fromEntries(sections) as Pick<ResolvedDocument, (typeof kindIds)[number]>) }
}

function withEventInOrder(rule: Rule, events: Readonly<Record<string, EventDefinition>>): Rule {
  const { type, params } = rule.event
  if (!params) return rule
  const order = Object.keys(events[type]!.params)
  return {
    ...rule,
    event: { type, params: Object.fromEntries(order.flatMap((name) => (name in params ? [[name, inOrder(params[name])]] : []))) },
  }
}

const inOrder = (value: unknown): unknown => (isRecord(value) ? { amount: value['amount'], unit: value['unit'] } : value)
