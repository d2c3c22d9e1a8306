import { styleText } from 'node:util'

/** Where a command writes and what it may ask the machine. */
export type Terminal = {
  out(text: string): void
  error(text: string): void
  colour: boolean
  /** Used only where a command is not told a day. */
  today(): string
  /** Shows how far a long piece of work has come. Left out where nobody watches. */
  progress?(done: number, of: number): void
}

/** A terminal that is never commanded by what stands in a file: of control characters only line breaks, tabs and our own colours get through. */
export const guarded = (terminal: Terminal): Terminal => ({
  ...terminal,
  out: (text) => terminal.out(printable(text, terminal.colour)),
  error: (text) => terminal.error(printable(text, terminal.colour)),
})

function printable(text: string, colour: boolean): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/\u001B\[\d{1,2}m|[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, (found) =>
    found.length > 1 && colour ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}${found.slice(1)}`,
  )
}

/** What a command came to: 0 fine, 1 the rule set is at fault, 2 the call is. */
export type ExitCode = 0 | 1 | 2

type Style = 'green' | 'red' | 'yellow' | 'bold' | 'dim'
export const paint = (terminal: Terminal, style: Style, text: string): string =>
  terminal.colour ? styleText(style, text, { validateStream: false }) : text

/** The call cannot be carried out: a file that is not there, a word nobody knows. */
export class UsageFault extends Error {
  override name = 'UsageFault'
}

/** Breaks a sentence into lines of at most `width` characters, each after `indent`. */
export function wrapped(text: string, indent: string, width = 100): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width - indent.length) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines.map((line, index) => `${index === 0 ? indent : `${indent}  `}${line}`).join('\n')
}
