import type { DecisionInput } from '../../language/facts.ts'
import type { Program, Slots } from '../../language/program.ts'
import { TRUE, type Truth, UNKNOWN } from '../../language/truth.ts'
import type { Kind } from '../kind.ts'
import { factsToAsk, readerOf, truthsOf } from '../reader.ts'
import { byNumber, type RuleId } from '../rule.ts'
import { type RulesInOrder, tracesOf } from '../traces.ts'

/** Whether a place may be offered. A person decides; this says what the provider's criteria come to. */
export type EligibilityOutcome = {
  /**
   * `ineligible` when a refusing rule is true; else `needs-information` while one is unknown; else `human-review` when a rule
   * asks for it, or there are no rules at all; else `needs-information` while such a rule is unknown; else `eligible`.
   */
  outcome: 'eligible' | 'ineligible' | 'needs-information' | 'human-review'
  /** All refusing rules that are true, in order of `number`. */
  refusedBy: RuleId[]
  /** Rules that ask for a person's decision and are true. Also given beside a refusal. */
  reviewBy: RuleId[]
  /** Rules that are unknown, refusing or not. */
  undecided: RuleId[]
  /** Unknown facts that could change the outcome. Empty unless it is `needs-information`. */
  needs: string[]
  /** Where else to turn: the route of the first refusing rule that names one. */
  route?: string
  /** Who decides, when a person must. */
  whom?: string
}

type Criterion = { rule: RuleId; index: number; refuses: boolean; route: string | undefined; whom: string | undefined }
type CompiledEligibility = {
  program: Program
  read: (input: DecisionInput) => Slots
  truthsFor: (input: DecisionInput) => readonly Truth[]
  criteria: readonly Criterion[]
  rules: RulesInOrder
}

export const eligibility: Kind<CompiledEligibility, EligibilityOutcome> = {
  title: 'Eligibility',
  question: 'May we offer a place?',
  events: {
    ineligible: {
      description: 'No place can be offered.',
      params: {
        reason: { type: 'text', description: 'Why, in a sentence for the record.' },
        route: { type: 'text', optional: true, description: 'Where the referral goes instead.' },
        locked: { type: 'boolean', optional: true, description: 'No provider can undo this rule.' },
      },
    },
    'human-review': {
      description: 'A named person decides.',
      params: {
        reason: { type: 'text', description: 'Why a person must decide.' },
        whom: { type: 'text', description: 'Who decides.' },
        locked: { type: 'boolean', optional: true, description: 'No provider can undo this rule.' },
      },
    },
  },
  facts: () => ({}),
  check: () => undefined,
  compile: (document, program) => {
    const rules = byNumber(document.eligibility)
    const criteria = rules.map(([rule, { event }]) => ({
      rule,
      index: program.ids.indexOf(rule),
      refuses: event.type === 'ineligible',
      route: textOrNone(event.params?.['route']),
      whom: textOrNone(event.params?.['whom']),
    }))
    return { program, read: readerOf(document, program), truthsFor: truthsOf(document, program), criteria, rules }
  },
  decide: (compiled, input) => decide(compiled, input),
  explain: ({ rules, program, read }, input) => tracesOf(rules, program, read(input), input),
}

function decide({ program, read, truthsFor, criteria }: CompiledEligibility, input: DecisionInput): EligibilityOutcome {
  const truths = truthsFor(input)
  const refusing: Criterion[] = []
  const reviewing: Criterion[] = []
  const unknown: Criterion[] = []
  for (const criterion of criteria) {
    const truth = truths[criterion.index]
    if (truth === UNKNOWN) unknown.push(criterion)
    else if (truth === TRUE) (criterion.refuses ? refusing : reviewing).push(criterion)
  }
  const outcome = outcomeOf(criteria, refusing, reviewing, unknown)
  const route = refusing.find((criterion) => criterion.route !== undefined)?.route
  const whom = outcome === 'human-review' ? (reviewing[0]?.whom ?? 'programme-manager') : undefined
  return {
    outcome,
    refusedBy: refusing.map(({ rule }) => rule),
    reviewBy: reviewing.map(({ rule }) => rule),
    undecided: unknown.map(({ rule }) => rule),
    needs: outcome === 'needs-information' ? factsToAsk(deciding(program, read(input), reviewing, unknown), input) : [],
    ...(route === undefined ? {} : { route }),
    ...(whom === undefined ? {} : { whom }),
  }
}

function outcomeOf(
  criteria: readonly Criterion[],
  refusing: readonly Criterion[],
  reviewing: readonly Criterion[],
  unknown: readonly Criterion[],
) {
  if (refusing.length > 0) return 'ineligible'
  if (unknown.some(({ refuses }) => refuses)) return 'needs-information'
  if (reviewing.length > 0 || criteria.length === 0) return 'human-review'
  return unknown.length > 0 ? 'needs-information' : 'eligible'
}

/** A review that is already certain waits for refusals only, and none matters once a refusal is certain. */
function deciding(program: Program, slots: Slots, reviewing: readonly Criterion[], unknown: readonly Criterion[]): string[] {
  const refusals = unknown.filter(({ refuses }) => refuses).map(({ index }) => index)
  const reviews = reviewing.length > 0 ? [] : unknown.filter(({ refuses }) => !refuses).map(({ index }) => index)
  return [...program.dependsOnAny(slots, refusals), ...program.dependsOnAny(slots, reviews, refusals)]
}

const textOrNone = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
