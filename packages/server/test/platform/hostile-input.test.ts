import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql'
import { beforeAll, describe, expect, test } from 'vitest'
import { roleIds, type Role } from '../../src/domains/providers/index.ts'
import { globalId, newId } from '../../src/platform/ids.ts'
import { schema } from '../../src/schema.ts'
import { database, lane, newWorld, type World } from '../harness/world.ts'

/** What a client could send where text, a day, an id or a number is expected. Some of it is fine for some scalars; none of it may be a fault of ours. */
const hostile: Record<string, unknown[]> = {
  text: [
    '',
    ' ',
    'x'.repeat(5_000),
    'a\u0000b',
    '\ud800',
    'a\u202eb',
    "'; drop table staff; --",
    '{{7*7}}',
    '\u0301'.repeat(300),
    'undefined',
    '__proto__',
  ],
  day: ['', '2026-02-30', '0000-00-00', '9999-12-31', '1899-12-31', '2026-5-1', '2026-05-01T00:00:00Z', 'tomorrow', '\u0000'],
  id: [
    '',
    'x',
    '%%%',
    globalId('Case', 'not-a-uuid'),
    globalId('Nothing', newId()),
    globalId('Case', newId()),
    globalId('Staff', newId()),
    'a'.repeat(10_000),
    '\u0000',
    '\ud800',
  ],
  whole: [0, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, Number.MAX_VALUE, 1.5, '1'],
  other: [null, [], {}, true, 'NONSENSE'],
}

const kindOf = (name: string) =>
  name === 'ID'
    ? 'id'
    : name === 'Int' || name === 'Float'
      ? 'whole'
      : name === 'Day' || name === 'Instant'
        ? 'day'
        : name === 'Boolean'
          ? 'other'
          : 'text'

/** Something well formed, so that one bad value at a time is what is tried. */
function fitting(type: GraphQLInputType, depth = 0): unknown {
  if (isNonNullType(type)) return fitting(type.ofType, depth)
  if (isListType(type)) return depth > 3 ? [] : [fitting(type.ofType, depth + 1)]
  if (isEnumType(type)) return type.getValues()[0]!.name
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isNonNullType(field.type))
        .map((field) => [field.name, fitting(field.type, depth + 1)]),
    )
  if (!isScalarType(type)) return null
  return (
    {
      ID: globalId('Case', newId()),
      Int: 1,
      Float: 1,
      Boolean: true,
      Day: '2026-04-01',
      Instant: '2026-04-01T09:00:00Z',
      IdempotencyKey: newId(),
    }[type.name] ?? 'some text'
  )
}

type Variant = { at: string; value: unknown }

/** The same arguments with one leaf replaced, for every leaf and every hostile value. */
function* variants(type: GraphQLInputType, at: string, wrap: (value: unknown) => unknown, depth = 0): Generator<Variant> {
  if (isNonNullType(type)) return yield* variants(type.ofType, at, wrap, depth)
  if (isListType(type)) {
    yield { at, value: wrap([]) }
    yield { at, value: wrap(null) }
    return yield* variants(type.ofType, `${at}.0`, (value) => wrap([value]), depth + 1)
  }
  if (isInputObjectType(type)) {
    yield { at, value: wrap({}) }
    if (depth > 4) return
    const whole = fitting(type) as Record<string, unknown>
    for (const field of Object.values(type.getFields()))
      yield* variants(field.type, `${at}.${field.name}`, (value) => wrap({ ...whole, [field.name]: value }), depth + 1)
    return
  }
  for (const value of [...(isScalarType(type) ? hostile[kindOf(type.name)]! : []), ...hostile.other!]) yield { at, value: wrap(value) }
}

function operationOf(root: 'query' | 'mutation', field: GraphQLField<unknown, unknown>): string {
  const declared = field.args.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(', ')
  const passed = field.args.map((argument) => `${argument.name}: $${argument.name}`).join(', ')
  const selection =
    /Result$|Connection$|^[A-Z]/.test(String(field.type).replace(/[[\]!]/g, '')) &&
    !/^(String|Int|ID|Boolean|Float|Day|Instant)$/.test(String(field.type).replace(/[[\]!]/g, ''))
      ? '{ __typename }'
      : ''
  return `${root} Try${declared ? `(${declared})` : ''} { ${field.name}${passed ? `(${passed})` : ''} ${selection} }`
}

describe(`hostile input on ${lane}`, () => {
  let world: World
  beforeAll(async () => {
    world = await newWorld()
  })

  test('every argument of every root field answers with data, a refusal or a fault of the caller; never with one of ours', {
    timeout: 300_000,
  }, async () => {
    let tried = 0
    const ours: string[] = []
    for (const root of ['query', 'mutation'] as const)
      for (const field of Object.values((root === 'query' ? schema.getQueryType() : schema.getMutationType())!.getFields())) {
        const roles = field.extensions.calledBy as Role[]
        const actor = world.people[roles.find((role) => roleIds.includes(role))!]
        const query = operationOf(root, field)
        const whole = Object.fromEntries(
          field.args.map((argument: GraphQLArgument) => [argument.name, isNonNullType(argument.type) ? fitting(argument.type) : undefined]),
        )
        for (const argument of field.args)
          for (const { at, value } of variants(argument.type, argument.name, (inner) => inner)) {
            tried += 1
            const answer = await world.send(actor, query, { ...whole, [argument.name]: value })
            const codes = (answer.errors ?? []).map((error) => String(error.extensions?.code ?? error.message))
            if (
              answer.status >= 500 ||
              codes.some((code) => !['BAD_INPUT', 'FORBIDDEN', 'BAD_USER_INPUT', 'TOO_LARGE', 'GRAPHQL_VALIDATION_FAILED'].includes(code))
            )
              ours.push(`${field.name} ${at} = ${JSON.stringify(value)?.slice(0, 80)}: ${codes.join(', ')}`)
          }
      }
    console.log(`hostile input: ${tried} operations`)
    expect(tried).toBeGreaterThan(1_500)
    expect(ours.slice(0, 20)).toEqual([])
  })

  test('nothing of all that was written under another person’s name or left half done', async () => {
    const [row] = await database.asOwner((run) =>
      run(
        `select count(*)::int as count from audit_entries where provider_id = '${world.providerId}' and action not like 'refused:%' and (fields::text ~ 'drop table' or length(fields::text) > 2000)`,
      ),
    )
    expect(row?.count).toBe(0)
  })
})
