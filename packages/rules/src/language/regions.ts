import type { ValueType } from './facts.ts'
import { type Comparing, type ConditionNode, isConstant } from './node.ts'

/**
 * The values of one fact, cut where its comparisons cut them: within a region no comparison can tell two values apart.
 * Region 0 is "not known".
 */
export type Regions = {
  /** One value of each region. */
  samples: readonly unknown[]
  /** Numbers or days that are compared with, the least first. Regions are: below the first, it, between it and the next, and so on. */
  limits?: readonly (number | string)[]
  /** The region of a value that has been read. */
  of(value: unknown): number
}

/** Whether a comparison looks at one single value and at nothing else, so that regions can be made for it. */
export const isOfOneValue = (node: ConditionNode): node is Comparing & ConditionNode =>
  node.kind === 'comparison' &&
  !node.each &&
  node.test.type.type !== 'list' &&
  node.test.operator !== 'withinDays' &&
  isConstant(node.test.operand)

export function regionsOf(type: ValueType, nodes: readonly Comparing[]): Regions {
  const compared = nodes.flatMap(({ test: { operand } }) => (isConstant(operand) ? [operand.constant].flat() : []))
  switch (type.type) {
    case 'boolean':
      return ofWords([true, false], [])
    case 'choice':
      return ofWords(type.choices, [])
    case 'integer':
    case 'day':
      return ofLimits(compared as (number | string)[], type.type === 'day' ? '' : Number.NEGATIVE_INFINITY)
    default:
      return ofWords(compared, ['\u0000'])
  }
}

/** Every word by itself, and perhaps all others together. */
function ofWords(compared: readonly unknown[], others: readonly string[]): Regions {
  const words = [...new Set(compared)]
  const other = others.length > 0 ? words.length + 1 : 0
  const of = (value: unknown): number => {
    if (value === null) return 0
    for (let i = 0; i < words.length; i++) if (words[i] === value) return i + 1
    return other
  }
  return { samples: [null, ...words, ...others], of }
}

/** Below the first limit, the limit itself, between it and the next, and so on. */
function ofLimits(compared: readonly (number | string)[], least: number | string): Regions {
  const limits = [...new Set(compared)].sort((one, other) => (one < other ? -1 : 1))
  // Half a number, or a character more, lies between a limit and the next, whatever that is.
  const above = limits.flatMap((limit) => [limit, typeof limit === 'number' ? limit + 0.5 : `${limit}~`])
  const of = (value: unknown): number => {
    if (value === null) return 0
    let region = 1
    for (let i = 0; i < limits.length; i++) {
      const limit = limits[i] as number | string
      if ((value as number | string) < limit) break
      if (value === limit) return region + 1
      region += 2
    }
    return region
  }
  return { samples: [null, least, ...above], limits, of }
}
