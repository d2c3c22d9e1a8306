import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

// The rules package is found wherever the package manager put it.
const core = createRequire(import.meta.url).resolve('@plumbline/rules/rule-sets/core.json')

/** The text of a document that ships with the rules package, byte for byte; undefined where none has this id. */
export function shippedText(ruleSetId: string): string | undefined {
  if (!/^[a-z][a-z0-9-]*$/.test(ruleSetId)) return undefined
  try {
    return readFileSync(join(core, '..', `${ruleSetId}.json`), 'utf8')
  } catch {
    return undefined
  }
}

/** A document that ships, and those it extends, itself first. Empty where none has this id. */
export function shippedLineage(ruleSetId: string): string[] {
  const text = shippedText(ruleSetId)
  if (text === undefined) return []
  const { extends: parent } = JSON.parse(text) as { extends?: { id: string } }
  return [text, ...(parent && parent.id !== ruleSetId ? shippedLineage(parent.id) : [])]
}

const { name, version } = JSON.parse(readFileSync(join(core, '..', '..', 'package.json'), 'utf8')) as { name: string; version: string }

/** The evaluator a decision was made with, `@plumbline/rules 0.1.0`. Part of its record. */
export const evaluator = `${name} ${version}`
