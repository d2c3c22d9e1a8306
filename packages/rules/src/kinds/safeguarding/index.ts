import type { DecisionInput } from '../../language/facts.ts'
import type { Program, Slots } from '../../language/program.ts'
import { FALSE, TRUE, type Truth } from '../../language/truth.ts'
import type { ResolvedDocument } from '../../rule-set/document.ts'
import type { Duration, Kind } from '../kind.ts'
import { factsToAsk, readerOf, truthsOf } from '../reader.ts'
import { byNumber, type RuleId } from '../rule.ts'
import { type RulesInOrder, tracesOf } from '../traces.ts'

/** How quickly a trigger must be acted on, most urgent first. */
export const levels = ['emergency', 'same-day', 'next-working-day'] as const
export type Level = (typeof levels)[number]

export type Trigger = { rule: RuleId; level: Level; tell: string[]; within: Duration }

/** Whether somebody must be told. What cannot be ruled out becomes questions and one task, never silence. */
export type SafeguardingOutcome = {
  /** `tell` when a trigger fired; else `ask` while one cannot be ruled out; else `nothing`. */
  outcome: 'tell' | 'ask' | 'nothing'
  /** All that fired, the most urgent first. */
  triggers: Trigger[]
  /** Triggers that are unknown, each with the questions whose answers would settle it. */
  cannotBeRuledOut: { rule: RuleId; questions: { fact: string; question: string }[] }[]
  /** One task for all questions, as urgent as the most urgent of them. */
  task?: { within: Duration }
}

type CompiledTrigger = Trigger & { index: number }
type CompiledSafeguarding = {
  program: Program
  read: (input: DecisionInput) => Slots
  truthsFor: (input: DecisionInput) => readonly Truth[]
  triggers: readonly CompiledTrigger[]
  rules: RulesInOrder
  questions: Readonly<Record<string, string>>
}

export const safeguarding: Kind<CompiledSafeguarding, SafeguardingOutcome> = {
  title: 'Safeguarding',
  question: 'Must someone be told?',
  events: {
    tell: {
      description: 'These must be told, within this time.',
      params: {
        level: { type: 'choice', choices: levels, description: 'How urgent it is.' },
        tell: { type: 'texts', description: 'Whom to tell, the first first.' },
        within: { type: 'duration', description: 'By when, from the moment it is known.' },
      },
    },
  },
  facts: () => ({}),
  check: () => undefined,
  compile: (document, program) => {
    const rules = byNumber(document.safeguarding)
    const triggers = rules.map(([rule, { event }]): CompiledTrigger => {
      // The form of the parameters was checked when the rule set was loaded.
      const { level, tell, within } = event.params as Pick<Trigger, 'level' | 'tell' | 'within'>
      return { rule, index: program.ids.indexOf(rule), level, tell, within }
    })
    return {
      program,
      read: readerOf(document, program),
      truthsFor: truthsOf(document, program),
      triggers: triggers.toSorted(byUrgency),
      rules,
      questions: questionsOf(document),
    }
  },
  decide: (compiled, input) => decide(compiled, input),
  explain: ({ rules, program, read }, input) => tracesOf(rules, program, read(input), input),
}

function decide({ program, read, truthsFor, triggers, questions }: CompiledSafeguarding, input: DecisionInput): SafeguardingOutcome {
  const truths = truthsFor(input)
  const fired: Trigger[] = []
  const open: CompiledTrigger[] = []
  for (const trigger of triggers) {
    const truth = truths[trigger.index]
    if (truth === TRUE) fired.push({ rule: trigger.rule, level: trigger.level, tell: [...trigger.tell], within: { ...trigger.within } })
    else if (truth !== FALSE) open.push(trigger)
  }
  const slots = open.length > 0 ? read(input) : []
  const cannotBeRuledOut = open.map(({ rule, index }) => ({
    rule,
    questions: factsToAsk(program.dependsOn(slots, index), input).map((fact) => ({
      fact,
      question: questions[fact]!,
    })),
  }))
  const [mostUrgent] = open
  return {
    outcome: fired.length > 0 ? 'tell' : mostUrgent ? 'ask' : 'nothing',
    triggers: fired,
    cannotBeRuledOut,
    ...(mostUrgent ? { task: { within: { ...mostUrgent.within } } } : {}),
  }
}

/** Stable within a level: rules come in order of `number`. */
const byUrgency = (one: Trigger, other: Trigger) => levels.indexOf(one.level) - levels.indexOf(other.level)

const questionsOf = (document: ResolvedDocument): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(document.facts).map(([name, { question }]) => [name, question]))
