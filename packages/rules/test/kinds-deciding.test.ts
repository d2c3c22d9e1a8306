import { expect, test } from 'vitest'
import type { Facts } from '../src/index.ts'
import { factors } from './support/forms.ts'
import { shippedRuleSet } from './support/shipped.ts'

const core = shippedRuleSet('core')
const FORMS = 150

let state = 20_260_501
const below = (limit: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * limit)
}

/** So many factors open, wherever they stand; of the others half absent, and some long ago. */
function form(open: number): Facts {
  const facts: Record<string, string | string[]> = {}
  const left = [...factors]
  while (left.length > open) {
    const [factor] = left.splice(below(left.length), 1)
    facts[`factor.${factor}`] = ['absent', 'absent', 'possible', 'present'][below(4)] ?? 'absent'
    facts[`factor.${factor}.sources`] = ['police']
    if (below(3) === 0) facts[`factor.${factor}.lastOccurredOn`] = '2019-01-01'
  }
  return facts
}

test.each([8, 12, 14, 16, 20, 24])('with %i of the 24 factors open, no search for the answers that decide is given up', (open) => {
  let found = 0
  for (let tried = 0; tried < FORMS; tried++) {
    const deciding = core.kinds.risk.deciding?.({ asOf: '2026-05-01', facts: form(open) }) ?? []
    expect(deciding.filter(({ isCertain }) => !isCertain)).toEqual([])
    found += deciding.length
  }
  console.log(`answers that decide, on ${FORMS} forms with ${open} open: ${found}`)
  expect(found).toBeGreaterThan(FORMS)
})
