/** What is being written at a place in a text: a word with its quotation marks, or a bare one. `to` does not count. */
export type Written = {
  from: number
  to: number
  /** Something may be known by this name. */
  isKey: boolean
}

/** Strings of JSON end with their line, so that one that is still open ends there too. */
export function writtenAt(text: string, offset: number): Written {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const next = text.indexOf('\n', offset)
  const line = text.slice(start, next < 0 ? text.length : next)
  const at = offset - start
  const words = [...line.matchAll(/"(?:[^"\\]|\\.)*"?|[\w.+-]+/g)]
  const word = words.find(({ index, 0: written }) => index <= at && at <= index + written.length)
  const from = start + (word?.index ?? at)
  const to = from + (word?.[0].length ?? 0)
  return { from, to, isKey: /^\s*:/.test(text.slice(to, to + 100)) }
}
