/**
 * Kleene's three values as numbers, so that `all` is the minimum, `any` the maximum and `not` is `2 - t`.
 * Missing is never false: it is `UNKNOWN`, and `not unknown` is unknown.
 */
export type Truth = 0 | 1 | 2
export const FALSE = 0
export const UNKNOWN = 1
export const TRUE = 2

export type TruthWord = 'false' | 'unknown' | 'true'
const words = ['false', 'unknown', 'true'] as const
export const truthWord = (truth: Truth): TruthWord => words[truth]
