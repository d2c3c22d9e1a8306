import { byNumber } from '../kinds/rule.ts'
import { canonicalJson } from '../rule-set/canonical-json.ts'
import type { KindId, ResolvedDocument } from '../rule-set/document.ts'
import type { CheckedRule } from './subject.ts'

/** Whether what `one` brings about is brought about by `other` as well, wherever both hold. */
export function covers(other: CheckedRule, one: CheckedRule, document: ResolvedDocument): boolean {
  const [does, needs] = [other.rule.event, one.rule.event]
  if (does.type !== needs.type || other.kind !== one.kind) return false
  return (byKind[one.kind] ?? areEqual)(does.params ?? {}, needs.params ?? {}, document)
}

type Params = Readonly<Record<string, unknown>>
type Covering = (does: Params, needs: Params, document: ResolvedDocument) => boolean

const areEqual: Covering = (does, needs) => canonicalJson(does) === canonicalJson(needs)

/** Where more than equal parameters counts as the same. Words for the record do not count. */
const byKind: Partial<Readonly<Record<KindId, Covering>>> = {
  risk: (does, needs, { instrument }) => {
    const bands = byNumber(instrument?.bands ?? {}).map(([id]) => id)
    return bands.indexOf(String(does['band'])) >= bands.indexOf(String(needs['band'])) && does['action'] === needs['action']
  },
  eligibility: (does, needs) => does['whom'] === needs['whom'] && (needs['route'] === undefined || does['route'] === needs['route']),
  completion: () => true,
}
