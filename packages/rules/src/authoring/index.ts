/** For whoever writes rule sets: mistakes with their place, completion, hints, edits in place. Its own entry point: deciding needs none of it. */
export { schemaOf, type JsonSchema } from './schema.ts'
export { validate, type Mistake } from './validate.ts'
export { complete, hover, type Completion, type Hint } from './language-service.ts'
export type { Issue } from '../issue.ts'
export { addRule, applyEdits, CannotEdit, removeRule, replaceValue, setParameter, type TextEdit } from './edit.ts'
