import type { Check } from './check.ts'

/** What the other checks could not settle in the steps there are. Comes last, so that it has heard of all of it. */
export const notDecided: Check = {
  code: 'not-decided',
  severity: 'note',
  title: 'What could not be settled',
  check: ({ givenUp, budget }, report) => {
    const said = (at: string, what: string, because: string) =>
      report({
        at,
        message: `it was not settled ${what}: ${because}`,
        help: 'nothing is said against it; fewer facts in one rule make it easier to settle',
        witness: { is: 'tried', steps: budget.spent, inWords: 'the search ended without an answer' },
      })
    for (const { at, what, because = 'there are too many cases to look at' } of givenUp.slice(0, MOST_SAID)) said(at, what, because)
    if (givenUp.length > MOST_SAID)
      said('', `of ${givenUp.length - MOST_SAID} more whether they are fine`, 'the rule set is too large to be looked at in one go')
  },
}

/** A long list of what nobody knows helps nobody. */
const MOST_SAID = 10
