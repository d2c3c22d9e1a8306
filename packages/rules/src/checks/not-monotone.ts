import type { Check } from './check.ts'
import { answeredWays } from './groups.ts'
import { type CounterExample, monotonyOf } from './monotony.ts'
import type { Subject } from './subject.ts'

/** A worse answer lowers the final band of a complete form. */
export const notMonotone: Check = {
  code: 'not-monotone',
  severity: 'error',
  title: 'A worse answer that lowers the band',
  check: (subject, report) => {
    const monotony = monotonyOf(subject)
    if (!monotony) return
    for (const { pattern, example } of monotony.counterExamples) {
      const { factor, better, worse } = example
      report({
        at: pattern ? `${pattern.at}/conditions` : '/instrument/factors',
        message: `a worse answer to “${labelOf(subject, factor)}” lowers the band`,
        help: pattern
          ? `let “${pattern.rule.label}” hold for the worse answer as well, or add a pattern that does`
          : 'let points and floors rise where an answer becomes worse',
        witness: { is: 'forms', asOf: subject.asOf, factor, better, worse, inWords: inWords(subject, example) },
      })
    }
    for (const { pattern, what } of monotony.open)
      subject.givenUp.push({
        at: pattern?.at ?? '/instrument',
        what: `whether a worse answer can lower the band${pattern ? ` by “${pattern.rule.label}”` : ''}`,
        because: what,
      })
  },
}

const labelOf = ({ ruleSet: { document } }: Subject, id: string): string => document.instrument?.factors[id]?.label ?? id

function inWords(subject: Subject, { factor, better, worse }: CounterExample): string {
  const { ruleSet, asOf } = subject
  const { instrument } = ruleSet.document
  const bands = ({ band: { atLeast, atMost } }: CounterExample['better']) => (atLeast === atMost ? atLeast : `${atLeast} to ${atMost}`)
  const said = ({ facts }: CounterExample['better']) => {
    const day = facts[`factor.${factor}.lastOccurredOn`]
    return `${String(facts[`factor.${factor}`])}${typeof day === 'string' ? ` (${day === asOf ? 'recent' : 'historic'})` : ''}`
  }
  const others = Object.keys(instrument?.factors ?? {}).filter((id) => id !== factor && better.facts[`factor.${id}`] !== answeredWays[0][0])
  const beside = others.map((id) => `“${labelOf(subject, id)}” ${String(better.facts[`factor.${id}`])}`).join(', ')
  return `with ${beside === '' ? 'every other factor absent' : `${beside} and the rest absent`}, “${labelOf(subject, factor)}” ${said(better)} gives ${bands(better)}, and ${said(worse)} gives ${bands(worse)}`
}
