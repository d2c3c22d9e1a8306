import { canonicalJson } from '../rule-set/canonical-json.ts'
import { kindIds, type KindId, type ResolvedDocument } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { formOf } from './form.ts'

/**
 * The rules of `after` that are new or decide otherwise, by kind: written anew, or resting on a parameter or a named condition that changed.
 * One that is only written otherwise is not among them.
 */
export function rulesThatDecideOtherwise(before: RuleSet, after: RuleSet): Record<KindId, string[]> {
  const changed = (kind: KindId) =>
    Object.keys(after.document[kind]).filter((id) => signOf(before.document, kind, id) !== signOf(after.document, kind, id))
  return Object.fromEntries(kindIds.map((kind) => [kind, changed(kind)])) as Record<KindId, string[]>
}

function signOf(document: ResolvedDocument, kind: KindId, id: string): string {
  const rule = Object.hasOwn(document[kind], id) ? document[kind][id] : undefined
  return rule ? canonicalJson([formOf(rule.conditions, document), rule.event]) : ''
}
