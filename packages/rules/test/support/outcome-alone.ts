import type { explain } from '../../src/index.ts'

/** What an outcome shows by itself: it, and which rules hold. Neither values, nor what came of a comparison, nor what is to be asked. */
export function outcomeAlone({ decision, rules }: ReturnType<typeof explain>): string {
  const { cannotBeRuledOut, ...others } = decision as unknown as Record<string, unknown>
  const shown = Object.entries(others).filter(([name]) => !ofFacts.includes(name))
  const open = (cannotBeRuledOut as { rule: string }[] | undefined)?.map(({ rule }) => rule)
  return JSON.stringify([shown, open, rules.map(({ rule, result }) => [rule, result])])
}

const ofFacts = [
  ...['contributions', 'score', 'scoreRange', 'scoreBand', 'floors', 'tasks', 'unknown', 'unanswered', 'deciding', 'mayStillFire'],
  ...['needs', 'counts', 'measures', 'named'],
]
