import { describe, expect, it } from 'vitest'
import { loaded, shipped } from './support/kinds.ts'

const ruleSets = {
  core: [shipped('core')],
  'cdars-phoenix': [shipped('core'), shipped('cdars-phoenix')],
  'step-by-step': [shipped('core'), shipped('step-by-step')],
}

describe.each(Object.entries(ruleSets))('the examples in %s', (_id, documents) => {
  const ruleSet = loaded(...documents)
  it.each(Object.entries(documents.at(-1)?.examples ?? {}))('%s', (_description, { kind, asOf, facts, expect: expected }) => {
    expect(ruleSet.decide(kind, { asOf, facts })).toMatchObject(expected)
  })
})
