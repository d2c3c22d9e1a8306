import type { Program, Slots } from '../language/program.ts'

/** Facts that a kind adds up, and the count behind each. */
export type CountFacts<Counts> = Readonly<Record<string, { count: keyof Counts }>>

/** Puts counts, or unknown, where a program reads them. Undefined when it reads none. */
export function putCounts<Counts>(
  facts: CountFacts<Counts>,
  program: Program,
): ((slots: Slots, counts: Counts | null) => void) | undefined {
  const read = program.factNames.filter((name) => Object.hasOwn(facts, name))
  if (read.length === 0) return undefined
  const places = read.map((name) => ({ slot: program.slotOf(name), count: facts[name]!.count }))
  return (slots, counts) => {
    for (const { slot, count } of places) slots[slot] = counts && counts[count]
  }
}
