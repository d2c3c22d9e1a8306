import { FALSE, TRUE, type Truth } from '../language/truth.ts'
import type { Bitmap, Bitmaps, Truths } from './bitmaps.ts'

/** What each of many cases holds, every distinct value once. */
export type Column<Value = unknown> = {
  values: readonly Value[]
  /** For each case the place of its value. */
  codes: Uint8Array | Int32Array
  /** Where values are few: the cases with each of them. */
  bitmaps?: readonly Bitmap[]
}

/** `keyOf`: equal for values that no condition can tell apart. */
export function columnOf<Value>(cases: number, valueAt: (place: number) => Value, keyOf: (value: Value) => unknown): Column<Value> {
  const known = new Map<unknown, number>()
  const values: Value[] = []
  const codes = new Int32Array(cases)
  for (let place = 0; place < cases; place++) {
    const value = valueAt(place)
    const key = keyOf(value)
    let code = known.get(key)
    if (code === undefined) {
      code = values.push(value) - 1
      known.set(key, code)
    }
    codes[place] = code
  }
  return { values, codes: values.length <= 256 ? Uint8Array.from(codes) : codes }
}

/** A column of what each value comes to. */
export function recoded<From, Value>(
  column: Column<From>,
  valueOf: (value: From) => Value,
  keyOf: (value: Value) => unknown,
): Column<Value> {
  const { values, codes } = columnOf(column.values.length, (code) => valueOf(column.values[code]!), keyOf)
  const found = values.length <= 256 ? new Uint8Array(column.codes.length) : new Int32Array(column.codes.length)
  for (let place = 0; place < found.length; place++) found[place] = codes[column.codes[place]!]!
  return { values, codes: found }
}

/** Several columns as one: its values are lists of a value of each. */
export function joined(columns: readonly Column[], cases: number): Column<readonly unknown[]> {
  const [first, ...others] = columns
  if (!first) return { values: [[]], codes: new Uint8Array(cases) }
  const start: Column<readonly unknown[]> = { values: first.values.map((value) => [value]), codes: first.codes }
  return others.reduce<Column<readonly unknown[]>>((one, other) => {
    const width = other.values.length
    const { values, codes } = columnOf(
      cases,
      (place) => one.codes[place]! * width + other.codes[place]!,
      (pair) => pair,
    )
    const both = (pair: number) => [...one.values[Math.floor(pair / width)]!, other.values[pair % width]]
    return { values: values.map(both), codes }
  }, start)
}

/** With few distinct values a question about them is a few operations on words. */
const FEW = 8

/** What cases come to by what their values come to. Each distinct value is asked once. */
export function truthsBy<Value>(column: Column<Value>, truthOf: (value: Value) => Truth, bits: Bitmaps): Truths {
  const truths = column.values.map(truthOf)
  return { yes: whereIn(column, truths, TRUE, bits), no: whereIn(column, truths, FALSE, bits) }
}

function whereIn(column: Column, truths: readonly Truth[], wanted: Truth, bits: Bitmaps): Bitmap {
  if (!truths.includes(wanted)) return bits.none
  if (truths.length <= FEW) return bits.union(bitmapsOf(column, bits).filter((_, code) => truths[code] === wanted))
  const table = new Uint8Array(truths.length)
  for (let code = 0; code < table.length; code++) table[code] = truths[code] === wanted ? 1 : 0
  return bits.where(column.codes, table)
}

/** The cases with each value. */
export function bitmapsOf(column: Column, bits: Bitmaps): readonly Bitmap[] {
  return (column.bitmaps ??= column.values.map((_, wanted) => {
    const table = new Uint8Array(column.values.length)
    table[wanted] = 1
    return bits.hold(bits.where(column.codes, table))
  }))
}
