import type { FactValue } from '../language/facts.ts'

/** Facts that are being tried out: changed in place, and put back. */
export type Draft = Record<string, FactValue | undefined>

/** One way to answer. */
export type Way = {
  /** As it is shown; null for not known. */
  value: FactValue
  /** For an answer with a day: whether it is recent by that day. */
  window?: 'recent' | 'historic'
  write: (draft: Draft) => void
}

/** What an answer might be, as far as the rules can tell: each way stands for many. From harmless to worst where the kind knows. */
export type Ways = {
  ways: readonly Way[]
  /** Whether the ways stand for every other. */
  isExhaustive: boolean
}

/** One thing that was answered, or could be asked: a fact, or a field of one entry of a list. */
export type Answer = Ways & {
  /** The fact, for an entry with its place and field: `factor.separation`, `attendance.register/2/outcome`. Unique. */
  id: string
  fact: string
  /** Counted from 0. */
  entry?: { index: number; field: string }
  isKnown: boolean
  /** As it stands. */
  now: Way
  unknown: Way
  /** The same while every other answer stays as it stands: fewer where a rule compares two of them. */
  alone: Ways
}

/** What names an answer to whoever reads a result. */
export type AnswerRef = { fact: string; entry?: { index: number; field: string } }

export const refOf = ({ fact, entry }: Answer): AnswerRef => (entry ? { fact, entry: { ...entry } } : { fact })
