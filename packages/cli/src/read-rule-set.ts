import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { validate } from '@plumbline/rules/authoring'
import { load, type LoadResult } from '@plumbline/rules/load'
import { UsageFault } from './terminal.ts'

export type ReadRuleSet = { path: string; text: string; result: LoadResult }

/** The folder of the documents that ship with the library. */
const shipped = () => dirname(fileURLToPath(import.meta.resolve('@plumbline/rules/rule-sets/core.json')))

/**
 * Loads a document. What it extends is looked for beside it first, then among those that ship with the library.
 * Where it cannot be used, every mistake is named, not only those that the loader comes to before it stops.
 * @throws UsageFault when the file cannot be read
 */
export function readRuleSet(path: string): ReadRuleSet {
  const text = readText(path)
  const parents = parentsOf(path)
  const result = load(text, parents)
  return { path, text, result: result.ok ? result : { ok: false, issues: validate(text, parents) } }
}

/** The texts of documents that the one in a file may extend. */
export function parentsOf(path: string): string[] {
  const here = resolve(dirname(path))
  const beside = jsonFiles(here)
    .filter((file) => file !== resolve(path))
    .map((file) => readFileSync(file, 'utf8'))
  const parents = new Map<string, string>()
  // Those beside the file come last, so that they win over shipped ones of the same name.
  for (const one of [...jsonFiles(shipped()).map((file) => readFileSync(file, 'utf8')), ...beside]) {
    const name = nameOf(one)
    if (name !== null) parents.set(name, one)
  }
  return [...parents.values()]
}

export function readText(path: string): string {
  try {
    // What an editor marks as UTF-8 with a byte order mark stays so when it is written back.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path))
  } catch (error) {
    if (error instanceof TypeError)
      throw new UsageFault(`${path} is not in UTF-8; save it as UTF-8, so that no letter is taken for another`)
    const code = error instanceof Error && 'code' in error ? error.code : ''
    throw new UsageFault(
      code === 'ENOENT' ? `there is no file ${path}` : code === 'EISDIR' ? `${path} is a folder, not a file` : `${path} cannot be read`,
    )
  }
}

const jsonFiles = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'LOCK.json')
    .sort()
    .map((name) => join(folder, name))

/** `id@version` of a text that looks like a rule set; null for other JSON that happens to lie in the folder. */
function nameOf(text: string): string | null {
  try {
    const { id, version, effectiveFrom } = JSON.parse(text) as Record<string, unknown>
    return typeof id === 'string' && typeof version === 'string' && typeof effectiveFrom === 'string' ? `${id}@${version}` : null
  } catch {
    return null
  }
}
