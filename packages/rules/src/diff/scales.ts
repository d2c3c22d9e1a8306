import { canonicalJson } from '../rule-set/canonical-json.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'
import type { Scale } from '../rule-set/scale.ts'
import { type Change, change, matched, wordingOf } from './change.ts'

/** No rule reads a scale, so that none of these moves a case; what one scores, a person reads. */
export function scaleChanges(one: ResolvedDocument, other: ResolvedDocument): Change[] {
  return matched(one.scales, other.scales).flatMap(({ id, before, after }) => {
    const at = `/scales/${id}`
    if (!before || !after) return [change(at, `scale ${id} ${before ? 'removed' : 'added'}`, {}, 'additive')]
    return [
      ...(canonicalJson(formOf(before)) === canonicalJson(formOf(after))
        ? []
        : [change(at, `scale ${id} is scored otherwise, or under other labels`, {}, 'additive')]),
      ...wordingOf(at, `scale ${id}`, before, after, ['label', 'source', 'number']),
    ]
  })
}

function formOf({ label: _label, source: _source, number: _number, ...form }: Scale): unknown {
  return form
}
