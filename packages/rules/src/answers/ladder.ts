import { kinds } from '../kinds/index.ts'
import { byNumber, type Rule, type RuleId } from '../kinds/rule.ts'
import { levels } from '../kinds/safeguarding/index.ts'
import type { KindId, ResolvedDocument } from '../rule-set/document.ts'

/**
 * One question that a kind answers, as outcomes in order: each rule that holds lifts the outcome to its step, and the highest counts.
 * Where no rule holds the first step stands.
 */
export type Ladder = {
  /** Words for outcomes, the lowest first. No word is in two ladders of a kind. */
  steps: readonly string[]
  /** For each rule of the kind, in order of `number`, its step; -1 where it has nothing to do with this question. */
  stepOf: readonly number[]
}

/** The ladders of a kind. Without an entry here, one for each event that a rule of it brings: it does, or it does not. */
const shapes: { readonly [Id in KindId]?: (document: ResolvedDocument) => Shape } = {
  risk: ({ instrument }) => ({
    steps: byNumber(instrument?.bands ?? {}).map(([id]) => id),
    word: ({ event }) => String(event.params?.['band']),
  }),
  eligibility: ({ eligibility }) => ({
    // Without any criterion a person decides.
    steps: Object.keys(eligibility).length === 0 ? ['human-review'] : ['eligible', 'human-review', 'ineligible'],
    word: ({ event }) => event.type,
  }),
  safeguarding: () => ({ steps: ['nothing', ...levels.toReversed()], word: ({ event }) => String(event.params?.['level']) }),
  attendance: () => ({ steps: ['in-good-standing', 'contact', 'review', 'removal-due'], word: ({ event }) => event.type }),
}

type Shape = { steps: readonly string[]; word: (rule: Rule) => string }

/** The questions of a kind with the outcomes that this rule set knows. */
export function laddersOf(document: ResolvedDocument, kind: KindId): readonly Ladder[] {
  const rules: readonly Rule[] = byNumber(document[kind]).map(([, rule]) => rule)
  const shape = shapes[kind]?.(document)
  if (shape) return [{ steps: shape.steps, stepOf: rules.map((rule) => shape.steps.indexOf(shape.word(rule))) }]
  return Object.keys(kinds[kind].events)
    .filter((type) => rules.some(({ event }) => event.type === type))
    .map((type) => ({ steps: [`not-${type}`, type], stepOf: rules.map(({ event }) => (event.type === type ? 1 : -1)) }))
}

/** Rules of a kind in order of `number`: the order of `Ladder.stepOf`. */
export const ruleIds = (document: ResolvedDocument, kind: KindId): readonly RuleId[] => byNumber(document[kind]).map(([id]) => id)
