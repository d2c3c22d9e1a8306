import { countsInto, isAttendanceFact } from '../kinds/attendance/filler.ts'
import { attendanceParameters } from '../kinds/attendance/register.ts'
import { type Truth, UNKNOWN } from '../language/truth.ts'
import type { Truths } from './bitmaps.ts'
import { truthsBy } from './column.ts'
import type { FactColumns, Source } from './fact-columns.ts'
import { LastUsed } from './last-used.ts'
import { Meanings } from './meanings.ts'
import type { PossibleCounts } from './register-columns.ts'
import type { RulesOfKind } from './rules-of-kind.ts'

/** So much of what was found is kept for the next rule set; and so many conditions at the least and at the most. */
const MAXIMUM_BYTES = 32_000_000
const [FEWEST, MOST] = [256, 2048]

/**
 * The truth of rules over many cases. A comparison is made once for each distinct value, by its own evaluator; groups are operations
 * on words. What was found is remembered by its meaning, so that another rule set pays only for what is new in it.
 */
export class RuleTruths {
  private readonly facts: FactColumns
  private readonly found: LastUsed<string, Truths>
  private readonly numbers: LastUsed<string, number>
  private nextNumber = 0

  constructor(facts: FactColumns) {
    const { bits } = facts
    this.facts = facts
    const many = Math.max(FEWEST, Math.min(MOST, Math.floor(MAXIMUM_BYTES / (1 + bits.cases / 4))))
    this.found = new LastUsed(many, ({ yes, no }) => {
      bits.letGo(yes)
      bits.letGo(no)
    })
    this.numbers = new LastUsed(8 * many)
  }

  /** In the order of the program. */
  of(rules: RulesOfKind): Truths[] {
    const asked = new Asked(rules, this.facts, this)
    return rules.flat.roots.map((root, index) => asked.rule(root, index))
  }

  remembered(meaning: string, find: () => Truths): Truths {
    return this.found.get(meaning, () => {
      const { yes, no } = find()
      return { yes: this.facts.bits.hold(yes), no: this.facts.bits.hold(no) }
    })
  }

  /** A number in place of a long text. Of one that was forgotten it is a new one. */
  numberOf(text: string): number {
    return this.numbers.get(text, () => this.nextNumber++)
  }
}

/** The rules of one rule set, while they are asked. */
class Asked {
  private readonly rules: RulesOfKind
  private readonly facts: FactColumns
  private readonly memory: RuleTruths
  private readonly meanings: Meanings

  constructor(rules: RulesOfKind, facts: FactColumns, memory: RuleTruths) {
    this.rules = rules
    this.facts = facts
    this.memory = memory
    this.meanings = new Meanings(rules, facts, (text) => memory.numberOf(text))
  }

  rule(root: number, index: number): Truths {
    const reads = this.rules.kind === 'attendance' && this.meanings.slotsUnder(root).some(({ name }) => isAttendanceFact(name))
    return reads ? this.byCounts(root, index) : this.truths(root)
  }

  private truths(node: number): Truths {
    const { literals, groups } = this.rules.flat
    if (literals[node]) return this.literal(node)
    const { needed, of } = groups[node - literals.length]!
    return this.memory.remembered(this.meanings.of(node), () => {
      const parts = of.map((part) => this.truths(part))
      const [yes, no] = [parts.map((part) => part.yes), parts.map((part) => part.no)]
      return { yes: this.facts.bits.atLeast(needed, yes), no: this.facts.bits.atLeast(of.length - needed + 1, no) }
    })
  }

  private literal(node: number): Truths {
    const { part, isDenied } = this.rules.flat.literals[node]!
    const { slots, sources, meaning } = this.meanings.lookOf(node)
    const { yes, no } = this.memory.remembered(meaning, () => {
      const filled = this.rules.layout.blank()
      const [only] = slots
      if (only && slots.length === 1) {
        const truthOf = (value: unknown) => {
          filled[only.index] = value
          return part.truth(filled)
        }
        return truthsBy(sources[0]!.column(), truthOf, this.facts.bits)
      }
      const truthOf = (values: readonly unknown[]) => {
        slots.forEach(({ index }, place) => (filled[index] = values[place]))
        return part.truth(filled)
      }
      return truthsBy(this.facts.joined(sources), truthOf, this.facts.bits)
    })
    return isDenied ? { yes: no, no: yes } : { yes, no }
  }

  /** Where outcomes are unrecorded, a rule on attendance is true or false only when every way of recording them agrees. */
  private byCounts(root: number, index: number): Truths {
    const { program, layout, ruleSet } = this.rules
    const parameters = attendanceParameters(ruleSet.document)
    const slots = this.meanings.slotsUnder(root)
    const names = slots.flatMap(({ name }) => (isAttendanceFact(name) ? [name] : [])).sort()
    const others = slots.filter(({ name }) => !isAttendanceFact(name))
    const possible: Source = {
      key: JSON.stringify(['possible', names, parameters]),
      column: () => this.facts.registers.possible(names, parameters),
    }
    return this.memory.remembered(`${possible.key} ${this.meanings.of(root)}`, () => {
      const put = countsInto(program)!
      const filled = layout.blank()
      const truthOf = (values: readonly unknown[]) => {
        const [sets, ...held] = values as readonly [PossibleCounts, ...unknown[]]
        others.forEach((slot, place) => (filled[slot.index] = held[place]))
        return agreed([...(sets?.values() ?? [null])], (counts) => {
          put(filled, counts)
          return program.truth(filled, index)
        })
      }
      const column = this.facts.joined([possible, ...others.map((slot) => this.facts.sourceOf(slot, this.rules))])
      return truthsBy(column, truthOf, this.facts.bits)
    })
  }
}

function agreed<Value>(values: readonly Value[], truthOf: (value: Value) => Truth): Truth {
  const [first, ...others] = values.map(truthOf)
  return others.every((truth) => truth === first) ? first! : UNKNOWN
}
