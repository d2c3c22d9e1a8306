import {
  canonicalJson,
  kindIds,
  runExamples,
  untried,
  type Document,
  type ExampleResult,
  type KindId,
  type RuleSet,
} from '@plumbline/rules'
import { load } from '@plumbline/rules/load'
import { escaped, type Found } from './gate-head.ts'
import type { Changes } from './gate.ts'

/** Red examples, rules without one, and changed parameters that no example shows. */
export function exampleIssues(
  document: Document,
  draft: RuleSet,
  changes: Changes,
  results: readonly ExampleResult[],
  latest: RuleSet,
): Found[] {
  return [
    ...results.filter(({ passed }) => !passed).map(red),
    ...missing(document, draft, changes),
    ...unshown(document, draft, changes, latest),
  ]
}

function red({ name, kind, differences }: ExampleResult): Found {
  const [first] = differences
  const more = differences.length > 1 ? `, and ${differences.length - 1} more` : ''
  const message = `the ${kind} example does not come out as it says${first ? `: at ${first.at || 'the root'} ${inBrief(first.expected)} is expected, and ${inBrief(first.got)} comes out${more}` : ''}`
  return {
    severity: 'error',
    code: 'example-red',
    at: `/examples/${escaped(name)}`,
    message,
    help: 'put right what is expected, or the rule',
  }
}

const inBrief = (value: unknown): string => {
  const text = canonicalJson(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

/** Each rule that the document writes itself, or that decides otherwise than before, is true in one example and false in another. */
function missing(document: Document, draft: RuleSet, { rules }: Changes): Found[] {
  const needed = Object.fromEntries(
    kindIds.map((kind) => [kind, [...new Set([...Object.keys(document[kind] ?? {}), ...rules[kind]])]]),
  ) as Record<KindId, string[]>
  return untried(draft, needed).map(({ kind, rule, result }) => {
    const isOwn = Object.hasOwn(document[kind] ?? {}, rule)
    const help = `add an example of the kind "${kind}" in which it ${result === 'true' ? 'holds' : 'does not hold'}`
    return {
      severity: 'error',
      code: 'example-missing',
      at: isOwn ? `/${kind}/${escaped(rule)}` : '/examples',
      message: `no example shows the ${kind} rule "${rule}" being ${result}`,
      help,
    }
  })
}

/** Without this one change every example would come out as well: nobody can see from them what it does. Said, not refused: some parameters decide nothing here. */
function unshown({ parameters = {} }: Document, draft: RuleSet, changes: Changes, latest: RuleSet): Found[] {
  const passing = (ruleSet: RuleSet) => runExamples({ ...ruleSet, examples: draft.examples }).filter(({ passed }) => passed).length
  const all = passing(draft)
  return changes.parameters.flatMap((id): Found[] => {
    const before = latest.document.parameters[id]
    if (!before) return []
    const unchanged = load(canonicalJson({ ...draft.document, parameters: { ...draft.document.parameters, [id]: before } }))
    if (!unchanged.ok || passing(unchanged.ruleSet) < all) return []
    const at = Object.hasOwn(parameters, id) ? `/parameters/${escaped(id)}` : '/extends'
    return [
      {
        severity: 'warning',
        code: 'change-not-shown',
        at,
        message: `no example comes out otherwise because of "${id}"`,
        help: 'add one at the edge of the new value',
      },
    ]
  })
}
