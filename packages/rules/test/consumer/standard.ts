// The facts as a Standard Schema, taken by code that knows only the standard's types.
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import type { RuleSet } from '@plumbline/rules'
import { factsSchema } from '@plumbline/rules/facts'
import type { Facts } from './core-facts.ts'

declare function form<Schema extends StandardSchemaV1 & StandardJSONSchemaV1>(schema: Schema): StandardSchemaV1.InferOutput<Schema>
declare const ruleSet: RuleSet<Facts>

const facts = form(factsSchema(ruleSet))
export const basis: 'voluntary' | string | null | undefined = facts['referral.basis']
// @ts-expect-error misspelt
export const misspelt = facts['referral.basos']
