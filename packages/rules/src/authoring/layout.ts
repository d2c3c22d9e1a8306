/** How a text is laid out, so that what is added looks like what is there. */
export type Layout = { newline: string; indent: string }

/** Longer than this, a value is spread over lines. */
const WIDTH = 140

export function layoutOf(text: string): Layout {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  // The first line that stands deeper than the bracket before it.
  const indent = /[{[][ \t]*\r?\n([ \t]+)\S/.exec(text)?.[1] ?? '  '
  return { newline, indent }
}

/** A value as it would be written behind `column` characters, in a line that begins with `margin`. */
export function written(value: unknown, margin: string, column: number, layout: Layout): string {
  const inLine = inOneLine(value)
  if (typeof value !== 'object' || value === null || column + inLine.length < WIDTH) return inLine
  const inner = margin + layout.indent
  const lines = Array.isArray(value)
    ? value.map((each) => inner + written(each, inner, inner.length, layout))
    : Object.entries(value).map(([key, held]) => {
        const start = `${inner}${JSON.stringify(key)}: `
        return start + written(held, inner, start.length, layout)
      })
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}${layout.newline}${lines.join(`,${layout.newline}`)}${layout.newline}${margin}${close}`
}

function inOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([key, held]) => `${JSON.stringify(key)}: ${inOneLine(held)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}
