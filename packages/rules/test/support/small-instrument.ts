import type { Instrument, Rule } from '../../src/kinds/index.ts'
import type { Condition } from '../../src/language/condition.ts'
import type { Document } from '../../src/rule-set/document.ts'

/** Five factors, three bands, other names: nothing in the library knows 24. */
export const small: Document = {
  id: 'small',
  version: '1.0.0',
  title: 'A small instrument',
  effectiveFrom: '2026-01-01',
  statements: { caution: 'Invented for a test.' },
  parameters: { lately: { type: 'integer', number: 1, label: 'Lately', source: 'test', value: 6 } },
  instrument: {
    id: 'small-5',
    version: '1.0.0',
    title: 'Five factors',
    source: 'test',
    statement: 'caution',
    domains: { only: { number: 1, label: 'Only domain' } },
    factors: Object.fromEntries(
      [3, 1, 2, 1, 4].map((weight, index) => [
        `f-${'abcde'[index]}`,
        {
          number: index + 1,
          label: `Factor ${index}`,
          question: 'Is it so?',
          source: 'test',
          domain: 'only',
          weight,
          ...(index === 1 ? { floor: { recent: 'red', historic: 'amber', possible: 'amber' } as const } : {}),
          ...(index === 2 ? { static: true as const } : {}),
          recentWithin: 'lately',
        },
      ]),
    ),
    bands: {
      green: { number: 1, label: 'Green', from: 0, reviewDays: 90 },
      amber: { number: 2, label: 'Amber', from: 35, reviewDays: 30 },
      red: { number: 3, label: 'Red', from: 80, reviewDays: 7 },
    },
    missing: { prorated: 1, provisional: 2, provisionalReviewDays: 10 },
  },
  risk: { pair: pattern(1, { all: [present('f-a'), present('f-c')] }, 'red') },
}

/** The same document with another instrument, as far as it is said, and these patterns. */
export const smallWith = (instrument: Partial<Instrument>, risk: Readonly<Record<string, Rule>> = {}): Document => ({
  ...small,
  instrument: { ...small.instrument!, ...instrument },
  risk,
})

export function present(factor: string): Condition {
  return { fact: `factor.${factor}`, operator: 'equal', value: 'present' }
}
export function pattern(number: number, condition: Condition, band: string): Rule {
  return {
    number,
    label: 'Pattern',
    source: 'test',
    conditions: condition,
    event: { type: 'band-at-least', params: { band, action: 'act' } },
  }
}
