import type { Check } from './check.ts'

/** What the other checks could not settle in the steps there are. Comes last, so that it has heard of all of it. */
export const notDecided: Check = {
  code: 'not-decided',
  severity: 'note',
  title: 'What could not be settled',
  check: ({ givenUp, budget }, report) => {
    for (const { at, what, because = 'there are too many cases to look at' } of givenUp)
      report({
        at,
        message: `it was not settled ${what}: ${because}`,
        help: 'nothing is said against it; fewer facts in one rule make it easier to settle',
        witness: { is: 'tried', steps: budget.spent, inWords: 'the search ended without an answer' },
      })
  },
}
