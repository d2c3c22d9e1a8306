import type { Plan } from '../kinds/risk/plan.ts'
import type { AnswerColumns } from './answer-columns.ts'

/** For each form its points with every open answer absent, and with every one present. */
export type Totals = { least: Int32Array; most: Int32Array }

/** A column of how often a weight counts, and the weight. Negative: what it counted before is taken away. */
type Term = { spans: Uint8Array; weight: number }

/** What fits into a word with a sign. */
const MOST_POINTS = 2 ** 30

/** Points of many forms. Of another instrument only what weighs otherwise is added up anew. */
export class FormTotals {
  private readonly answers: AnswerColumns
  private readonly base: Totals
  private readonly baseTerms: readonly Term[]
  /** Of the instrument asked about last. */
  private readonly last: Totals

  constructor(answers: AnswerColumns, size: number, plan: Plan) {
    this.answers = answers
    this.baseTerms = this.termsOf(plan)
    const nothing = { least: new Int32Array(size), most: new Int32Array(size) }
    this.base = { least: new Int32Array(size), most: new Int32Array(size) }
    this.last = { least: new Int32Array(size), most: new Int32Array(size) }
    add(nothing, this.baseTerms, this.base)
  }

  /** Good until the next call. */
  of(plan: Plan): Totals {
    const changes = changesBetween(this.baseTerms, this.termsOf(plan))
    if (changes.length === 0) return this.base
    add(this.base, changes, this.last)
    return this.last
  }

  private termsOf({ factors, windows, fullOf }: Plan): Term[] {
    if (fullOf > MOST_POINTS) throw new RangeError(`an instrument of ${fullOf} points is too large to be indexed: at most ${MOST_POINTS}`)
    this.answers.read(factors.map(({ id }) => id))
    return factors.map(({ id, window, isStatic, weight }) => ({ spans: this.answers.spans(id, windows[window]!, isStatic), weight }))
  }
}

function changesBetween(before: readonly Term[], after: readonly Term[]): Term[] {
  const changes = new Map<Uint8Array, number>()
  for (const { spans, weight } of after) changes.set(spans, (changes.get(spans) ?? 0) + weight)
  for (const { spans, weight } of before) changes.set(spans, (changes.get(spans) ?? 0) - weight)
  return [...changes].flatMap(([spans, weight]) => (weight === 0 ? [] : [{ spans, weight }]))
}

/** Four columns at a time: what costs is walking through the totals. */
function add(totals: Totals, terms: readonly Term[], into: Totals): void {
  const none: Term = { spans: terms[0]!.spans, weight: 0 }
  for (let at = 0; at < terms.length; at += 4) {
    const four = [0, 1, 2, 3].map((next) => terms[at + next] ?? none)
    const from = at === 0 ? totals : into
    addFour(from.least, from.most, four, into)
  }
}

function addFour(least: Int32Array, most: Int32Array, four: readonly Term[], into: Totals): void {
  const [a, b, c, d] = four.map(({ spans }) => spans) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  const [p, q, r, s] = four.map(({ weight }) => weight) as [number, number, number, number]
  const { least: lowest, most: highest } = into
  for (let form = 0; form < lowest.length; form++) {
    const u = a[form]!
    const v = b[form]!
    const w = c[form]!
    const x = d[form]!
    lowest[form] = least[form]! + Math.imul(u & 3, p) + Math.imul(v & 3, q) + Math.imul(w & 3, r) + Math.imul(x & 3, s)
    highest[form] = most[form]! + Math.imul(u >> 2, p) + Math.imul(v >> 2, q) + Math.imul(w >> 2, r) + Math.imul(x >> 2, s)
  }
}
