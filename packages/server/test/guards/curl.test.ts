import { readdirSync, readFileSync } from 'node:fs'
import { Kind, parse, validate, type DocumentNode } from 'graphql'
import { describe, expect, test } from 'vitest'
import { roleIds } from '../../src/domains/providers/index.ts'
import { schema } from '../../src/schema.ts'

const howTo = new URL('../../../../docs/how-to/', import.meta.url)

/** One `ask ROLE 'OPERATION'` of a page, as a shell would read it, with `name="value" …` or all variables in one text of JSON behind it. */
type Asked = { place: string; role: string; operation: string; names: string[] }

const asked: Asked[] = readdirSync(howTo).flatMap((name) => {
  const page = readFileSync(new URL(name, howTo), 'utf8')
  return [...page.matchAll(/^ *ask ([a-z-]+) '([^']*)'((?: [a-z]+="[^"\n]*")*)(.*)$/gm)].map((match) => ({
    place: `${name}:${page.slice(0, match.index).split('\n').length}`,
    role: match[1]!,
    operation: match[2]!,
    // `$(…)` may hold quotes of its own, so that only the names are read.
    names: [...`${match[3]}${match[4]}`.matchAll(/ ([a-z]+)="/g)].map(([, name]) => name!),
  }))
})

const variablesOf = (document: DocumentNode) =>
  document.definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? (one.variableDefinitions ?? []).map(({ variable }) => variable.name.value) : [],
  )

describe('operations that a how-to sends with curl', () => {
  test('there are some', () => {
    console.log(`operations looked at: ${asked.length}`)
    expect(asked.length).toBeGreaterThan(15)
  })

  test.each(asked.map((one) => [one.place, one] as const))('%s is one of this schema, by somebody there is', (_place, one) => {
    const document = parse(one.operation)
    expect(validate(schema, document)).toEqual([])
    if (one.names.length > 0) expect(one.names.toSorted()).toEqual(variablesOf(document).toSorted())
    expect(roleIds).toContain(one.role)
  })

  test('every `ask` of a page was read', () => {
    const there = readdirSync(howTo).flatMap((name) => [...readFileSync(new URL(name, howTo), 'utf8').matchAll(/^ *ask [a-z]/gm)])
    expect(asked.length).toBe(there.length)
  })
})
