import * as kinds from './english-kinds.ts'
import { comparisons, relations, words } from './english-words.ts'

/** Every sentence that explanations are made of, in English. Each message is a function of what it has to say. */
export const english = {
  words,
  relations,
  comparisons,
  risk: kinds.risk,
  eligibility: kinds.eligibility,
  safeguarding: kinds.safeguarding,
  attendance: kinds.attendance,
  pathway: kinds.pathway,
  completion: kinds.completion,
  /** A fact that could not be used. `message` is in English; `code` is what kind of fault it is. */
  notUsed: ({ fact, message }: { fact: string; code: string; message: string }) => `Not used, ${fact}: ${message}`,
} as const

/**
 * A catalogue of messages in some language: every key, each with the parameters that the English one takes.
 * Labels, questions, reasons and statements come from the rule set, and are as they are written there.
 */
export type Messages = Translated<typeof english>

/** The same messages, each giving any text. */
export type Translated<Catalogue> = {
  readonly [Key in keyof Catalogue]: Catalogue[Key] extends (parameters: infer Parameters) => string
    ? (parameters: Parameters) => string
    : Translated<Catalogue[Key]>
}

export type { AnswerWords } from './english-words.ts'

/**
 * The forms a language has for numbers, for catalogues of others than English: `other` and those it needs.
 * `pluralIn('en')(2, { one: 'session', other: 'sessions' })`; Welsh has all six.
 */
export type PluralForms = { other: string } & { readonly [Form in 'zero' | 'one' | 'two' | 'few' | 'many']?: string }

/** Picks the form for a number by the rules of a language (CLDR, as the platform knows them). */
export function pluralIn(language: string): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(language)
  return (count, forms) => forms[rules.select(count)] ?? forms.other
}
