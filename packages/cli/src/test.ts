import { runExamples, type ExampleResult } from '@plumbline/rules'
import { readRuleSet } from './read-rule-set.ts'
import { countOf, showIssues } from './show-issues.ts'
import { paint, type ExitCode, type Terminal } from './terminal.ts'

/** `plumbline rules test`: exit 1 when an example is red, when there is none, or when the rule set cannot be used. */
export function runTests(terminal: Terminal, path: string, options: { json?: true }): ExitCode {
  const { text, result } = readRuleSet(path)
  if (!result.ok) {
    if (options.json) terminal.out(JSON.stringify({ ok: false, issues: result.issues }, null, 2))
    else showIssues(terminal, path, text, result.issues)
    return 1
  }
  const results = runExamples(result.ruleSet)
  const failed = results.filter((one) => !one.passed)
  const fine = failed.length === 0 && results.length > 0
  if (options.json) terminal.out(JSON.stringify({ ok: fine, examples: results }, null, 2))
  else {
    for (const one of results) show(terminal, one)
    terminal.out('')
    terminal.out(
      results.length === 0
        ? paint(terminal, 'red', 'there is no example in this file: a rule that nobody tried is not to be trusted')
        : `${countOf(results.length - failed.length, 'example')} passed, ${failed.length} failed`,
    )
  }
  return fine ? 0 : 1
}

function show(terminal: Terminal, { name, kind, passed, differences }: ExampleResult): void {
  terminal.out(`${passed ? paint(terminal, 'green', '✓') : paint(terminal, 'red', '✗')} ${name} ${paint(terminal, 'dim', `(${kind})`)}`)
  for (const { at, expected, got } of differences)
    terminal.out(`    ${at || 'the outcome'}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`)
}
