import type { DecisionInput, KindId, RuleSet } from '@plumbline/rules'
import { nearlyFired, settlingQuestions, smallestChange, whyNot } from '@plumbline/rules/counterfactuals'
import type { NearlyFired, SettlingQuestions, SmallestChanges, WhyNot } from '@plumbline/rules/counterfactuals'
import { outcomesOf, sufficientReason, type SufficientReason } from '@plumbline/rules/why'
import { paint, UsageFault, wrapped, type Terminal } from './terminal.ts'

export type StaffOptions = { why?: true; whyNot?: string; smallestChange?: true; settle?: true }

/** What was asked of one kind beyond its reasons. All but the first is for staff only. */
export type Beyond = {
  sufficientReason?: SufficientReason
  whyNot?: WhyNot
  nearlyFired?: NearlyFired
  smallestChange?: SmallestChanges
  settlingQuestions?: SettlingQuestions
}

export function askedBeyond(ruleSet: RuleSet, kind: KindId, input: DecisionInput, options: StaffOptions): Beyond {
  const { whyNot: to } = options
  return {
    ...(options.why ? { sufficientReason: sufficientReason(ruleSet, kind, input) } : {}),
    ...(to === undefined ? {} : { whyNot: whyNot(ruleSet, kind, to, input), nearlyFired: nearlyFired(ruleSet, kind, input) }),
    ...(options.smallestChange ? { smallestChange: smallestChange(ruleSet, kind, input, to === undefined ? {} : { to }) } : {}),
    ...(options.settle ? { settlingQuestions: settlingQuestions(ruleSet, kind, input) } : {}),
  }
}

/**
 * The kinds that can come to an outcome; without one, all of them.
 * @throws UsageFault where none of them can
 */
export function kindsComingTo(ruleSet: RuleSet, kinds: readonly KindId[], outcome: string | undefined): KindId[] {
  if (outcome === undefined) return [...kinds]
  const found = kinds.filter((kind) => outcomesOf(ruleSet, kind).flat().includes(outcome))
  if (found.length > 0) return found
  const words = kinds.map((kind) => `${kind} comes to ${outcomesOf(ruleSet, kind).flat().join(', ')}`)
  throw new UsageFault(`nothing comes to "${outcome}": ${words.join('; ')}`)
}

const forStaffOnly = {
  whyNot: 'Why not another outcome',
  nearlyFired: 'What nearly fired',
  smallestChange: 'The smallest change',
  settlingQuestions: 'What would settle it',
} as const
const names = Object.keys(forStaffOnly) as (keyof typeof forStaffOnly)[]

/** Each under its heading. The warning that each begins with is printed once, above everything. */
export function showAsked(terminal: Terminal, beyond: Beyond): void {
  const show = (heading: string, sentences: readonly string[]) => {
    terminal.out('')
    terminal.out(paint(terminal, 'bold', `  ${heading}`))
    for (const sentence of sentences) terminal.out(wrapped(sentence, '    '))
  }
  if (beyond.sufficientReason) show('What alone forces it', beyond.sufficientReason.sentences)
  for (const name of names) {
    const result = beyond[name]
    if (result) show(forStaffOnly[name], result.sentences.slice(1))
  }
}

/** Where something is for staff only, the sentence that says so. */
export const warningIn = (beyond: Beyond): string | undefined => names.flatMap((name) => beyond[name]?.sentences[0] ?? [])[0]
