import { type RuleSet } from '../../src/index.ts'
import { load } from '../../src/load.ts'
import { type ShippedId, shippedText } from './shipped.ts'

type Loose = { [key: string]: Loose }

/** A shipped rule set with something changed in its document. Its own examples are left out: they need not hold any more. */
export function draftOf(id: ShippedId, edit: (document: Loose) => void): RuleSet {
  const document = JSON.parse(shippedText(id)) as Loose
  delete document['examples']
  edit(document)
  return loadedText(JSON.stringify(document))
}

/** Core with locks taken off, to change what nobody may change. */
export const coreDraft = (edit: (document: Loose) => void): RuleSet => draftOf('core', edit)

export function loadedText(text: string): RuleSet {
  const result = load(text, [shippedText('core'), shippedText('step-by-step'), shippedText('cdars-phoenix')])
  if (!result.ok) throw new Error(JSON.stringify(result.issues, null, 1))
  return result.ruleSet
}

/** Sets a value deep in a document. */
export function put(document: Loose, path: string, value: unknown): void {
  const names = path.split('/')
  const last = names.pop() ?? ''
  let at = document
  for (const name of names) at = at[name] ??= {} as Loose
  if (value === undefined) delete at[last]
  else at[last] = value as Loose
}

export type { Loose }
