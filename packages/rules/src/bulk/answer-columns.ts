import type { Day, DecisionInput } from '../language/facts.ts'
import { isDay } from '../language/civil-day.ts'
import {
  type Answer,
  answerOf,
  type AnswerWord,
  answerWords,
  factorNames,
  firstRecentDay,
  PRESENT,
  windowWords,
} from '../kinds/risk/evidence.ts'
import { pointsOf } from '../kinds/risk/plan.ts'
import type { FactorId } from '../kinds/risk/instrument.ts'
import type { Bitmap, Bitmaps } from './bitmaps.ts'
import { bitmapsOf, type Column, columnOf } from './column.ts'

/** One factor over many forms. `days`: the day it last happened, where one is recorded that is a day. */
type Answers = { column: Column; codes: Uint8Array; days: Column | undefined }

/** What an answer is as a code: none to use first, then the answers from harmless to worst. */
export const OPEN = 0
const answers: readonly (string | null)[] = [null, ...answerWords]
const windows: readonly (string | null)[] = [null, ...windowWords]

/** Answers that may be used, their windows, and how often each counts. The partner's word is left out, as in every decision. */
export class AnswerColumns {
  private readonly inputs: readonly DecisionInput[]
  private readonly bits: Bitmaps
  private readonly known = new Map<FactorId, Answers>()
  private readonly made = new Map<string, unknown>()

  constructor(inputs: readonly DecisionInput[], bits: Bitmaps) {
    this.inputs = inputs
    this.bits = bits
  }

  /** Reads the forms once for all of these. */
  read(factors: readonly FactorId[]): void {
    const wanted = factors
      .filter((id) => !this.known.has(id))
      .map((id) => ({ id, names: factorNames(id), reader: new AnswerReader(this.inputs.length) }))
    if (wanted.length === 0) return
    for (let form = 0; form < this.inputs.length; form++) {
      const { facts } = this.inputs[form]!
      for (const { names, reader } of wanted) {
        const answer = answerOf(facts, names)
        if (answer <= PRESENT) reader.put(form, answer, facts[names.lastOccurredOn])
      }
    }
    for (const { id, reader } of wanted) this.known.set(id, reader.answers())
  }

  /** Null where there is no answer to use. */
  answer(factor: FactorId): Column {
    return this.of(factor).column
  }

  /** The forms with this answer; null is none to use. */
  with(factor: FactorId, answer: AnswerWord | null): Bitmap {
    return bitmapsOf(this.of(factor).column, this.bits)[answers.indexOf(answer)]!
  }

  window(factor: FactorId, months: number): Column {
    return this.remembered(`window ${factor} ${months}`, () => {
      const { codes } = this.of(factor)
      const past = this.historic(factor, months)
      return { values: windows, codes: recoded(codes, past, [0, 1, 2, 2], [0, 1, 3, 3]) }
    })
  }

  /** Where the answer is possible or present, and the last day lies before what is recent. Undefined where that is nowhere. */
  historic(factor: FactorId, months: number): Bitmap | undefined {
    const { days } = this.of(factor)
    if (!days) return undefined
    return this.remembered(`historic ${factor} ${months}`, () => this.bits.hold(historicOf(days, this.asOf(), months)))
  }

  /** For each form how often the weight counts at the least, and 4 times how often at the most. */
  spans(factor: FactorId, months: number, isStatic: boolean): Uint8Array {
    const past = isStatic ? undefined : this.historic(factor, months)
    return this.remembered(`span ${factor} ${past ? months : ''}`, () => spansOf(this.of(factor).codes, past))
  }

  asOf(): Column {
    return this.remembered('asOf', () =>
      columnOf(
        this.inputs.length,
        (form) => this.inputs[form]!.asOf,
        (day) => day,
      ),
    )
  }

  private of(factor: FactorId): Answers {
    this.read([factor])
    return this.known.get(factor)!
  }

  private remembered<Made>(key: string, make: () => Made): Made {
    const made = this.made.has(key) ? (this.made.get(key) as Made) : make()
    this.made.set(key, made)
    return made
  }
}

class AnswerReader {
  private readonly codes: Uint8Array
  private readonly days = new Map<Day, number>()
  private dayCodes: Int32Array | undefined

  constructor(forms: number) {
    this.codes = new Uint8Array(forms)
  }

  put(form: number, answer: Answer, lastOccurredOn: unknown): void {
    this.codes[form] = answer + 1
    if (answer === 0 || typeof lastOccurredOn !== 'string') return
    let code = this.days.get(lastOccurredOn)
    if (code === undefined) {
      if (!isDay(lastOccurredOn)) return
      code = this.days.size + 1
      this.days.set(lastOccurredOn, code)
    }
    this.dayCodes ??= new Int32Array(this.codes.length)
    this.dayCodes[form] = code
  }

  answers(): Answers {
    const { codes, dayCodes } = this
    return { column: { values: answers, codes }, codes, days: dayCodes && { values: [null, ...this.days.keys()], codes: dayCodes } }
  }
}

function historicOf(days: Column, asOf: Column, months: number): Bitmap {
  const inOrder = (days.values.slice(1) as Day[]).sort()
  const rank = new Map(inOrder.map((day, place) => [day, place]))
  const ranks = Int32Array.from(days.values, (day) => (day === null ? inOrder.length : rank.get(day as Day)!))
  const firstRecent = Int32Array.from(asOf.values, (day) => {
    const recentFrom = firstRecentDay(day as Day, months)
    return countBelow(inOrder, recentFrom)
  })
  const past = new Int32Array((days.codes.length + 31) >> 5)
  for (let form = 0; form < days.codes.length; form++) {
    if (ranks[days.codes[form]!]! < firstRecent[asOf.codes[form]!]!) past[form >> 5]! |= 1 << (form & 31)
  }
  return past
}

function countBelow(inOrder: readonly Day[], limit: Day): number {
  let [low, high] = [0, inOrder.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (inOrder[middle]! < limit) low = middle + 1
    else high = middle
  }
  return low
}

function spansOf(codes: Uint8Array, past: Bitmap | undefined): Uint8Array {
  const times = (code: number, window: number) => pointsOf({ weight: 1, isStatic: false }, (code - 1) as Answer, window as 1 | 2)
  const span = (code: number, window: number) => (code === OPEN ? 2 << 2 : times(code, window) * 5)
  const [recent, historic] = [1, 2].map((window) => [0, 1, 2, 3].map((code) => span(code, window))) as [number[], number[]]
  return recoded(codes, past, recent, historic)
}

/** Other codes, by the answer and by whether it lies in the past. */
function recoded(codes: Uint8Array, past: Bitmap | undefined, recent: readonly number[], historic: readonly number[]): Uint8Array {
  const found = new Uint8Array(codes.length)
  const table = Uint8Array.from([...recent, ...historic])
  if (!past) for (let form = 0; form < found.length; form++) found[form] = table[codes[form]!]!
  else for (let form = 0; form < found.length; form++) found[form] = table[codes[form]! + 4 * ((past[form >> 5]! >>> (form & 31)) & 1)]!
  return found
}
