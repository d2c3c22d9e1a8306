import { describe, expect, it } from 'vitest'
import { explain, type Facts, type KindId } from '../src/index.ts'
import golden from './explain-sentences.json' with { type: 'json' }
import { shippedRuleSet, type ShippedId } from './support/shipped.ts'

/** Either an example of the rule set, by its name, or a kind with facts. */
type Case = { description: string; ruleSet: ShippedId; example?: string; kind?: KindId; facts?: Facts; sentences: string[] }

describe('in plain words', () => {
  it.each(golden.cases as Case[])('$ruleSet: $description', ({ ruleSet: id, example, kind, facts, sentences }) => {
    const ruleSet = shippedRuleSet(id)
    const { kind: asked, ...input } =
      example === undefined
        ? { kind: kind as KindId, asOf: golden.asOf, facts: facts ?? {} }
        : (ruleSet.examples[example] as NonNullable<(typeof ruleSet.examples)[string]>)
    expect(explain(ruleSet, asked, input).sentences).toEqual(sentences)
  })

  it('every kind is shown', () => {
    const shown = new Set(
      (golden.cases as Case[]).map(({ ruleSet, example, kind }) => kind ?? shippedRuleSet(ruleSet).examples[example ?? '']?.kind),
    )
    expect([...shown].toSorted()).toEqual(['attendance', 'completion', 'eligibility', 'pathway', 'risk', 'safeguarding'])
  })
})
