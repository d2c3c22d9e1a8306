import { type Comparing, type Counting, isConstant, namesRead, type Operand } from '../language/node.ts'
import type { Slot } from '../language/slots.ts'
import { isRecord } from '../language/values.ts'
import type { FactColumns, Source } from './fact-columns.ts'
import type { RulesOfKind } from './rules-of-kind.ts'

/** What a comparison looks at, and all of what it asks of that. */
type Look = { slots: readonly Slot[]; sources: readonly Source[]; meaning: string }

/**
 * What the conditions of one rule set mean, as text: equal for what is equally true of every case, whatever rule set it stands in.
 * Parameters have become their values; what a fact is computed with, and what it may hold, is in the key of its column.
 */
export class Meanings {
  private readonly rules: RulesOfKind
  private readonly facts: FactColumns
  private readonly numberOf: (text: string) => number
  private readonly known: (string | undefined)[] = []
  private readonly looks: (Look | undefined)[] = []

  constructor(rules: RulesOfKind, facts: FactColumns, numberOf: (text: string) => number) {
    this.rules = rules
    this.facts = facts
    this.numberOf = numberOf
  }

  of(node: number): string {
    return (this.known[node] ??= String(this.numberOf(this.written(node))))
  }

  lookOf(literal: number): Look {
    return (this.looks[literal] ??= this.newLook(this.rules.flat.literals[literal]!.part.node as Comparing | Counting))
  }

  slotsUnder(node: number): readonly Slot[] {
    const { literals, groups } = this.rules.flat
    if (literals[node]) return this.lookOf(node).slots
    return [...new Set(groups[node - literals.length]!.of.flatMap((part) => this.slotsUnder(part)))]
  }

  private written(node: number): string {
    const { literals, groups } = this.rules.flat
    const literal = literals[node]
    if (literal) return `${literal.isDenied ? 'not ' : ''}${this.lookOf(node).meaning}`
    const { needed, of } = groups[node - literals.length]!
    return `${needed} of ${of.map((part) => this.of(part)).join()}`
  }

  private newLook(node: Comparing | Counting): Look {
    const slots = [...new Set(namesRead(node))].flatMap((name) => {
      const slot = this.rules.layout.slots.find((each) => each.name === name)
      return slot && slot.filled !== 'constant' ? [slot] : []
    })
    const sources = slots.map((slot) => this.facts.sourceOf(slot, this.rules))
    return { slots, sources, meaning: `${sources.map(({ key }) => key).join('\n')}\n${asked(node)}` }
  }
}

/** Not where and how somebody wrote it. */
function asked(node: Comparing | Counting): string {
  const { subject } = node
  if (node.kind === 'items') return JSON.stringify([subject.constant, node.quantifier, node.where, node.compared], withoutWriting)
  const { operator, negated, operand } = node.test
  return JSON.stringify([subject.constant, node.negated, node.each, operator, negated, sought(operand)])
}

const sought = (operand: Operand): unknown => (isConstant(operand) ? operand.constant : { name: operand.name })

function withoutWriting(key: string, value: unknown): unknown {
  if (key === 'at' || key === 'written' || key === 'type') return undefined
  return isRecord(value) && 'constant' in value ? value['constant'] : value
}
