import { escaped } from '../language/pointer.ts'
import { byNumber } from '../kinds/rule.ts'
import { kindIds } from '../rule-set/document.ts'
import type { Check } from './check.ts'
import type { Subject } from './subject.ts'

/** A label or a source that is there and says nothing. One that is not there is refused when the rule set is loaded. */
export const placeholderText: Check = {
  code: 'placeholder-text',
  severity: 'warning',
  title: 'A label or a source that says nothing',
  check: (subject, report) => {
    for (const { at, field, text, id } of texts(subject)) {
      if (!saysNothing(text, id)) continue
      report({
        at: `${at}/${field}`,
        message: `this ${field} says nothing to whoever reads a result`,
        help: field === 'source' ? 'name the policy, study, form or meeting it comes from' : 'say in plain words what it means',
        witness: { is: 'text', text, inWords: `it reads “${text}”` },
      })
    }
  },
}

const empty = /^(?:[\s\p{P}]*|(?:to ?do|tbc|tbd|fixme|xxx+|n\/?a|none|unknown|label|source|text|test|lorem ipsum.*)[\s\p{P}]*)$/iu

const saysNothing = (text: string, id: string): boolean => empty.test(text) || (text === id && /[a-z][A-Z-]/.test(id))

type Text = { at: string; field: 'label' | 'source'; text: string; id: string }

function texts({ ruleSet: { document } }: Subject): Text[] {
  const { instrument } = document
  const parts: [string, [string, { label: string; source: string }][]][] = [
    ...kindIds.map((kind): (typeof parts)[number] => [`/${kind}`, byNumber(document[kind])]),
    ['/facts', byNumber(document.facts)],
    ['/parameters', byNumber(document.parameters)],
    ['/instrument/factors', byNumber(instrument?.factors ?? {})],
  ]
  return parts.flatMap(([part, entries]) =>
    entries.flatMap(([id, entry]) =>
      (['label', 'source'] as const).map((field): Text => ({ at: `${part}/${escaped(id)}`, field, text: entry[field], id })),
    ),
  )
}
