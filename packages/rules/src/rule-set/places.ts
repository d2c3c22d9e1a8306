export type Place = { line: number; column: number }
/** Where a value stands in the text, counted from 0, and below it where its members or items do. A plain number for what holds nothing. */
export type Places = number | { at: number; below: Map<string, Places> | Places[] }

/** Where a pointer leads, or the nearest thing around it. A member is found at its key. */
export function nearest(pointer: string, places: Places): number {
  let found = places
  for (const part of pointer.split('/').slice(1)) {
    if (typeof found === 'number') break
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    const next = Array.isArray(found.below) ? (/^\d+$/.test(key) ? found.below[Number(key)] : undefined) : found.below.get(key)
    if (next === undefined) break
    found = next
  }
  return typeof found === 'number' ? found : found.at
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
