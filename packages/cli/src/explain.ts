import {
  didYouMean,
  explain,
  isDay,
  kindIds,
  type DecisionInput,
  type Explanation,
  type Facts,
  type KindId,
  type RuleSet,
} from '@plumbline/rules'
import { parseJson } from '@plumbline/rules/load'
import { redact } from '@plumbline/rules/redact'
import { readRuleSet, readText } from './read-rule-set.ts'
import { showIssues } from './show-issues.ts'
import { askedBeyond, type Beyond, kindsComingTo, showAsked, warningIn, type StaffOptions } from './staff-only.ts'
import { paint, UsageFault, wrapped, type ExitCode, type Terminal } from './terminal.ts'

export type ExplainOptions = { facts: string; kind?: KindId[]; asOf?: string; hide?: string[]; json?: true } & StaffOptions

/** `plumbline rules explain`: what the rule set says of these facts, and why. Facts it cannot read are named, and exit 1. */
export function explainFacts(terminal: Terminal, path: string, options: ExplainOptions): ExitCode {
  const { text, result } = readRuleSet(path)
  if (!result.ok) {
    if (options.json) terminal.out(JSON.stringify({ ok: false, issues: result.issues }, null, 2))
    else showIssues(terminal, path, text, result.issues)
    return 1
  }
  const input = readFacts(options, terminal)
  const { ruleSet } = result
  const answerable = options.kind ?? kindIds.filter((kind) => kind !== 'risk' || ruleSet.document.instrument)
  const wanted = kindsComingTo(ruleSet, answerable, options.whyNot)
  const seen = seenBy(ruleSet, options)
  const explanations = wanted.map((kind) => ({ ...seen(explain(ruleSet, kind, input)), ...askedBeyond(ruleSet, kind, input, options) }))
  if (options.json) terminal.out(JSON.stringify(explanations.length === 1 ? explanations[0] : explanations, null, 2))
  else showAll(terminal, explanations)
  return explanations.some(({ problems }) => problems.length > 0) ? 1 : 0
}

/** An explanation for somebody who may not look at some facts. What stands beside a hidden answer, its day and who says so, is hidden with it. */
function seenBy(ruleSet: RuleSet, { hide = [], ...asked }: ExplainOptions): (explanation: Explanation) => Explanation {
  if (hide.length === 0) return (explanation) => explanation
  if (asked.why || asked.whyNot !== undefined || asked.smallestChange || asked.settle)
    throw new UsageFault('--hide goes with the reasons alone: what would tip an outcome names answers')
  const names = Object.keys(ruleSet.facts)
  for (const name of hide.filter((each) => !names.includes(each))) {
    const near = didYouMean(name, names)
    throw new UsageFault(`there is no fact "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`)
  }
  for (const name of hide) {
    const derived = ruleSet.facts[name]?.derived
    if (derived) throw new UsageFault(`"${name}" is computed; hide what it is computed from${basesIn(derived)}`)
  }
  const mayLookAt = (fact: string) => !hide.some((hidden) => fact === hidden || fact.startsWith(`${hidden}.`))
  return (explanation) => redact(explanation, mayLookAt, ruleSet)
}

function basesIn(derived: NonNullable<RuleSet['facts'][string]['derived']>): string {
  const bases = Object.entries(derived).flatMap(([key, names]) => (key === 'by' ? [] : names))
  return bases.length > 0 ? `: ${bases.join(', ')}` : ''
}

function readFacts(options: ExplainOptions, terminal: Terminal): DecisionInput {
  const text = readText(options.facts)
  const parsed = parseJson(text)
  if (Array.isArray(parsed)) {
    showIssues(terminal, options.facts, text, parsed)
    throw new UsageFault(`${options.facts} is not the JSON of facts`)
  }
  if (typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value))
    throw new UsageFault(`${options.facts} must hold an object: facts by name`)
  const given = parsed.value as Record<string, unknown>
  const wrapped = 'facts' in given
  if (wrapped) refuseOthers(options.facts, given)
  else if ('asOf' in given) throw new UsageFault(`${options.facts}: where "asOf" is given, the facts stand under "facts"`)
  const asOf = options.asOf ?? (wrapped ? (given.asOf ?? terminal.today()) : terminal.today())
  if (!isDay(asOf)) throw new UsageFault(`${JSON.stringify(asOf)} is not a day: write it as YYYY-MM-DD`)
  return { asOf, facts: (wrapped ? given.facts : given) as Facts }
}

/** A day or a list of facts that is not read is not what somebody meant: it is never passed over. */
function refuseOthers(path: string, given: Readonly<Record<string, unknown>>): void {
  if (typeof given.facts !== 'object' || given.facts === null || Array.isArray(given.facts))
    throw new UsageFault(`${path}: under "facts" stands an object: facts by name`)
  for (const key of Object.keys(given).filter((each) => !beside.includes(each))) {
    const near = didYouMean(key, beside)
    throw new UsageFault(`${path}: "${key}" means nothing beside "facts"${near === undefined ? '' : `; did you mean "${near}"?`}`)
  }
}

/** What stands in a file of facts; a worked example or a stored case has more, which is not read. */
const beside = ['asOf', 'facts', '$schema', 'case', 'kind', 'expect']

function showAll(terminal: Terminal, explanations: readonly (Explanation & Beyond)[]): void {
  const [first] = explanations
  if (!first) return
  const warning = warningIn(first)
  if (warning !== undefined) terminal.out(paint(terminal, 'yellow', wrapped(warning, '')))
  terminal.out(paint(terminal, 'bold', `${first.ruleSet.title} ${first.ruleSet.version}, as of ${first.asOf}`))
  for (const explanation of explanations) {
    terminal.out('')
    terminal.out(paint(terminal, 'bold', headings[explanation.kind]))
    for (const sentence of explanation.sentences) terminal.out(wrapped(sentence, '  '))
    showAsked(terminal, explanation)
  }
  const statements = [...new Set(explanations.flatMap((one) => one.statements))]
  terminal.out('')
  for (const statement of statements) terminal.out(paint(terminal, 'dim', wrapped(statement, '')))
}

const headings: Record<KindId, string> = {
  risk: 'Risk: how serious is the danger?',
  eligibility: 'Eligibility: may we offer a place?',
  safeguarding: 'Safeguarding: must someone be told?',
  attendance: 'Attendance: what follows from this register?',
  pathway: 'Pathway: what else does this person need?',
  completion: 'Completion: did it work, by whose definition?',
}
