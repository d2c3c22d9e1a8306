import type { RuleSet } from '@plumbline/rules'
import { checkRuleSet, type Finding, inText } from '@plumbline/rules/checks'
import { secondOpinion } from '@plumbline/rules/json-rules-engine'
import { escaped, type Found } from './gate-head.ts'

/**
 * What the draft does that nobody can have meant. Errors and warnings always; a note only where the published version had none such:
 * a rule that rests because a parameter was set so is worth a look on the day it begins to rest, and not in every version after.
 */
export function checkIssues(draft: RuleSet, latest: RuleSet, text: string): Found[] {
  const known = new Set(checkRuleSet(latest).map(nameOf))
  const findings = checkRuleSet(draft).filter((finding) => finding.severity !== 'note' || !known.has(nameOf(finding)))
  return inText(findings, text).map(({ severity, code, at, message, help, witness }) => ({
    severity: severity === 'note' ? 'warning' : severity,
    code,
    at,
    message: `${message}: ${witness.inWords}`,
    ...(help === undefined ? {} : { help }),
  }))
}

const nameOf = ({ code, at }: Finding): string => `${code} ${at}`

/** Where json-rules-engine, asked about every rule over the draft's own examples, says otherwise. Unknown answers are not compared: it has no word for them. */
export async function opinionIssues(draft: RuleSet): Promise<Found[]> {
  const { differences } = await secondOpinion(draft)
  return differences.map(({ example, kind, rule, here, jsonRulesEngine }) => ({
    severity: 'error',
    code: 'second-opinion',
    at: `/examples/${escaped(example)}`,
    message: `of the ${kind} rule "${rule}" this says ${here} and json-rules-engine says ${jsonRulesEngine}`,
    help: 'one of the two is wrong about this rule: tell whoever runs the server, and decide nothing by it until it is known which',
  }))
}
