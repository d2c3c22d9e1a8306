import type { Offer } from './names.ts'

export type JsonSchema = { readonly [keyword: string]: unknown }

/** An object with these properties, all of them and no other. */
export const closed = (properties: JsonSchema, besides: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...besides,
})

/** A choice that an editor offers, with what it says of each. */
export const offered = (offers: readonly Offer[]): JsonSchema => ({
  enum: offers.map(({ name }) => name),
  enumDescriptions: offers.map(({ words }) => words),
})

/** Offered, and anything else of this form accepted: it may be defined in the document that is being written. */
export const offeredBeside = (offers: readonly Offer[], otherwise: JsonSchema): JsonSchema =>
  offers.length === 0 ? otherwise : { anyOf: [offered(offers), otherwise] }

/** What holds only where something else does. */
export const whereSo = (condition: JsonSchema, consequence: JsonSchema): JsonSchema => ({
  if: condition,
  // oxlint-disable-next-line no-thenable -- a keyword of JSON Schema, and nothing that is awaited
  then: consequence,
})
