import type { FactDefinition, FactValue } from '@plumbline/rules'
import { builder } from '../../platform/builder.ts'
import { InvalidInput } from '../../platform/errors.ts'
import { AskedOfEnum } from './enums.ts'
import { isRecordedHere } from './facts.ts'
import type { AskedOf } from './words.ts'

/** One answer as it comes in: exactly one of the values, or that it is not known. */
export type FactAnswer = {
  fact: string
  yesNo?: boolean | null | undefined
  whole?: number | null | undefined
  text?: string | null | undefined
  day?: string | null | undefined
  list?: readonly string[] | null | undefined
  notKnown?: boolean | null | undefined
  askedOf: AskedOf
  askedOn: string
}

/**
 * The value of an answer, checked against the catalogue of the rule set.
 * @throws InvalidInput below `at`, in the words of the form
 */
export function valueOf(answer: FactAnswer, catalogue: Readonly<Record<string, FactDefinition>>, at: string): FactValue {
  const definition = Object.hasOwn(catalogue, answer.fact) ? catalogue[answer.fact] : undefined
  if (!definition || !isRecordedHere(answer.fact) || definition.derived)
    throw new InvalidInput(
      `${at}.fact`,
      'this fact is not recorded with a referral',
      `recorded here: ${Object.keys(catalogue)
        .filter((name) => isRecordedHere(name) && !catalogue[name]!.derived)
        .join(', ')}`,
    )
  const given = (['yesNo', 'whole', 'text', 'day', 'list'] as const).filter((field) => answer[field] != null)
  if (given.length + (answer.notKnown ? 1 : 0) !== 1) throw new InvalidInput(at, 'one answer is needed: a value, or that it is not known')
  if (answer.notKnown) return null
  const field = given[0]!
  const value = answer[field] as FactValue
  const problem = problemWith(definition, field, value)
  if (problem) throw new InvalidInput(`${at}.${field}`, `${answer.fact} ${problem}`)
  return value
}

const fieldOf = { boolean: 'yesNo', integer: 'whole', text: 'text', choice: 'text', day: 'day', list: 'list' } as const

function problemWith(definition: FactDefinition, field: string, value: FactValue): string | null {
  if (fieldOf[definition.type] !== field) return `is answered with \`${fieldOf[definition.type]}\``
  if (definition.type === 'choice' && !definition.choices.includes(String(value))) return `takes one of: ${definition.choices.join(', ')}`
  if (definition.type === 'integer') {
    const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = definition
    if (Number(value) < minimum || Number(value) > maximum) return `takes a whole number from ${minimum} to ${maximum}`
  }
  if (definition.type === 'list') {
    const { of } = definition
    if (of.type !== 'text' && of.type !== 'choice') return 'holds more than words and cannot be answered here'
    if (of.type === 'choice' && (value as readonly string[]).some((one) => !of.choices.includes(one)))
      return `takes some of: ${of.choices.join(', ')}`
  }
  return null
}

export const ReferralFactInput = builder.inputType('ReferralFactInput', {
  description: 'What somebody answered when asked for a fact. Exactly one of the value fields, or `notKnown`.',
  fields: (t) => ({
    fact: t.field({ type: 'ShortText', required: true, description: 'Its name in the catalogue, `history.hasAbusedPartner`.' }),
    yesNo: t.boolean({ description: 'For a fact that is true or false.' }),
    whole: t.int({ description: 'For a whole number, in the unit of the catalogue.' }),
    text: t.field({ type: 'ShortText', description: 'For a text or one of the catalogue’s choices.' }),
    day: t.field({ type: 'Day', description: 'For a day.' }),
    list: t.field({ type: ['ShortText'], description: 'For a list; empty says: asked, and there are none.' }),
    notKnown: t.boolean({ description: 'True: somebody was asked and it is not known.' }),
    askedOf: t.field({ type: AskedOfEnum, required: true, description: 'Who was asked.' }),
    askedOn: t.field({ type: 'Day', required: true, description: 'When they were asked; not in the future.' }),
  }),
})
