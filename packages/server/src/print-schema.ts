import { lexicographicSortSchema, printSchema } from 'graphql'
import { schema } from './schema.ts'

/** The whole schema in one fixed order: what `schema.graphql` holds. */
export const printedSchema = (): string => `${printSchema(lexicographicSortSchema(schema))}\n`
