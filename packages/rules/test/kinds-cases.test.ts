import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { kinds } from '../src/kinds/index.ts'
import type { Example } from '../src/rule-set/document.ts'
import { loaded, shipped } from './support/kinds.ts'

type Case = Example & { description: string; ruleSet: keyof typeof ruleSets }

const ruleSets = {
  core: loaded(shipped('core')),
  'cdars-phoenix': loaded(shipped('core'), shipped('cdars-phoenix')),
  'step-by-step': loaded(shipped('core'), shipped('step-by-step')),
}

describe.each(Object.keys(kinds))('%s', (id) => {
  const cases = JSON.parse(readFileSync(new URL(`../src/kinds/${id}/cases.json`, import.meta.url), 'utf8')) as Case[]
  it.each(cases.map((each) => [`${each.ruleSet}: ${each.description}`, each] as const))(
    '%s',
    (_description, { ruleSet, kind, asOf, facts, expect: expected }) => {
      expect(kind).toBe(id)
      expect(ruleSets[ruleSet].decide(kind, { asOf, facts })).toMatchObject(expected)
    },
  )
})
