import { factorNames } from '../kinds/risk/evidence.ts'
import type { Check } from './check.ts'

/**
 * A rule that looks at who gave an answer, or at the day somebody gave for it. An answer that rests on the partner alone is unknown
 * on the participant's side; a rule that sees its evidence would show that she spoke.
 */
export const partnersWord: Check = {
  code: 'partners-word',
  severity: 'error',
  title: 'A rule that could show that the partner spoke',
  check: ({ rules, ruleSet, asOf }, report) => {
    const factors = Object.keys(ruleSet.document.instrument?.factors ?? {}).map(factorNames)
    for (const { at, reads } of rules) {
      for (const { answer, sources, lastOccurredOn, window } of factors) {
        for (const read of [sources, lastOccurredOn].filter((each) => reads.has(each))) {
          report({
            at: `${at}/conditions`,
            message: `this rule looks at "${read}", and could show that the partner spoke`,
            help: `use "${answer}" or "${window}": what rests on the partner alone is unknown there`,
            witness: {
              is: 'facts',
              asOf,
              facts: { [answer]: 'present', [lastOccurredOn]: asOf, [sources]: ['partner'] },
              inWords: `of an answer that only the partner gave it sees ${read === sources ? 'who gave it' : 'the day she named'}`,
            },
          })
        }
      }
    }
  },
}
