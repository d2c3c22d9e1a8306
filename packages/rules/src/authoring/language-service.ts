import type { LanguageService, TextDocument } from 'vscode-json-languageservice'
import { readText } from './read-text.ts'
import { type JsonSchema, schemaOf } from './schema.ts'
import { writtenAt } from './written-at.ts'

type Peer = typeof import('vscode-json-languageservice')

/** Something that can be written at a place. */
export type Completion = {
  /** What is shown: the name or value itself. */
  label: string
  /** What it means: label, unit, bounds and source from the rule set, where there are some. Plain text. */
  words: string
  /** The text between these offsets is replaced (`to` does not count) … */
  from: number
  to: number
  /** … by this. */
  insert: string
}

/** What the thing at a place means. Plain text; `to` does not count. */
export type Hint = { words: string; from: number; to: number }

/**
 * What may be written at `offset` (UTF-16 units from 0): facts, operators and values that fit the fact, parameters, event types and
 * what comes with them, rules to replace or remove, kinds, bands. From the document itself, broken or not, and what it extends.
 *
 * @throws Error where vscode-json-languageservice, an optional peer of this package, is not installed
 */
export async function complete(text: string, offset: number, parents: readonly string[] = []): Promise<Completion[]> {
  const { service, document, json } = await serviceFor(text, parents, writtenAt(text, offset))
  const list = await service.doComplete(document, document.positionAt(offset), json)
  return (list?.items ?? []).flatMap((item) => {
    const edit = item.textEdit
    if (!edit || !('range' in edit)) return []
    const words = typeof item.documentation === 'string' ? item.documentation : (item.documentation?.value ?? '')
    const range = { from: document.offsetAt(edit.range.start), to: document.offsetAt(edit.range.end) }
    return [{ label: item.label.replaceAll(/^"|"$/g, ''), words, ...range, insert: plainInsert(edit.newText) }]
  })
}

/**
 * What stands at `offset`, in words: a fact with its label, type and source, an operator, a parameter with its bounds, a rule.
 * Undefined where there is nothing to say.
 *
 * @throws Error where vscode-json-languageservice, an optional peer of this package, is not installed
 */
export async function hover(text: string, offset: number, parents: readonly string[] = []): Promise<Hint | undefined> {
  const written = writtenAt(text, offset)
  // What stands beside a key in the catalogue is known by it.
  const { service, document, json } = await serviceFor(text, parents, written.isKey ? { from: 0, to: 0 } : written)
  const found = await service.doHover(document, document.positionAt(offset), json)
  const said = found ? [found.contents].flat().map((part) => (typeof part === 'string' ? part : part.value)) : []
  const words = said.map(withoutMarkdown).join('\n').trim()
  if (!found?.range || words === '') return undefined
  return { words, from: document.offsetAt(found.range.start), to: document.offsetAt(found.range.end) }
}

async function serviceFor(text: string, parents: readonly string[], { from, to }: { from: number; to: number }) {
  const { getLanguageService, TextDocument } = await peer()
  const around = [text.slice(0, from), text.slice(to), ...parents]
  const service = remembered(around, () => {
    const { ruleSet, inherited } = readText(text, parents)
    return serviceOf(schemaOf(ruleSet, inherited), getLanguageService)
  })
  const document: TextDocument = TextDocument.create(DOCUMENT, 'json', 1, text)
  return { service, document, json: service.parseJSONDocument(document) }
}

function serviceOf(schema: JsonSchema, getLanguageService: Peer['getLanguageService']): LanguageService {
  const service = getLanguageService({
    // Whatever schema the document names, this one knows more.
    schemaRequestService: () => Promise.resolve(JSON.stringify({ $ref: SCHEMA })),
    clientCapabilities: { textDocument: { completion: { completionItem: { documentationFormat: ['plaintext'] } } } },
  })
  service.configure({ allowComments: false, schemas: [{ uri: SCHEMA, fileMatch: ['*'], schema }] })
  return service
}

/**
 * What is offered for a word does not depend on that word, and while somebody types nothing else changes: so what was made of the text
 * around it serves every letter. The last few are kept, for as many documents.
 */
function remembered(around: readonly string[], make: () => LanguageService): LanguageService {
  const isSame = ({ around: before }: Kept) => before.length === around.length && before.every((part, index) => part === around[index])
  const found = kept.find(isSame) ?? { around, service: make() }
  kept = [found, ...kept.filter((each) => each !== found)].slice(0, MOST_KEPT)
  return found.service
}

type Kept = { around: readonly string[]; service: LanguageService }
let kept: readonly Kept[] = []
const MOST_KEPT = 4

/** As a CommonJS module it stands under `default` in Node, and under its own names where a bundler took its other form. */
async function peer(): Promise<Peer> {
  try {
    const module: Peer & { default?: Peer } = await import('vscode-json-languageservice')
    return module.default ?? module
  } catch (cause) {
    throw new Error('this needs vscode-json-languageservice, which is not installed: npm install vscode-json-languageservice@5', { cause })
  }
}

/** A snippet as plain text: `$1` and `${1:…}` mark where the cursor would go. */
const plainInsert = (snippet: string): string =>
  snippet.replaceAll(
    /\\([\\$}])|\$\{\d+:?((?:[^\\}]|\\.)*)\}|\$\d+/g,
    (_all, escaped: string | undefined, placeholder: string | undefined) => escaped ?? (placeholder ?? '').replaceAll(/\\([\\$}])/g, '$1'),
  )

/** The service escapes plain descriptions as Markdown. */
const withoutMarkdown = (text: string): string =>
  text
    .replaceAll(/&nbsp;/g, ' ')
    .replaceAll(/\\([\\`*_{}[\]()<>#+\-.!])/g, '$1')
    .replaceAll(/\\\n/g, '\n')

const DOCUMENT = 'plumbline://rule-set.json'
const SCHEMA = 'plumbline://rule-set.schema.json'
