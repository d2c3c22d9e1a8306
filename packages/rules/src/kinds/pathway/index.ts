import type { DecisionInput } from '../../language/facts.ts'
import type { Program, Slots } from '../../language/program.ts'
import { TRUE, UNKNOWN } from '../../language/truth.ts'
import type { Kind } from '../kind.ts'
import { factsToAsk, readerOf } from '../reader.ts'
import { byNumber, type Rule, type RuleId } from '../rule.ts'
import { type RulesInOrder, tracesOf } from '../traces.ts'
import { events, type Proposed, proposedBy } from './events.ts'

export type Proposal = { rule: RuleId } & Proposed

/** What else a person needs beside the programme. Proposals: a named person decides on each. */
export type PathwayOutcome = {
  /**
   * `propose` when a rule is true; else `ask` while one is unknown; else `human-review` where there are no rules at all;
   * else `nothing-more`: everything was asked, and nothing more is called for.
   */
  outcome: 'propose' | 'ask' | 'human-review' | 'nothing-more'
  /** Rules that are true, in order of `number`. */
  proposals: Proposal[]
  /** What rules that are unknown would propose, in order of `number`. Also given beside proposals. */
  undecided: Proposal[]
  /** Unknown facts that could turn something undecided into a proposal. Empty only when nothing is undecided. */
  needs: string[]
}

type CompiledPathway = {
  program: Program
  read: (input: DecisionInput) => Slots
  proposals: readonly { rule: RuleId; index: number; written: Rule }[]
  rules: RulesInOrder
}

export const pathway: Kind<CompiledPathway, PathwayOutcome> = {
  title: 'Pathway',
  question: 'What else does this person need?',
  events,
  facts: () => ({}),
  check: () => undefined,
  compile: (document, program) => {
    const rules = byNumber(document.pathway)
    const proposals = rules.map(([rule, written]) => ({ rule, index: program.ids.indexOf(rule), written }))
    return { program, read: readerOf(document, program), proposals, rules }
  },
  decide: (compiled, input) => decide(compiled, input),
  explain: ({ rules, program, read }, input) => tracesOf(rules, program, read(input), input),
}

function decide({ program, read, proposals }: CompiledPathway, input: DecisionInput): PathwayOutcome {
  const slots = read(input)
  const certain: Proposal[] = []
  const undecided: Proposal[] = []
  const open: string[] = []
  for (const { rule, index, written } of proposals) {
    const truth = program.truth(slots, index)
    if (truth === TRUE) certain.push({ rule, ...proposedBy(written.event) })
    if (truth !== UNKNOWN) continue
    undecided.push({ rule, ...proposedBy(written.event) })
    open.push(...program.dependsOn(slots, index))
  }
  return {
    outcome: outcomeOf(certain, undecided, proposals.length),
    proposals: certain,
    undecided,
    needs: factsToAsk(open, input),
  }
}

function outcomeOf(certain: readonly Proposal[], undecided: readonly Proposal[], rules: number): PathwayOutcome['outcome'] {
  if (certain.length > 0) return 'propose'
  if (undecided.length > 0) return 'ask'
  return rules === 0 ? 'human-review' : 'nothing-more'
}
