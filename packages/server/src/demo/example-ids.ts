import type { Database } from '../platform/db/database.ts'
import { globalId } from '../platform/ids.ts'
import { demoProviders } from './providers.ts'

const caseId = `(select c.id from cases c where c.provider_id = $provider and c.reference = $reference)`
const inCase = (table: string, more: string) =>
  `select t.id from ${table} t where t.provider_id = $provider and t.case_id = ${caseId} ${more} limit 1`

// What an example may name of the demo: `"Referral of C-2025-0003"` stands for a global id.
const queries: Record<string, string> = {
  Case: `select c.id from cases c where c.provider_id = $provider and c.reference = $reference`,
  Participant: `select c.participant_id as id from cases c where c.provider_id = $provider and c.reference = $reference`,
  Referral: `select r.id from referrals r join cases c using (provider_id) where r.case_id = c.id and c.provider_id = $provider and c.reference = $reference`,
  EligibilityDecision: `select e.id from eligibility_decisions e join cases c using (provider_id) where e.case_id = c.id and e.superseded_at is null and c.provider_id = $provider and c.reference = $reference`,
  Assessment: `select a.id from assessments a join cases c using (provider_id) where a.case_id = c.id and c.provider_id = $provider and c.reference = $reference order by a.started_at desc limit 1`,
  Decision: `select a.risk_decision_id as id from assessments a join cases c using (provider_id) where a.case_id = c.id and a.risk_decision_id is not null and c.provider_id = $provider and c.reference = $reference order by a.started_at desc limit 1`,
  // The place a case has, or waits for, or had last.
  Place: inCase('places', `order by t.status = 'open' desc, t.status = 'waiting' desc, t.created_at desc, t.id desc`),
  Removal: inCase('removals', 'order by t.proposed_at desc'),
  Completion: inCase('completions', 'and t.superseded_at is null order by t.decided_at desc'),
  // An open one where there is one. Closed in a tab it is still found when the page is loaded again.
  Concern: inCase('concerns', `and t.side = 'participant' order by t.status = 'closed', t.raised_at desc`),
  CaseEnding: inCase('case_endings', 'order by t.ended_at desc'),
  Group: `select g.id from groups g where g.provider_id = $provider and g.reference = $reference`,
  // `"Session of G-2026-0001/7"`: the seventh meeting of a group.
  Session: `select s.id from sessions s join groups g using (provider_id) where s.group_id = g.id and s.kind = 'group' and g.provider_id = $provider and g.reference || '/' || s.number = $reference`,
  // `"RuleSetProposal of cdars-phoenix"`: the one that waits, else the last.
  RuleSetProposal: `select p.id from rule_set_proposals p where p.provider_id = $provider and p.rule_set_id = $reference order by p.status = 'proposed' desc, p.proposed_at desc limit 1`,
  // `"Staff of facilitator"`: by what stands before the @ when they sign in.
  Staff: `select s.id from staff s where s.provider_id = $provider and split_part(s.subject, '@', 1) = $reference`,
}

const pattern = /^([A-Z][A-Za-z]+) of (C-\d{4}-\d{4}|G-\d{4}-\d{4}(?:\/\d+)?|[a-z-]+)$/

/** Puts global ids in place of the references in an example's variables. `as` says at which provider. */
export async function withIds<Value>(database: Database, as: string, value: Value): Promise<Value> {
  const provider = demoProviders.find(({ ruleSetId }) => as.endsWith(`@${ruleSetId}`))
  const resolve = async (one: unknown): Promise<unknown> => {
    if (Array.isArray(one)) return Promise.all(one.map(resolve))
    if (typeof one === 'object' && one !== null)
      return Object.fromEntries(await Promise.all(Object.entries(one).map(async ([key, inner]) => [key, await resolve(inner)])))
    const [, type, reference] = typeof one === 'string' ? (pattern.exec(one) ?? []) : []
    const query = type && queries[type]
    if (!query || !reference) return one
    const text = query.replaceAll('$provider', `'${provider?.providerId}'`).replaceAll('$reference', `'${reference}'`)
    const [row] = await database.asOwner((run) => run(text))
    if (!row) throw new Error(`an example names "${String(one)}", which the demo does not have`)
    return globalId(type, String(row.id))
  }
  return (await resolve(value)) as Value
}
