import { isAttendanceFact } from '../kinds/attendance/filler.ts'
import { attendanceParameters } from '../kinds/attendance/register.ts'
import {
  isMeasureFact,
  type MeasureCounts,
  knownMeasureCounts,
  measureFact,
  measuresTaken,
  namedMeasures,
  showsImprovement,
} from '../kinds/completion/measures.ts'
import { isDay } from '../language/civil-day.ts'
import { basesOf } from '../language/derivation.ts'
import { formOfFact } from '../diff/other.ts'
import type { DecisionInput, FactDefinition, ValueType } from '../language/facts.ts'
import { isItem } from '../language/scope.ts'
import type { Slot } from '../language/slots.ts'
import { FALSE, TRUE } from '../language/truth.ts'
import { isRecord, ownField } from '../language/values.ts'
import { AnswerColumns } from './answer-columns.ts'
import { type Bitmap, Bitmaps } from './bitmaps.ts'
import { type Column, columnOf, joined, recoded, truthsBy } from './column.ts'
import { RegisterColumns } from './register-columns.ts'
import type { RulesOfKind } from './rules-of-kind.ts'

/** A column that may not be made yet. Of equal keys the columns are equal, whichever rule set asks. */
export type Source<Value = unknown> = { key: string; column: () => Column<Value> }

/** What cases hold, as the rules read it: what is not of its type is unknown. Each column is made when it is first asked for. */
export class FactColumns {
  readonly bits: Bitmaps
  readonly answers: AnswerColumns
  readonly registers: RegisterColumns
  private readonly inputs: readonly DecisionInput[]
  private readonly made = new Map<string, Column>()

  constructor(inputs: readonly DecisionInput[]) {
    this.inputs = inputs
    this.bits = new Bitmaps(inputs.length)
    this.answers = new AnswerColumns(inputs, this.bits)
    this.registers = new RegisterColumns(inputs)
  }

  sourceOf(slot: Slot, rules: RulesOfKind): Source {
    const { document } = rules.ruleSet
    const { name, type } = slot
    if (slot.filled === 'asOf') return this.source(name, () => this.each(({ asOf }) => (isDay(asOf) ? asOf : null)))
    if (slot.filled === 'derived') return this.derived(slot, rules)
    const plan = rules.ruleSet.kinds.risk.plan()
    const factor = plan?.factors.find(({ names }) => names.answer === name || names.window === name)
    if (plan && factor) {
      if (factor.names.answer === name) return { key: name, column: () => this.answers.answer(factor.id) }
      const months = plan.windows[factor.window]!
      return { key: `${name} ${months}`, column: () => this.answers.window(factor.id, months) }
    }
    if (isAttendanceFact(name)) {
      const parameters = attendanceParameters(document)
      return { key: JSON.stringify([name, parameters]), column: () => this.registers.fact(name, parameters) }
    }
    if (isMeasureFact(name)) {
      const named = namedMeasures(document)
      return this.source(JSON.stringify([name, named]), () => recoded(this.measures(named), (counts) => measureFact(name, counts), itself))
    }
    if (slot.filled !== 'supplied' || slot.byKind) return this.source('null', () => this.each(() => null))
    const { read } = slot
    return this.source(JSON.stringify([name, formOfFact(type as FactDefinition)]), () =>
      this.each(({ facts }) => read(Object.hasOwn(facts, name) ? (facts[name] ?? null) : null), keyFor(type)),
    )
  }

  /** Several as one: its values are lists of a value of each. */
  joined(sources: readonly Source[]): Column<readonly unknown[]> {
    return this.source(`joined ${sources.map(({ key }) => key).join('\n')}`, () =>
      joined(
        sources.map(({ column }) => column()),
        this.inputs.length,
      ),
    ).column()
  }

  /** Where a measure that counts shows improvement. */
  improved(named: readonly string[]): Bitmap {
    const shows = this.source(JSON.stringify(['improved', named]), () =>
      this.each((input) => showsImprovement(measuresTaken(input, named) ?? [])),
    )
    return truthsBy(shows.column(), (value) => (value ? TRUE : FALSE), this.bits).yes
  }

  private measures(named: readonly string[]): Column<MeasureCounts | null> {
    return this.source(JSON.stringify(['measures', named]), () =>
      this.each(
        (input) => knownMeasureCounts(input, named),
        (counts) => JSON.stringify(counts),
      ),
    ).column()
  }

  private derived(slot: Slot & { filled: 'derived' }, rules: RulesOfKind): Source {
    const bases = basesOf(slot.derivation).map((name) => rules.layout.slots.find((each) => each.name === name)!)
    const sources = bases.map((base) => this.sourceOf(base, rules))
    const key = JSON.stringify([slot.derivation, formOfFact(slot.type as FactDefinition), sources.map(({ key }) => key)])
    return this.source(key, () => {
      const slots = rules.layout.blank()
      const derived = (values: readonly unknown[]) => {
        bases.forEach(({ index }, place) => (slots[index] = values[place]))
        return slot.derive(slots)
      }
      return recoded(this.joined(sources), derived, itself)
    })
  }

  private each<Value>(valueOf: (input: DecisionInput) => Value, keyOf: (value: Value) => unknown = itself): Column<Value> {
    return columnOf(this.inputs.length, (place) => valueOf(this.inputs[place]!), keyOf)
  }

  private source<Value>(key: string, make: () => Column<Value>): Source<Value> {
    const column = () => {
      const made = (this.made.get(key) as Column<Value> | undefined) ?? make()
      this.made.set(key, made)
      return made
    }
    return { key, column }
  }
}

const itself = (value: unknown): unknown => value

/** A list by what is read of its items. */
function keyFor(type: ValueType): (value: unknown) => unknown {
  if (type.type !== 'list') return itself
  const { of } = type
  const fields = isItem(of) ? Object.keys(of.fields) : undefined
  const textOf = (item: unknown) => (fields && isRecord(item) ? fields.map((field) => ownField(item, field) ?? null) : item)
  return (value) => (Array.isArray(value) ? JSON.stringify(value.map(textOf)) : null)
}
