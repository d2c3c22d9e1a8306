import type { RuleSet } from '@plumbline/rules'
import { changeClasses, diff, type Change, type ChangeClass, type Difference } from '@plumbline/rules/bulk'
import { paint, wrapped, type ExitCode, type Terminal } from './terminal.ts'
import { usableRuleSet } from './usable.ts'

/** `plumbline rules diff`: what differs, in words, the gravest first. Differences are no fault: exit 0. */
export function showDiff(terminal: Terminal, before: string, after: string, options: { json?: true }): ExitCode {
  const one = usableRuleSet(terminal, before, options)
  const other = one && usableRuleSet(terminal, after, options)
  if (!one || !other) return 1
  const difference = diff(one, other)
  if (options.json) terminal.out(JSON.stringify(difference, null, 2))
  else showDifference(terminal, one, other, difference)
  return 0
}

export function showDifference(terminal: Terminal, before: RuleSet, after: RuleSet, { changes }: Difference): void {
  terminal.out(paint(terminal, 'bold', `${before.title} ${before.version} → ${after.title} ${after.version}`))
  if (changes.length === 0) terminal.out('Nothing differs.')
  for (const each of changeClasses) {
    const those = changes.filter((change) => change.class === each)
    if (those.length === 0) continue
    terminal.out('')
    terminal.out(paint(terminal, 'bold', headings[each]))
    for (const change of those) terminal.out(wrapped(lineOf(change), '  '))
  }
}

const lineOf = ({ inWords, kinds }: Change) => `${inWords}${kinds.length > 0 ? ` [${kinds.join(', ')}]` : ''}`

const headings: Readonly<Record<ChangeClass, string>> = {
  'moves-down': '▼ moves cases down, and none up',
  'cannot-tell': '? moves cases one way or the other: try it with `plumbline rules simulate`',
  'moves-up': '▲ moves cases up, and none down',
  additive: '+ comes or goes, and no outcome rests on it',
  wording: '· wording, order and names',
}
