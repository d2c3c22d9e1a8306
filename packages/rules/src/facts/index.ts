/** What facts a rule set takes: for programs that receive them (a Standard Schema), and for programs that write them (TypeScript). */
export { factsSchema, type FactsIssue, type FactsSchema } from './facts-schema.ts'
export { typesOf } from './types-of.ts'
