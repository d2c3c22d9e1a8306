import { describe, expect, it } from 'vitest'
import vectors from '../vectors/pdv-24.json' with { type: 'json' }
import type { Facts } from '../src/language/facts.ts'
import { loaded, shipped } from './support/kinds.ts'

const providers = {
  core: [shipped('core')],
  'cdars-phoenix': [shipped('core'), shipped('cdars-phoenix')],
  'step-by-step': [shipped('core'), shipped('step-by-step')],
}

describe.each(Object.entries(providers))('pdv-24 in %s', (_, documents) => {
  const ruleSet = loaded(...documents)

  it.each(Object.entries(vectors.vectors))('%s', (_id, { asOf, facts, expect: expected }) => {
    const outcome = ruleSet.decide('risk', { asOf, facts: facts as Facts })
    const bare = {
      ...outcome,
      patterns: withoutWording(outcome.patterns),
      mayStillFire: { ...outcome.mayStillFire, patterns: withoutWording(outcome.mayStillFire.patterns) },
    }
    // Exact: every list whole, so the full set of floors and patterns.
    expect(bare).toEqual({ ...bare, ...expected })
    expect(outcome.statement).toMatch(/not been validated/)
    expect(outcome.contributions).toHaveLength(24)
  })
})

const withoutWording = (patterns: readonly { rule: string; band: string }[]) => patterns.map(({ rule, band }) => ({ rule, band }))
