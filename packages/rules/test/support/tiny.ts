import type { FactValue, RuleSet } from '../../src/index.ts'
import { load } from '../../src/load.ts'

/** Facts so small that every way of answering them can be tried. */
export const tinyFacts: Readonly<Record<string, readonly FactValue[]>> = {
  'custom.one': [0, 1, 2, 3],
  'custom.other': [0, 1, 2],
  'custom.isOne': [true, false],
  'custom.isOther': [true, false],
}

type TinyRule = { type: 'ineligible' | 'human-review'; conditions: object }

/** A rule set of one's own that rests on nothing, with eligibility rules over `tinyFacts`, their sum and their difference. */
export function tiny(rules: readonly TinyRule[], facts: Readonly<Record<string, object>> = {}): RuleSet {
  const about = { question: 'What is it?', source: 'Test' }
  const all: Readonly<Record<string, object>> = {
    'custom.one': { type: 'integer', minimum: 0, maximum: 3 },
    'custom.other': { type: 'integer', minimum: 0, maximum: 2 },
    'custom.isOne': { type: 'boolean' },
    'custom.isOther': { type: 'boolean' },
    'custom.sum': { type: 'integer', derived: { by: 'sum', of: ['custom.one', 'custom.other'] } },
    'custom.less': { type: 'integer', derived: { by: 'difference', of: 'custom.one', less: 'custom.other' } },
    ...facts,
  }
  const loaded = load(
    JSON.stringify({
      id: 'tiny',
      version: '1.0.0',
      title: 'Tiny',
      effectiveFrom: '2026-01-01',
      facts: Object.fromEntries(
        Object.entries(all).map(([name, fact], index) => [name, { number: index + 1, label: name, ...about, ...fact }]),
      ),
      eligibility: Object.fromEntries(
        rules.map(({ type, conditions }, index) => [
          `rule-${'abcdef'[index] ?? ''}`,
          {
            number: index + 1,
            label: `Rule ${index + 1}`,
            source: 'Test',
            conditions,
            event: { type, params: { reason: 'Test', ...(type === 'human-review' ? { whom: 'programme-manager' } : {}) } },
          },
        ]),
      ),
    }),
  )
  if (!loaded.ok) throw new Error(loaded.issues.map(({ at, message }) => `${at}: ${message}`).join('\n'))
  return loaded.ruleSet
}
