type Schema = Readonly<Record<string, unknown>>

/** As much of draft-07 as our schema uses. A keyword it does not know is an error, so that nothing goes unchecked. */
export function schemaFaults(value: unknown, schema: Schema, root: Schema = schema, at = ''): string[] {
  return Object.entries(schema).flatMap(([keyword, expected]) => {
    const check = keywords[keyword]
    if (!check) throw new Error(`the validator does not know "${keyword}"`)
    return check(value, expected as never, { schema, root, at })
  })
}

type Context = { schema: Schema; root: Schema; at: string }
type Check = (value: unknown, expected: never, context: Context) => string[]
const silent: Check = () => []
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const fault = (isFault: boolean, at: string, text: string): string[] => (isFault ? [`${at}: ${text}`] : [])

const keywords: Readonly<Record<string, Check>> = {
  $schema: silent,
  title: silent,
  description: silent,
  definitions: silent,
  default: silent,
  enumDescriptions: silent,
  errorMessage: silent,
  doNotSuggest: silent,
  // Read by `if`. An object literal with `then` looks like a promise.
  ...Object.fromEntries(['then', 'else'].map((keyword) => [keyword, silent])),
  if: (value, condition: Schema, { schema, root, at }) => {
    const holds = schemaFaults(value, condition, root, at).length === 0
    return schemaFaults(value, (schema[holds ? 'then' : 'else'] as Schema | undefined) ?? {}, root, at)
  },
  $ref: (value, ref: string, { root, at }) =>
    schemaFaults(value, (root['definitions'] as Record<string, Schema>)[ref.replace('#/definitions/', '')] as Schema, root, at),
  allOf: (value, all: Schema[], { root, at }) => all.flatMap((each) => schemaFaults(value, each, root, at)),
  anyOf: (value, any: Schema[], { root, at }) =>
    fault(!any.some((each) => schemaFaults(value, each, root, at).length === 0), at, 'is none of the forms allowed'),
  const: (value, expected: unknown, { at }) => fault(value !== expected, at, `is not ${JSON.stringify(expected)}`),
  enum: (value, expected: unknown[], { at }) => fault(!expected.includes(value), at, 'is not among the values allowed'),
  type: (value, type: string | string[], { at }) => fault(![type].flat().includes(typeOf(value)), at, `is not ${String(type)}`),
  pattern: (value, pattern: string, { at }) =>
    fault(typeof value === 'string' && !new RegExp(pattern).test(value), at, `does not match ${pattern}`),
  minLength: (value, least: number, { at }) => fault(typeof value === 'string' && value.length < least, at, 'is too short'),
  minimum: (value, least: number, { at }) => fault(typeof value === 'number' && value < least, at, 'is too small'),
  maximum: (value, most: number, { at }) => fault(typeof value === 'number' && value > most, at, 'is too large'),
  minItems: (value, least: number, { at }) => fault(Array.isArray(value) && value.length < least, at, 'has too few items'),
  maxItems: (value, most: number, { at }) => fault(Array.isArray(value) && value.length > most, at, 'has too many items'),
  maxProperties: (value, most: number, { at }) => fault(isObject(value) && Object.keys(value).length > most, at, 'has too many entries'),
  items: (value, items: Schema, { root, at }) =>
    Array.isArray(value) ? value.flatMap((each, index) => schemaFaults(each, items, root, `${at}/${index}`)) : [],
  required: (value, names: string[], { at }) =>
    isObject(value) ? names.flatMap((name) => fault(!Object.hasOwn(value, name), at, `lacks "${name}"`)) : [],
  properties: (value, properties: Record<string, Schema>, { root, at }) =>
    isObject(value)
      ? Object.entries(properties).flatMap(([name, each]) =>
          Object.hasOwn(value, name) ? schemaFaults(value[name], each, root, `${at}/${name}`) : [],
        )
      : [],
  patternProperties: (value, patterns: Record<string, Schema>, { root, at }) =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, held]) =>
          Object.entries(patterns).flatMap(([pattern, each]) =>
            new RegExp(pattern).test(name) ? schemaFaults(held, each, root, `${at}/${name}`) : [],
          ),
        )
      : [],
  additionalProperties: (value, _allowed: false, { schema, at }) => {
    if (!isObject(value)) return []
    const named = Object.keys((schema['properties'] as Schema | undefined) ?? {})
    const patterns = Object.keys((schema['patternProperties'] as Schema | undefined) ?? {})
    return Object.keys(value).flatMap((name) =>
      fault(!named.includes(name) && !patterns.some((pattern) => new RegExp(pattern).test(name)), at, `"${name}" is not allowed`),
    )
  },
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}
