import { canonicalJson } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { record } from '../audit/index.ts'
import { evaluate, sha256, type Rules } from './decide.ts'
import { allowedBy, assertReadableDecision, recordOf, reviewOf, type StoredDecision } from './decision.ts'
import { differencesBetween, type Difference } from './differences.ts'
import { loadStored, RuleSetDamaged } from './rule-set-on.ts'

/** What came of deciding again, on the stored facts, by the stored rule set. */
export type Replay = {
  decision: StoredDecision
  /** Every byte of the result came out as it was stored, and the record has the hash it was stored with. */
  same: boolean
  /** The stored record still has the hash it was stored with. */
  recordIsIntact: boolean
  differences: Difference[]
}

/** Decides again and compares byte for byte. Changes nothing. */
export async function replayDecision(tx: Tx, actor: Actor, id: Uuid): Promise<Replay> {
  const decision = await assertReadableDecision(tx, actor, id)
  const { kind, asOf, facts } = recordOf(decision)
  const { result } = evaluate(await rulesOf(tx, actor, decision), kind, { asOf, facts })
  const recordIsIntact = sha256(decision.canonicalText) === decision.contentHash
  await record(tx, actor, {
    action: 'decision.replayed',
    subjectType: 'decision',
    subjectId: id,
    allowedBy: allowedBy(actor),
    fields: ['facts', 'result'],
  })
  return {
    decision,
    same: recordIsIntact && canonicalJson(result) === decision.resultText,
    recordIsIntact,
    differences: differencesBetween(JSON.parse(decision.resultText), result),
  }
}

/** The rule set a decision was made by, as it was published then. */
export async function rulesOf(tx: Tx, actor: Actor, decision: StoredDecision): Promise<Rules> {
  const { ruleSetId, ruleSetVersion: version, ruleSetHash: hash } = decision
  if (ruleSetId === null || version === null || hash === null)
    return { loaded: null, reason: reviewOf(decision)?.reason ?? 'rules-not-evaluable' }
  try {
    const [loaded] = await loadStored(tx, actor, [{ ruleSetId, version, hash }])
    return { loaded: loaded!, reason: null }
  } catch (error) {
    if (error instanceof RuleSetDamaged) return { loaded: null, reason: 'rules-not-evaluable' }
    throw error
  }
}
