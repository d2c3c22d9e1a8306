export type Place = { line: number; column: number }
/** By JSON pointer: where in the text, counted from 0. */
export type Places = Map<string, number>

/** Where a pointer leads, or the nearest thing around it. */
export function nearest(pointer: string, places: Places): number {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const offset = places.get(at)
    if (offset !== undefined) return offset
    if (!at.includes('/')) return 0
  }
}

/** Columns count UTF-16 units, as editors and the language server protocol do. */
export function placeOf(lines: readonly number[], offset: number): Place {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lines[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (lines[low] ?? 0) + 1 }
}

export function lineStarts(text: string): number[] {
  const starts = [0]
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return starts
}
