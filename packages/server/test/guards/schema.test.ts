import { isEnumType, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType, isSpecifiedScalarType } from 'graphql'
import { describe, expect, test } from 'vitest'
import { printedSchema } from '../../src/print-schema.ts'
import { schema } from '../../src/schema.ts'
import { roleIds } from '../../src/domains/providers/index.ts'

const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))

describe('the schema', () => {
  test('schema.graphql is what the code prints (`npx -y pnpm@12 schema` writes it)', async () => {
    await expect(printedSchema()).toMatchFileSnapshot('../../schema.graphql')
  })

  test('every type, field, argument and enum value is described', () => {
    const undescribed: string[] = []
    let seen = 0
    const look = (name: string, description: string | null | undefined) => {
      seen += 1
      if (!description?.trim()) undescribed.push(name)
    }
    for (const type of types) {
      look(type.name, type.description)
      if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value.description)
      if (isObjectType(type) || isInterfaceType(type))
        for (const field of Object.values(type.getFields())) {
          look(`${type.name}.${field.name}`, field.description)
          for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name})`, argument.description)
        }
      if (isInputObjectType(type))
        for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field.description)
    }
    console.log(`descriptions: looked at ${seen}`)
    expect(seen).toBeGreaterThan(90)
    expect(undescribed).toEqual([])
  })

  test('every root field says who may call it, in roles that exist', () => {
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.values(type?.getFields() ?? {}))
    expect(fields.length).toBeGreaterThan(10)
    const wrong = fields.filter((field) => {
      const roles = (field.extensions.calledBy ?? []) as string[]
      return (
        roles.length === 0 || roles.some((role) => !(roleIds as string[]).includes(role)) || !field.description?.includes('Called by: ')
      )
    })
    expect(wrong.map((field) => field.name)).toEqual([])
  })
})
