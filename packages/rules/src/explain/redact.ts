import type { Outcomes } from '../kinds/index.ts'
import type { RuleTrace } from '../kinds/kind.ts'
import { factorNames } from '../kinds/risk/evidence.ts'
import type { ComparisonTrace, ConditionTrace } from '../language/program.ts'
import { PARAMETER_PREFIX } from '../language/scope.ts'
import { isRecord } from '../language/values.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { basesOfFact } from './bases.ts'
import type { Explanation } from './index.ts'
import { english, type Messages } from './messages/index.ts'
import { sentencesOf } from './sentences.ts'
import { HIDDEN } from './words.ts'

export { HIDDEN } from './words.ts'

/**
 * The explanation as somebody may see it who may not look at every fact: values of hidden facts, and what they are compared with,
 * become a fixed word in the traces; what a decision shows of them is left out; the sentences are told again from what is left.
 * What a rule came to stays: whoever may see the outcome sees which rules made it.
 *
 * @param mayLookAt asked by the name of a supplied fact, `factor.separation`, `attendance.register`; a computed one is hidden with any it rests on
 */
export function redact<Id extends KindId>(
  explanation: Explanation<Id>,
  mayLookAt: (fact: string) => boolean,
  ruleSet: RuleSet,
  messages: Messages = english,
): Explanation<Id> {
  const isHidden = (fact: string) => basesOfFact(fact, ruleSet).some((base) => !mayLookAt(base))
  const decision = shown(explanation.kind, explanation.decision, isHidden)
  const rules = explanation.rules.map((rule): RuleTrace => ({ ...rule, conditions: withoutValues(rule.conditions, isHidden) }))
  const problems = explanation.problems.filter(({ at }) => !at.startsWith('/facts/') || !isHidden(factAt(at)))
  const sentences = sentencesOf(explanation.kind, { decision, rules, ruleSet, messages, isHidden }, problems)
  return { ...explanation, decision, rules, problems, sentences }
}

const factAt = (at: string): string => (at.split('/')[2] ?? '').replaceAll('~1', '/').replaceAll('~0', '~')

function withoutValues(trace: ConditionTrace, isHidden: (fact: string) => boolean): ConditionTrace {
  const each = (parts: readonly ConditionTrace[]) => parts.map((part) => withoutValues(part, isHidden))
  if ('fact' in trace) return withoutValue(trace, isHidden)
  if ('all' in trace) return { ...trace, all: each(trace.all) }
  if ('any' in trace) return { ...trace, any: each(trace.any) }
  if ('not' in trace) return { ...trace, not: withoutValues(trace.not, isHidden) }
  return 'of' in trace ? { ...trace, of: each(trace.of) } : { ...trace, is: withoutValues(trace.is, isHidden) }
}

/** Where it holds that a value is the one needed, the one needed says what it is; and so does what came of each item. */
function withoutValue(trace: ComparisonTrace, isHidden: (fact: string) => boolean): ComparisonTrace {
  const { where, items: _items, counted: _counted, ...rest } = trace
  const read = [rest.fact, ...(rest.neededFrom === undefined ? [] : [rest.neededFrom]), ...neededIn(where)]
  return read.some((fact) => !fact.startsWith(PARAMETER_PREFIX) && isHidden(fact)) ? { ...rest, seen: HIDDEN, needed: HIDDEN } : trace
}

/** The parameters and facts that items are compared with. */
function neededIn(where: unknown): string[] {
  if (Array.isArray(where)) return where.flatMap(neededIn)
  if (!isRecord(where)) return []
  const { neededFrom, all, any, not } = where
  return [...(typeof neededFrom === 'string' ? [neededFrom] : []), ...[all, any, not].flatMap(neededIn)]
}

type Shown = { readonly [Id in KindId]?: (decision: Outcomes[Id], isHidden: (fact: string) => boolean) => Outcomes[Id] }

/** What decisions repeat of the facts. A kind without an entry repeats nothing. */
const shownBy: Shown = {
  risk: (decision, isHidden) => {
    const isSeen = ({ factor }: { factor: string }) => !isHidden(factorNames(factor).answer)
    const isSeenId = (factor: string) => isSeen({ factor })
    const contributions = decision.contributions.filter(isSeen)
    const isWhole = contributions.length === decision.contributions.length
    const { of } = decision.scoreRange.atLeast
    return {
      ...decision,
      contributions,
      floors: decision.floors.filter(isSeen),
      tasks: decision.tasks.filter(isSeen),
      mayStillFire: { ...decision.mayStillFire, floors: decision.mayStillFire.floors.filter(isSeen) },
      unknown: decision.unknown.filter(isSeenId),
      unanswered: decision.unanswered.filter(isSeenId),
      deciding: decision.deciding.filter(isSeenId),
      // The sum and its visible parts give away the hidden one.
      ...(isWhole ? {} : { score: null, scoreBand: null, scoreRange: { atLeast: { points: 0, of }, atMost: { points: of, of } } }),
    }
  },
  attendance: (decision, isHidden) =>
    isHidden('attendance.register') || isHidden('place.joinedOn') ? { ...decision, counts: null } : decision,
  completion: (decision, isHidden) => (isHidden('outcomes.measures') ? { ...decision, measures: null, named: null } : decision),
}

function shown<Id extends KindId>(kind: Id, decision: Outcomes[Id], isHidden: (fact: string) => boolean): Outcomes[Id] {
  return shownBy[kind]?.(decision, isHidden) ?? decision
}
