import SchemaBuilder from '@pothos/core'
import ErrorsPlugin from '@pothos/plugin-errors'
import RelayPlugin from '@pothos/plugin-relay'
import type { Context } from './context.ts'
import { DomainError, IdempotencyKeyReused, InvalidInput, InvalidMove, NotAllowed, NotFound, StaleVersion } from './errors.ts'
import { globalId, parseGlobalId } from './ids.ts'
import { scalars } from './scalars.ts'

type Text = { Input: string; Output: string }

/** The one schema builder. Slices add their types to it when they are imported by `schema.ts`. */
export const builder = new SchemaBuilder<{
  Context: Context
  DefaultFieldNullability: false
  DefaultEdgesNullability: { items: false; list: false }
  DefaultNodeNullability: false
  Scalars: {
    ID: { Input: string; Output: string }
    Day: Text
    Instant: Text
    ShortText: Text
    LongText: Text
    ExactText: Text
    IdempotencyKey: Text
  }
}>({
  plugins: [ErrorsPlugin, RelayPlugin],
  defaultFieldNullability: false,
  errors: { directResult: true },
  relay: {
    encodeGlobalID: (type, id) => globalId(type, String(id)),
    decodeGlobalID: (id) => {
      const parsed = parseGlobalId(id)
      return { typename: parsed?.type ?? '', id: parsed?.id ?? '' }
    },
    nodeTypeOptions: { description: 'Anything that can be read again by its id.' },
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    edgesFieldOptions: { nullable: { items: false, list: false } },
    nodeFieldOptions: { nullable: false },
    pageInfoTypeOptions: { description: 'Where a page stands in its list.' },
  },
})

for (const [name, scalar] of Object.entries(scalars)) builder.scalarType(name as keyof typeof scalars, scalar)

/** Every refusal in the schema has these three fields. */
export const RefusalInterface = builder.interfaceRef<DomainError>('Refusal').implement({
  description: 'Why nothing was changed, in a form a program can branch on and a person can read.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable, in kebab case. Branch on this, or on the type.' }),
    message: t.exposeString('message', { description: 'What was refused, in one line.' }),
    help: t.exposeString('help', { nullable: true, description: 'What to do next.' }),
  }),
})

const simple = { interfaces: [RefusalInterface] as [typeof RefusalInterface] }
builder.objectType(NotFound, {
  ...simple,
  name: 'NotFound',
  description: 'It does not exist, or this person may not see it: the answer is the same.',
})
builder.objectType(NotAllowed, { ...simple, name: 'NotAllowed', description: 'Roles or assignments do not allow this change.' })
builder.objectType(IdempotencyKeyReused, {
  ...simple,
  name: 'IdempotencyKeyReused',
  description: 'The same key came with another payload.',
})
builder.objectType(StaleVersion, {
  ...simple,
  name: 'StaleVersion',
  description: 'It was changed since it was read.',
  fields: (t) => ({
    currentVersion: t.exposeInt('currentVersion', { description: 'The version to name in the next attempt, after reading again.' }),
  }),
})
builder.objectType(InvalidMove, {
  ...simple,
  name: 'InvalidMove',
  description: 'The status table has no such step.',
  fields: (t) => ({ allowed: t.exposeStringList('allowed', { description: 'The states that can follow.' }) }),
})
builder.objectType(InvalidInput, {
  ...simple,
  name: 'InvalidInput',
  description: 'An argument is well formed and still wrong.',
  fields: (t) => ({ field: t.exposeString('field', { description: 'Dotted path below the input, `answers.3.lastOccurredOn`.' }) }),
})

/** Puts a slice's own refusal into the schema. */
export const refusalType = (error: new (message: string, help?: string | null) => DomainError, name: string, description: string) =>
  builder.objectType(error, { ...simple, name, description })

/** Refusals that almost every command can end with. */
export const usualRefusals = [NotFound, NotAllowed, InvalidInput, StaleVersion, InvalidMove, IdempotencyKeyReused]

builder.queryType({ description: 'Everything that can be read. Each field says who may call it.' })
builder.mutationType({
  description: 'Everything that can be changed. Each answers with what was changed or with a refusal; nothing is half saved.',
})
