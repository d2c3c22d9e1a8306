/** Where a bracket is missing, or stands too much, to judge by how the lines are indented. */
export type Astray = { is: 'missing'; bracket: '}' | ']'; at: number; openedAt: number } | { is: 'surplus'; at: number }

type Open = { bracket: '{' | '['; at: number; line: number; indent: number }

/**
 * The first line that says something about its indentation which the brackets before it contradict: a closing bracket that stands
 * deeper or less deep than the line it closes, or a further line no deeper than the one that opened. Undefined where none does.
 */
export function bracketAstray(text: string): Astray | undefined {
  const open: Open[] = []
  let line = 0
  let start = 0
  for (const piece of text.split('\n')) {
    const indent = piece.search(/\S/)
    const first = piece.trim()[0]
    const top = open.at(-1)
    if (indent >= 0 && top && top.line < line) {
      const closes = first === '}' || first === ']'
      if (closes ? indent < top.indent : indent <= top.indent) return missingBefore(text, start, top)
      if (closes && indent > top.indent) return { is: 'surplus', at: start + indent }
    }
    follow(piece, start, line, Math.max(0, indent), open)
    start += piece.length + 1
    line++
  }
  return undefined
}

/** All that stand open at the end, as what would close them. */
export function closersFor(text: string): string {
  const open: Open[] = []
  let start = 0
  for (const piece of text.split('\n')) {
    follow(piece, start, 0, 0, open)
    start += piece.length + 1
  }
  return open
    .toReversed()
    .map(({ bracket }) => CLOSING[bracket])
    .join('')
}

/** Behind what the line above holds, in front of its comma. */
function missingBefore(text: string, lineStart: number, { bracket, at }: Open): Astray {
  let end = lineStart
  while (end > 0 && /[\s,]/.test(text[end - 1] ?? '')) end--
  return { is: 'missing', bracket: CLOSING[bracket], at: end, openedAt: at }
}

/** Brackets of one line that stand outside of texts. A text ends with its line at the latest. */
function follow(piece: string, start: number, line: number, indent: number, open: Open[]): void {
  for (const match of piece.matchAll(/"(?:[^"\\]|\\.)*"?|[{}[\]]/g)) {
    const [bracket] = match
    if (bracket === '{' || bracket === '[') open.push({ bracket, at: start + match.index, line, indent })
    else if (bracket === '}' || bracket === ']') open.pop()
  }
}

const CLOSING = { '{': '}', '[': ']' } as const
