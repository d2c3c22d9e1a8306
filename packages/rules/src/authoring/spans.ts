import { escaped } from '../language/pointer.ts'

/** Where something stands, in UTF-16 units from 0; `to` does not count. `key` is where its key begins, in an object. */
export type Span = { from: number; to: number; key?: number; keys: string[] }

/** By JSON pointer, of a text that `parseJson` accepts. `keys` are those of an object, as written and in the order of the text. */
export function spansOf(text: string): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>()
  const tokens = text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,\ufeff]+/g)
  read(tokens, '', undefined, spans)
  return spans
}

type Tokens = RegExpStringIterator<RegExpExecArray>
type Token = { text: string; from: number; to: number }

function next(tokens: Tokens): Token {
  const match = tokens.next().value
  return match ? { text: match[0], from: match.index, to: match.index + match[0].length } : { text: '', from: 0, to: 0 }
}

/** Reads one value and gives where it ends. */
function read(tokens: Tokens, pointer: string, key: number | undefined, spans: Map<string, Span>, first = next(tokens)): number {
  const span: Span = { from: first.from, to: first.to, keys: [], ...(key === undefined ? {} : { key }) }
  spans.set(pointer, span)
  if (first.text === '{' || first.text === '[') span.to = readMembers(tokens, pointer, span, first.text === '{', spans)
  return span.to
}

function readMembers(tokens: Tokens, pointer: string, span: Span, isObject: boolean, spans: Map<string, Span>): number {
  for (let index = 0, token = next(tokens); token.text !== ''; token = next(tokens)) {
    if (token.text === '}' || token.text === ']') return token.to
    if (token.text === ',') continue
    const name = isObject ? (JSON.parse(token.text) as string) : String(index++)
    if (isObject) {
      span.keys.push(name)
      next(tokens)
      read(tokens, `${pointer}/${escaped(name)}`, token.from, spans)
    } else read(tokens, `${pointer}/${name}`, undefined, spans, token)
  }
  return span.to
}
