import { canonicalJson, decide as decideBy, type Facts, type FactValue, type KindId, type Outcomes } from '@plumbline/rules'
import { factsReadBy } from '@plumbline/rules/bulk'
import { createHash } from 'node:crypto'
import { nobody, type Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { storedDecision, type DecisionRecord, type HumanReview, type ReviewReason, type StoredDecision } from './decision.ts'
import { NoRuleSetInForce, RuleSetDamaged, ruleSetOn, type LoadedRuleSet } from './rule-set-on.ts'
import { evaluator } from './shipped.ts'
import { decisions } from './tables.ts'

export type DecisionRequest<Kind extends KindId = KindId> = {
  kind: Kind
  /** The day whose version of the rule set decides: receipt, assessment, event, or the day the place began. */
  inForceOn: Day
  /** The day the question is asked for. */
  asOf: Day
  facts: Facts
  about: { type: string; id: Uuid }
  caseId: Uuid | null
}

/**
 * Decides by the provider's rules and stores the decision with all it rests on.
 * Never throws because of the rules: without a rule set in force, with a fact of the wrong type, or when the evaluation fails,
 * `needsHumanReview` is true and the caller opens a task for a person. What could not be evaluated is never a lower band.
 */
export async function decide(tx: Tx, actor: Actor, request: DecisionRequest): Promise<StoredDecision> {
  const given = withoutAbsent(request.facts)
  const rules = await rulesOn(tx, actor, request.inForceOn)
  const { result, needsHumanReview } = evaluate(rules, request.kind, { asOf: request.asOf, facts: given })
  const facts = onlyWhatIsRead(rules, request, given, result)
  const { loaded } = rules
  const record: DecisionRecord = {
    id: tx.newId(),
    kind: request.kind,
    about: request.about,
    caseId: request.caseId,
    ruleSet: loaded && { id: loaded.id, version: loaded.version, hash: loaded.hash },
    evaluator,
    inForceOn: request.inForceOn,
    asOf: request.asOf,
    decidedAt: tx.now,
    facts,
    result,
  }
  const canonicalText = canonicalJson(record)
  const [row] = await tx.orm
    .insert(decisions)
    .values({
      providerId: actor.providerId,
      id: record.id,
      kind: request.kind,
      subjectType: request.about.type,
      subjectId: request.about.id,
      caseId: request.caseId,
      ruleSetId: loaded?.id ?? null,
      ruleSetVersion: loaded?.version ?? null,
      ruleSetHash: loaded?.hash ?? null,
      asOf: request.asOf,
      decidedAt: tx.now,
      decidedBy: actor.id === nobody ? null : actor.id,
      needsHumanReview,
      canonicalText,
      contentHash: sha256(canonicalText),
    })
    .returning()
  return storedDecision(row!)
}

/** Of these kinds the record holds only what their rules look at: whoever reads it learns no answer of an assessment by the way. */
const frugal: readonly KindId[] = ['attendance', 'completion']

/** Fewer facts, the same answer; all of them where the answer would be another. */
function onlyWhatIsRead(
  rules: Rules,
  { kind, asOf }: DecisionRequest,
  facts: Record<string, FactValue>,
  result: unknown,
): Record<string, FactValue> {
  const read = frugal.includes(kind) && rules.loaded ? readBy(rules.loaded, kind) : undefined
  if (!read) return facts
  const fewer = Object.fromEntries(Object.entries(facts).filter(([name]) => read.has(name)))
  return canonicalJson(evaluate(rules, kind, { asOf, facts: fewer }).result) === canonicalJson(result) ? fewer : facts
}

/** The facts that the rules of a kind look at. */
export const readBy = ({ ruleSet }: LoadedRuleSet, kind: KindId): ReadonlySet<string> =>
  new Map(factsReadBy(ruleSet)).get(kind) ?? new Set()

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** The rules a decision is made by, or why there are none. */
export type Rules = { loaded: LoadedRuleSet; reason: null } | { loaded: null; reason: ReviewReason }

/** The rules in force on a day, or why there are none. */
export async function rulesOn(tx: Tx, actor: Actor, day: Day): Promise<Rules> {
  try {
    return { loaded: await ruleSetOn(tx, actor, day), reason: null }
  } catch (error) {
    if (error instanceof NoRuleSetInForce) return { loaded: null, reason: 'no-rule-set-in-force' }
    if (error instanceof RuleSetDamaged) return { loaded: null, reason: 'rules-not-evaluable' }
    throw error
  }
}

type Evaluated = { result: Outcomes[KindId] | HumanReview<Outcomes[KindId]>; needsHumanReview: boolean }

/** One evaluation, nothing stored: also for previews and replay. */
export function evaluate({ loaded, reason }: Rules, kind: KindId, input: { asOf: Day; facts: Facts }): Evaluated {
  if (!loaded) return review(reason, [], null)
  try {
    const computed = decideBy(loaded.ruleSet, kind, input)
    const problems = loaded.ruleSet.kinds[kind].problems(input)
    if (problems.length === 0) return { result: computed, needsHumanReview: false }
    return review(
      'facts-not-usable',
      problems.map(({ at }) => factAt(at)),
      computed,
    )
  } catch {
    return review('rules-not-evaluable', [], null)
  }
}

const review = (reason: ReviewReason, facts: string[], computed: Outcomes[KindId] | null): Evaluated => ({
  result: { outcome: 'needs-human-review', reason, facts: [...new Set(facts)], computed },
  needsHumanReview: true,
})

/** A problem points at `/person.bornOn` or below it; the record keeps the fact's name and no value. */
const factAt = (pointer: string): string =>
  (pointer.split('/').find((part) => part !== '' && part !== 'facts') ?? '').replaceAll('~1', '/').replaceAll('~0', '~')

const withoutAbsent = (facts: Facts): Record<string, FactValue> =>
  Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, FactValue] => entry[1] !== undefined))
