import { readText } from './read-rule-set.ts'
import { UsageFault } from './terminal.ts'

/** A place in a file, as a terminal and an editor write it. `offset` in UTF-16 units from 0. */
export type Place = { path: string; text: string; offset: number }

/** `FILE:LINE:COLUMN`, both from 1. */
export function placeIn(written: string): Place {
  const [, path, line, column] = /^(.+):(\d+):(\d+)$/.exec(written) ?? []
  if (path === undefined) throw new UsageFault(`a place is written FILE:LINE:COLUMN, and not "${written}"`)
  const text = readText(path)
  const lines = text.split('\n')
  const [row, place] = [Number(line) - 1, Number(column) - 1]
  const shown = lines[row]
  if (shown === undefined) throw new UsageFault(`${path} has ${lines.length} lines, and no line ${line}`)
  if (place < 0 || place > shown.length)
    throw new UsageFault(`line ${line} of ${path} has ${shown.length} characters, and no place ${column}`)
  return { path, text, offset: lines.slice(0, row).reduce((sum, each) => sum + each.length + 1, place) }
}
