import { builder } from './builder.ts'

/** What a value means, or a record that says so beside other things. */
type Described = string | { description: string }

/**
 * An enum whose values are spelled as GraphQL spells them, `ASKED_OF`, and kept as the code does, `asked-of`.
 * @param words what each value means; with `values`, only those of it
 */
export const enumOf = <Value extends string>(
  name: string,
  description: string,
  words: Readonly<Record<Value, Described>>,
  values: readonly Value[] = Object.keys(words) as Value[],
) =>
  builder.enumType(name, {
    description,
    values: Object.fromEntries(
      values.map((value) => [value.toUpperCase().replaceAll('-', '_'), { value, description: textOf(words[value]) }]),
    ) as Record<string, { value: Value; description: string }>,
  })

const textOf = (described: Described): string => (typeof described === 'string' ? described : described.description)
