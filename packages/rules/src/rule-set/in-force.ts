import type { Day } from '../language/facts.ts'

/**
 * The version in force on a day: from its `effectiveFrom`, that day included, until the day before the next one's.
 * None may be: that is an answer. Two that begin on the same day are refused, whatever day is asked for.
 */
export function inForceOn<Version extends { effectiveFrom: Day }>(versions: readonly Version[], day: Day): Version | undefined {
  const inOrder = versions.toSorted((one, other) =>
    one.effectiveFrom < other.effectiveFrom ? -1 : one.effectiveFrom > other.effectiveFrom ? 1 : 0,
  )
  const tied = inOrder.find((version, index) => inOrder[index + 1]?.effectiveFrom === version.effectiveFrom)
  if (tied) throw new RangeError(`two versions are in force from ${tied.effectiveFrom}: give one of them another day`)
  return inOrder.findLast((version) => version.effectiveFrom <= day)
}
