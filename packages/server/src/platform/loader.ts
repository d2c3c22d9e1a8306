import type { Actor } from './actor.ts'
import type { Tx } from './db/database.ts'

/** How many rows are read at once for many keys: one statement for any number of keys. The object itself is the identity of the loader. */
export type LoaderDefinition<Key, Value> = {
  /** Values in the order of the keys. */
  batch(tx: Tx, actor: Actor, keys: readonly Key[]): Promise<Value[]>
}

export const loader = <Key, Value>(batch: LoaderDefinition<Key, Value>['batch']): LoaderDefinition<Key, Value> => ({ batch })

/** One row or null per key, by a column of the row. */
export const oneEach = <Row, Key>(keys: readonly Key[], rows: readonly Row[], keyOf: (row: Row) => Key): (Row | null)[] => {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]))
  return keys.map((key) => byKey.get(key) ?? null)
}

/** All rows of each key, in the order they came. */
export const manyEach = <Row, Key>(keys: readonly Key[], rows: readonly Row[], keyOf: (row: Row) => Key): Row[][] => {
  const byKey = new Map<Key, Row[]>(keys.map((key) => [key, []]))
  for (const row of rows) byKey.get(keyOf(row))?.push(row)
  return keys.map((key) => byKey.get(key) ?? [])
}
