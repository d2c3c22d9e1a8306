import type { Score } from '../kinds/risk/index.ts'
import { checkScore, compareScores } from './observation.ts'
import { type Interval, Z_95 } from './proportion.ts'

/**
 * How often a score puts somebody with whom it happened above somebody with whom it did not; ties count half.
 * 0.5 is what tossing a coin gives. It compares people within one sample: it is no chance that anything happens with anyone.
 */
export type AreaUnderCurve = {
  /** Pairs of one with whom it happened and one with whom it did not: in so many the first scored higher, in so many the same. */
  pairs: { higher: number; same: number; of: number }
  /** `(higher + same / 2) / of`. */
  value: number
  /** Standard error after DeLong, DeLong & Clarke-Pearson (1988). Null with fewer than two on either side. */
  standardError: number | null
  /** 95 %, `value ± 1.96 × standardError`, cut at 0 and 1. Null with the standard error, and where that is 0: the two groups do not overlap at all, or all scores are the same. */
  interval: Interval | null
}

/**
 * Null where one of the two groups is empty: there is nothing to compare.
 *
 * @throws RangeError for a score that is no share
 */
export function areaUnderCurve(happened: readonly Score[], not: readonly Score[]): AreaUnderCurve | null {
  for (const [index, score] of [...happened, ...not].entries()) checkScore(score, `score ${index}`)
  if (happened.length === 0 || not.length === 0) return null
  const steps = stepsOf(happened, not)
  const pairs = { higher: 0, same: 0, of: happened.length * not.length }
  for (const step of steps) {
    pairs.higher += step.happened * step.notBelow
    pairs.same += step.happened * step.not
  }
  const value = (2 * pairs.higher + pairs.same) / (2 * pairs.of)
  const standardError = happened.length < 2 || not.length < 2 ? null : standardErrorOf(steps, happened.length, not.length, value)
  return { pairs, value, standardError, interval: standardError ? around(value, standardError) : null }
}

/** One height of the score: how many of each group stand on it, and how many below. */
type Step = { happened: number; not: number; happenedBelow: number; notBelow: number }

function stepsOf(happened: readonly Score[], not: readonly Score[]): Step[] {
  const all = [...happened.map((score) => ({ score, side: 'happened' as const })), ...not.map((score) => ({ score, side: 'not' as const }))]
  all.sort((one, other) => compareScores(one.score, other.score))
  const steps: Step[] = []
  all.forEach(({ score, side }, index) => {
    const before = all[index - 1]
    let step = steps.at(-1)
    if (!step || !before || compareScores(before.score, score) !== 0) {
      const below = step ?? { happened: 0, not: 0, happenedBelow: 0, notBelow: 0 }
      step = { happened: 0, not: 0, happenedBelow: below.happenedBelow + below.happened, notBelow: below.notBelow + below.not }
      steps.push(step)
    }
    step[side]++
  })
  return steps
}

/** Spread of each person's placement among the other group. */
function standardErrorOf(steps: readonly Step[], happened: number, not: number, value: number): number {
  let spreadOfHappened = 0
  let spreadOfNot = 0
  for (const step of steps) {
    const placement = (step.notBelow + step.not / 2) / not
    const placementOfNot = (happened - step.happenedBelow - step.happened / 2) / happened
    spreadOfHappened += step.happened * (placement - value) ** 2
    spreadOfNot += step.not * (placementOfNot - value) ** 2
  }
  return Math.sqrt(spreadOfHappened / (happened - 1) / happened + spreadOfNot / (not - 1) / not)
}

const around = (value: number, standardError: number): Interval => ({
  from: Math.max(0, value - Z_95 * standardError),
  to: Math.min(1, value + Z_95 * standardError),
})
