import type { Together } from './evaluate.ts'
import type { Slots } from './program.ts'
import { representatives, withValue, type Domain } from './representatives.ts'
import type { Layout } from './slots.ts'
import { type Truth, UNKNOWN } from './truth.ts'

/** Evaluations spent at most on one condition before the answer becomes "might matter". */
const STEPS = 20_000

/**
 * The supplied facts that could change the truth of an unknown condition: with the others left unknown or supplied in some way,
 * this one unknown leaves the condition unknown and this one supplied settles it.
 *
 * Found by search over values that stand for all others (each side of every limit). Where values cannot stand for all others,
 * or the search takes too long, a fact that is unknown in an unknown comparison counts: a question too many, never one too few.
 */
export function dependsOn(part: Together, slots: Slots, layout: Layout): string[] {
  const domains = representatives(part, slots, layout)
  const each = Math.ceil(STEPS / domains.length)
  const found = domains.filter((domain) => matters(domain, domains, { part, slots, layout, budget: { left: each } }))
  return (found.length > 0 ? found : domains).map(({ name }) => name)
}

type Search = { part: Together; slots: Slots; layout: Layout; budget: { left: number } }

function matters(asked: Domain, domains: readonly Domain[], search: Search): boolean {
  const others = domains.filter((domain) => domain !== asked)
  const tried = search.slots.slice()
  const settled = (): boolean => asked.values.some((value) => evaluate(search, withValue(tried, asked.index, value)) !== UNKNOWN)
  /** Supplies the others one by one, as long as the condition stays unknown without the fact asked about. */
  const supply = (from: number): boolean => {
    if (search.budget.left <= 0) return true
    if (evaluate(search, tried) !== UNKNOWN) return false
    if (settled()) return true
    for (let i = from; i < others.length; i++) {
      const other = others[i] as Domain
      const before = tried[other.index]
      for (const value of other.values) {
        tried[other.index] = value
        if (supply(i + 1)) return true
      }
      tried[other.index] = before
    }
    return false
  }
  return supply(0) || !domains.every((domain) => domain.isExhaustive)
}

function evaluate({ part, layout, budget }: Search, slots: Slots): Truth {
  budget.left--
  layout.derive(slots)
  return part.truth(slots)
}
