import type { Issue } from '../../issue.ts'
import type { DecisionInput } from '../../language/facts.ts'
import type { Program, Slots } from '../../language/program.ts'
import { FALSE, TRUE, type Truth } from '../../language/truth.ts'
import type { ResolvedDocument } from '../../rule-set/document.ts'
import { factsIn } from '../facts-in.ts'
import type { Kind } from '../kind.ts'
import { readerOf } from '../reader.ts'
import { byNumber, type RuleId } from '../rule.ts'
import { type RulesInOrder, tracesOf } from '../traces.ts'
import {
  isMeasureFact,
  type Measure,
  type MeasureCounts,
  measureCounts,
  measureFacts,
  measuresTaken,
  namedMeasures,
  showsImprovement,
} from './measures.ts'

export type YesNo = 'yes' | 'no' | 'cannot-tell'

/** Whether the programme was completed and whether anything became better: two questions, answered apart. */
export type CompletionOutcome = {
  /** `yes` when a rule that says so is true; else `cannot-tell` while one is unknown; `no` otherwise. Without such a rule, `cannot-tell`. */
  completed: YesNo
  /** By named, versioned measures that do not rest on the person's own account alone. Never by attendance. */
  improved: YesNo
  /** Every measure taken, and whether it counts. Null while nobody has recorded having asked. */
  measures: Measure[] | null
  /** How many of the named measures were taken, count, and became what. Null while nobody has recorded having asked. */
  named: MeasureCounts | null
  /** The rules that are true, in order of `number`, with the definition each stands for. */
  reasons: { rule: RuleId; says: 'completed' | 'improved'; definition: string }[]
  /** That attendance is not evidence of safety. */
  statement: string
}

type Finding = { rule: RuleId; index: number; says: 'completed' | 'improved'; definition: string }
type CompiledCompletion = {
  program: Program
  read: (input: DecisionInput) => Slots
  findings: readonly Finding[]
  named: readonly string[]
  statement: string
  rules: RulesInOrder
}

const definition = { type: 'text', description: 'What the provider means by it, in a sentence.' } as const

export const completion: Kind<CompiledCompletion, CompletionOutcome> = {
  title: 'Completion',
  question: 'Did it work, by whose definition?',
  events: {
    completed: { description: 'The programme was completed.', params: { definition } },
    improved: { description: 'The person’s behaviour became significantly better.', params: { definition } },
  },
  facts: measureFacts,
  check,
  compile: (document, program) => {
    const rules = byNumber(document.completion)
    const findings = rules.map(([rule, { event }]): Finding => {
      const says = event.type === 'improved' ? 'improved' : 'completed'
      return { rule, index: program.ids.indexOf(rule), says, definition: String(event.params!['definition']) }
    })
    const statement = document.statements['attendance-is-not-safety'] ?? 'Attendance is not evidence of safety.'
    return { program, read: readerOf(document, program), findings, named: namedMeasures(document), statement, rules }
  },
  decide: (compiled, input) => decide(compiled, input),
  explain: ({ rules, program, read }, input) => tracesOf(rules, program, read(input), input),
}

function decide({ program, read, findings, named, statement }: CompiledCompletion, input: DecisionInput): CompletionOutcome {
  const slots = read(input)
  const found = findings.map((finding) => ({ ...finding, truth: program.truth(slots, finding.index) }))
  const answer = (wanted: Finding['says']) => anyOf(found.filter(({ says }) => says === wanted).map(({ truth }) => truth))
  const measures = measuresTaken(input, named) ?? null
  const isBetter = measures !== null && showsImprovement(measures)
  const improved = answer('improved')
  return {
    completed: answer('completed'),
    improved: improved === 'yes' && !isBetter ? 'no' : improved,
    measures,
    named: measures && measureCounts(measures, named),
    reasons: found.filter(({ truth }) => truth === TRUE).map(({ rule, says, definition }) => ({ rule, says, definition })),
    statement,
  }
}

const anyOf = (truths: readonly Truth[]): YesNo =>
  truths.includes(TRUE) ? 'yes' : truths.length > 0 && truths.every((truth) => truth === FALSE) ? 'no' : 'cannot-tell'

/** Improvement may be read from measures only: a person who came to every session may be as dangerous as before. */
function check(document: ResolvedDocument, report: (issue: Issue) => void): void {
  for (const [id, { event, conditions }] of Object.entries(document.completion)) {
    if (event.type !== 'improved') continue
    const others = factsIn(conditions, document).filter((name) => !isMeasureFact(name) && !name.startsWith('parameter.'))
    for (const name of new Set(others)) {
      report({
        severity: 'error',
        code: 'improvement-without-measures',
        at: `/completion/${id}/conditions`,
        message: `"${name}" says nothing about improvement`,
        help: 'use "completion.measuresBetter" and "completion.measuresWorse"',
      })
    }
    if (!factsIn(conditions, document).includes('completion.measuresBetter')) {
      report({
        severity: 'error',
        code: 'improvement-without-measures',
        at: `/completion/${id}/conditions`,
        message: 'improvement is claimed without any measure',
        help: 'ask for "completion.measuresBetter"',
      })
    }
  }
}
