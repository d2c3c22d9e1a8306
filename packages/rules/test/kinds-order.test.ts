import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hashOf } from '../src/index.ts'
import { kinds } from '../src/kinds/index.ts'
import { load } from '../src/load.ts'
import type { Example } from '../src/rule-set/document.ts'
import { shipped } from './support/kinds.ts'
import { turnedRound } from './support/turned-round.ts'

type Case = Example & { ruleSet: string }

const ruleSetOf = (id: string, write: (id: string) => unknown) => {
  const parents = id === 'core' ? [] : [JSON.stringify(write('core'))]
  const result = load(JSON.stringify(write(id)), parents)
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join('\n'))
  return result.ruleSet
}

test.each(['core', 'cdars-phoenix', 'step-by-step'])('the order in which %s is written changes no byte of what it says', async (id) => {
  const ruleSet = ruleSetOf(id, shipped)
  const other = ruleSetOf(id, (each) => turnedRound(shipped(each)))
  expect(await hashOf(other)).toBe(await hashOf(ruleSet))
  let compared = 0
  for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
    const cases = JSON.parse(readFileSync(new URL(`../src/kinds/${kind}/cases.json`, import.meta.url), 'utf8')) as Case[]
    for (const { asOf, facts } of cases) {
      const said = ({ kinds: deciders }: typeof ruleSet) =>
        JSON.stringify([deciders[kind].decide({ asOf, facts }), deciders[kind].rules({ asOf, facts })])
      expect(said(other)).toBe(said(ruleSet))
      compared++
    }
  }
  console.log(`cases decided by ${id}, written both ways: ${compared}`)
  expect(compared).toBeGreaterThan(80)
})
