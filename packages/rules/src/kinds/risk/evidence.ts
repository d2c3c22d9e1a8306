import { addDays, addMonths, isDay } from '../../language/civil-day.ts'
import type { Day, Facts, FactValue } from '../../language/facts.ts'
import type { FactorId } from './instrument.ts'

/** An answer as a number: the first three are the points of an answer that is not historic. */
export type Answer = 0 | 1 | 2 | 3 | 4
export const ABSENT = 0
export const POSSIBLE = 1
export const PRESENT = 2
/** Asked, and not known. */
export const UNKNOWN_ANSWER = 3
/** Not asked yet. */
export const UNANSWERED = 4
export const answerWords = ['absent', 'possible', 'present'] as const
export type AnswerWord = (typeof answerWords)[number]

export type Window = 0 | 1 | 2
export const NO_WINDOW = 0
export const RECENT = 1
export const HISTORIC = 2
export const windowWords = ['none', 'recent', 'historic'] as const
export type WindowWord = (typeof windowWords)[number]

/** Whose word an answer may rest on. */
export const evidenceSources = [
  'self',
  'partner',
  'police',
  'court',
  'social-services',
  'probation',
  'health',
  'other-agency',
  'record',
  'observation',
] as const
export type EvidenceSource = (typeof evidenceSources)[number]

/** The facts that one factor is read from. */
export type FactorNames = { answer: string; lastOccurredOn: string; sources: string; window: string }
export const factorNames = (id: FactorId): FactorNames => ({
  answer: `factor.${id}`,
  lastOccurredOn: `factor.${id}.lastOccurredOn`,
  sources: `factor.${id}.sources`,
  window: `factor.${id}.window`,
})

/** What an answer rests on, the partner's word left out: it may never be used, nor show, on the participant's side. */
export type Basis = 'nothing-recorded' | 'only-partner' | 'only-self' | 'others'

export function basisOf(sources: FactValue | undefined): Basis {
  if (!Array.isArray(sources)) return 'nothing-recorded'
  let basis: Basis = 'nothing-recorded'
  for (const source of sources as readonly unknown[]) {
    if (source === 'self') basis = 'only-self'
    else if (source === 'partner') basis = basis === 'only-self' ? basis : 'only-partner'
    else if (known.has(source)) return 'others'
  }
  return basis
}
const known: ReadonlySet<unknown> = new Set(evidenceSources)

/** What was answered, by whoever it was. A word that is no answer counts as unknown: it is never guessed. */
export function writtenAnswer(written: FactValue | undefined): Answer {
  if (written === 'absent') return ABSENT
  if (written === 'present') return PRESENT
  if (written === 'possible') return POSSIBLE
  return written === undefined ? UNANSWERED : UNKNOWN_ANSWER
}

/** An answer that may be used: one that rests only on the partner's word is unknown. */
export function answerOf(facts: Facts, names: FactorNames): Answer {
  const answer = writtenAnswer(facts[names.answer])
  return answer <= PRESENT && basisOf(facts[names.sources]) === 'only-partner' ? UNKNOWN_ANSWER : answer
}

/** `none` where nothing is there; recent where the day is not known, lies ahead, or is no day. */
export function windowOf(answer: Answer, lastOccurredOn: FactValue | undefined, recentFrom: Day): Window {
  if (answer !== POSSIBLE && answer !== PRESENT) return NO_WINDOW
  if (typeof lastOccurredOn !== 'string' || lastOccurredOn >= recentFrom || !isDay(lastOccurredOn)) return RECENT
  return HISTORIC
}

/** The first day that is still recent on `asOf`: so many civil months back, the last day included. */
export function firstRecentDay(asOf: Day, months: number): Day {
  if (!isDay(asOf)) return EVERY_DAY_IS_RECENT
  const day = addMonths(asOf, -months)
  // 28 February is not recent on 31 March within one month: a month later was 28 March.
  return addMonths(day, months) >= asOf ? day : addDays(day, 1)
}
const EVERY_DAY_IS_RECENT = ''
