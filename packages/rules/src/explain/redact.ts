import type { Outcomes } from '../kinds/index.ts'
import type { RuleTrace } from '../kinds/kind.ts'
import { factorNames } from '../kinds/risk/evidence.ts'
import type { ComparisonTrace, ConditionTrace } from '../language/program.ts'
import { AS_OF, PARAMETER_PREFIX } from '../language/scope.ts'
import type { TruthWord } from '../language/truth.ts'
import { isRecord } from '../language/values.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { asksFor, basesOfFact } from './bases.ts'
import type { Explanation } from './index.ts'
import { english, type Messages } from './messages/index.ts'
import { groupOf, type GroupTrace } from './reasons.ts'
import { sentencesOf } from './sentences.ts'
import { HIDDEN } from './words.ts'

export { HIDDEN } from './words.ts'

/**
 * The explanation as somebody may see it who may not look at every fact: values of hidden facts, and what they are compared with,
 * become a fixed word in the traces; what a decision shows of them is left out; the sentences are told again from what is left.
 * What a rule came to stays: whoever may see the outcome sees which rules made it. What came of its parts stays where it rests on
 * visible facts, or follows from what the rule came to.
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
  const rules = explanation.rules.map((rule) => cutDown(rule, isHidden, ruleSet))
  const decision = shown(explanation.kind, explanation.decision, { isHidden, rules, ruleSet })
  const problems = explanation.problems.filter(({ at }) => !at.startsWith('/facts/') || !isHidden(factAt(at)))
  const sentences = sentencesOf(explanation.kind, { decision, rules, ruleSet, messages, isHidden }, problems)
  return { ...explanation, decision, rules, problems, sentences }
}

const factAt = (at: string): string => (at.split('/')[2] ?? '').replaceAll('~1', '/').replaceAll('~0', '~')

/** As it shows without the hidden facts. What it waits for is told from what is seen: which other facts matter tells of the hidden ones. */
function cutDown(rule: RuleTrace, isHidden: (fact: string) => boolean, ruleSet: RuleSet): RuleTrace {
  const seen = withoutValues(rule.conditions, isHidden)
  if (!showsHidden(seen)) return rule
  const dependsOn = rule.result === 'unknown' ? [...new Set(waitedFor(seen).flatMap((fact) => asksFor(fact, ruleSet)))] : []
  return { ...rule, conditions: concluded(seen, rule.result), dependsOn }
}

/** What came of a comparison with a hidden value reads as unknown, and so does what rests on it: "equal" and true are the value. */
function withoutValues(trace: ConditionTrace, isHidden: (fact: string) => boolean): ConditionTrace {
  if ('fact' in trace) return withoutValue(trace, isHidden)
  if ('not' in trace) {
    const not = withoutValues(trace.not, isHidden)
    return { ...trace, not, result: opposite[not.result] }
  }
  if ('condition' in trace) {
    const is = withoutValues(trace.is, isHidden)
    return { ...trace, is, result: is.result }
  }
  const { parts, needed } = groupOf(trace)
  const left = parts.map((part) => withoutValues(part, isHidden))
  const met = left.filter(({ result }) => result === 'true').length
  const failed = left.filter(({ result }) => result === 'false').length
  return withParts(trace, left, met >= needed ? 'true' : left.length - failed < needed ? 'false' : 'unknown')
}

const opposite = { true: 'false', false: 'true', unknown: 'unknown' } as const

function withParts(trace: GroupTrace, parts: ConditionTrace[], result: TruthWord): ConditionTrace {
  if ('all' in trace) return { all: parts, result }
  return 'any' in trace ? { any: parts, result } : { atLeast: trace.atLeast, of: parts, result }
}

/** What the result of the whole says of its parts, for anybody who sees it: where all had to hold, each of them held. */
function concluded(trace: ConditionTrace, result: TruthWord): ConditionTrace {
  if (result === 'unknown' || trace.result === result) return trace
  if ('fact' in trace) return { ...trace, result }
  if ('not' in trace) return { ...trace, not: concluded(trace.not, opposite[result]), result }
  if ('condition' in trace) return { ...trace, is: concluded(trace.is, result), result }
  const { parts, needed } = groupOf(trace)
  const may = parts.filter((part) => part.result === 'unknown' || part.result === result)
  const isEveryOne = may.length === (result === 'true' ? needed : parts.length - needed + 1)
  const left = isEveryOne ? parts.map((part) => (may.includes(part) ? concluded(part, result) : part)) : [...parts]
  return withParts(trace, left, result)
}

function comparisonsIn(trace: ConditionTrace): ComparisonTrace[] {
  if ('fact' in trace) return [trace]
  if ('not' in trace) return comparisonsIn(trace.not)
  return 'condition' in trace ? comparisonsIn(trace.is) : groupOf(trace).parts.flatMap(comparisonsIn)
}

/** Whether a value in it was replaced, because whoever reads may not see it. */
const showsHidden = (trace: ConditionTrace): boolean => comparisonsIn(trace).some(({ seen: value }) => value === HIDDEN)
const showHidden = (rules: readonly { conditions: ConditionTrace }[]): boolean => rules.some(({ conditions }) => showsHidden(conditions))

/** The facts that visible comparisons wait for. */
function waitedFor(trace: ConditionTrace): string[] {
  return comparisonsIn(trace)
    .filter(({ seen, result }) => seen !== HIDDEN && result === 'unknown')
    .flatMap(({ fact, seen, needed, neededFrom, where }) => {
      const compared = [...(neededFrom !== undefined && needed === null ? [neededFrom] : []), ...neededIn(where, (value) => value === null)]
      return seen === null || compared.length === 0 ? [fact, ...compared] : compared
    })
    .filter((fact) => fact !== AS_OF && !fact.startsWith(PARAMETER_PREFIX))
}

/** Where it holds that a value is the one needed, the one needed says what it is; and so does what came of each item. */
function withoutValue(trace: ComparisonTrace, isHidden: (fact: string) => boolean): ComparisonTrace {
  const { where, items: _items, counted: _counted, ...rest } = trace
  const read = [rest.fact, ...(rest.neededFrom === undefined ? [] : [rest.neededFrom]), ...neededIn(where)]
  return read.some((fact) => !fact.startsWith(PARAMETER_PREFIX) && isHidden(fact))
    ? { ...rest, seen: HIDDEN, needed: HIDDEN, result: 'unknown' }
    : trace
}

/** The parameters and facts that items are compared with. */
function neededIn(where: unknown, isMeant: (value: unknown) => boolean = () => true): string[] {
  if (Array.isArray(where)) return where.flatMap((each) => neededIn(each, isMeant))
  if (!isRecord(where)) return []
  const { neededFrom, value, all, any, not } = where
  return [
    ...(typeof neededFrom === 'string' && isMeant(value) ? [neededFrom] : []),
    ...[all, any, not].flatMap((each) => neededIn(each, isMeant)),
  ]
}

type Seen = { isHidden: (fact: string) => boolean; rules: readonly RuleTrace[]; ruleSet: RuleSet }
type Shown = { readonly [Id in KindId]?: (decision: Outcomes[Id], seen: Seen) => Outcomes[Id] }

/** What decisions repeat of the facts, and what they ask for. A kind without an entry repeats nothing. */
const shownBy: Shown = {
  risk: (decision, { isHidden, rules }) => {
    const isAnswerSeen = (factor: string) => !isHidden(factorNames(factor).answer)
    const isWindowSeen = (factor: string) => !isHidden(factorNames(factor).window)
    const contributions = decision.contributions.filter(({ factor }) => isWindowSeen(factor))
    const isWhole = contributions.length === decision.contributions.length
    const { of } = decision.scoreRange.atLeast
    return {
      ...decision,
      contributions,
      floors: decision.floors.filter(({ factor }) => isWindowSeen(factor)),
      tasks: decision.tasks.filter(({ factor }) => isAnswerSeen(factor)),
      mayStillFire: { ...decision.mayStillFire, floors: decision.mayStillFire.floors.filter(({ factor }) => isAnswerSeen(factor)) },
      unknown: decision.unknown.filter(isAnswerSeen),
      unanswered: decision.unanswered.filter(isAnswerSeen),
      // Which open answers can still change the band depends on the hidden ones.
      deciding: isWhole && !showHidden(rules) ? decision.deciding : [],
      // The sum and its visible parts give away the hidden one.
      ...(isWhole ? {} : { score: null, scoreBand: null, scoreRange: { atLeast: { points: 0, of }, atMost: { points: of, of } } }),
    }
  },
  eligibility: (decision, { rules }) => {
    if (!showHidden(rules) || decision.outcome !== 'needs-information') return decision
    const waiting = rules.filter(({ rule, event }) => {
      const canMatter = decision.reviewBy.length === 0 || event.type === 'ineligible'
      return canMatter && decision.undecided.includes(rule)
    })
    return { ...decision, needs: asked(waiting) }
  },
  safeguarding: (decision, { rules, ruleSet }) => ({
    ...decision,
    cannotBeRuledOut: decision.cannotBeRuledOut.map((open) => {
      const trace = rules.find(({ rule }) => rule === open.rule)
      return trace && showHidden([trace])
        ? { ...open, questions: trace.dependsOn.map((fact) => ({ fact, question: ruleSet.facts[fact]?.question ?? fact })) }
        : open
    }),
  }),
  pathway: (decision, { rules }) => {
    if (!showHidden(rules)) return decision
    const open = decision.undecided.map(({ rule }) => rule)
    return { ...decision, needs: asked(rules.filter(({ rule }) => open.includes(rule))) }
  },
  attendance: (decision, { isHidden }) =>
    isHidden('attendance.register') || isHidden('place.joinedOn') ? { ...decision, counts: null } : decision,
  completion: (decision, { isHidden }) => (isHidden('outcomes.measures') ? { ...decision, measures: null, named: null } : decision),
}

const asked = (rules: readonly RuleTrace[]): string[] => [...new Set(rules.flatMap(({ dependsOn }) => dependsOn))]

function shown<Id extends KindId>(kind: Id, decision: Outcomes[Id], seen: Seen): Outcomes[Id] {
  return shownBy[kind]?.(decision, seen) ?? decision
}
