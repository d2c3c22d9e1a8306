import type { DecisionInput } from '../../language/facts.ts'
import type { Slots } from '../../language/program.ts'
import {
  type Answer,
  answerWords,
  basisOf,
  firstRecentDay,
  NO_WINDOW,
  POSSIBLE,
  PRESENT,
  UNKNOWN_ANSWER,
  type Window,
  windowOf,
  windowWords,
  writtenAnswer,
} from './evidence.ts'
import { type BandIndex, floorOf, NO_FLOOR, type Plan, pointsOf } from './plan.ts'

/** A form read once: every answer with its window and points, the total, and what the answers force by themselves. */
export type Form = {
  answers: readonly Answer[]
  windows: readonly Window[]
  points: readonly number[]
  total: number
  /** Greatest total of the factors that have an answer. */
  answeredOf: number
  /** Places of the factors without an answer, asked or not. */
  open: readonly number[]
  isCriticalOpen: boolean
  /** The highest band that one answer forces. */
  floor: BandIndex
  selfReportOnly: boolean
  /** What the patterns see: answers that may be used, with their windows. */
  slots: Slots
}

/** `slots` hold what the patterns see besides the answers, which are put in here. */
export function readForm(plan: Plan, { asOf, facts }: DecisionInput, slots: Slots): Form {
  const { factors } = plan
  const recentFrom = plan.windows.map((months) => firstRecentDay(asOf, months))
  const answers: Answer[] = []
  const windows: Window[] = []
  const points: number[] = []
  const open: number[] = []
  let total = 0
  let answeredOf = 0
  let isCriticalOpen = false
  let floor = NO_FLOOR
  let selfReportOnly = true
  for (let i = 0; i < factors.length; i++) {
    const factor = factors[i]!
    let answer = writtenAnswer(facts[factor.names.answer])
    if (answer <= PRESENT) {
      const basis = basisOf(facts[factor.names.sources])
      if (basis === 'only-partner') answer = UNKNOWN_ANSWER
      else if (basis === 'others' && factor.needsOtherSource) selfReportOnly = false
    }
    const isThere = answer === POSSIBLE || answer === PRESENT
    const window = isThere ? windowOf(answer, facts[factor.names.lastOccurredOn], recentFrom[factor.window]!) : NO_WINDOW
    const scored = isThere ? pointsOf(factor, answer, window) : 0
    answers.push(answer)
    windows.push(window)
    points.push(scored)
    putAnswer(slots, factor, answer, window)
    if (answer > PRESENT) {
      open.push(i)
      if (factor.isCritical) isCriticalOpen = true
      continue
    }
    total += scored
    answeredOf += 2 * factor.weight
    floor = Math.max(floor, floorOf(factor, answer, window))
  }
  return { answers, windows, points, total, answeredOf, open, isCriticalOpen, floor, selfReportOnly, slots }
}

/** Lets the patterns see an answer. One that is open, or rests only on the partner, they see as unknown. */
export function putAnswer(slots: Slots, factor: { answerSlot: number; windowSlot: number }, answer: Answer, window: Window): void {
  if (factor.answerSlot >= 0) slots[factor.answerSlot] = answer > PRESENT ? null : answerWords[answer as 0 | 1 | 2]
  if (factor.windowSlot >= 0) slots[factor.windowSlot] = answer > PRESENT ? null : windowWords[window]
}
