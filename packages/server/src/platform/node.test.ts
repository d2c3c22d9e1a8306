import { describe, expect, test } from 'vitest'
import type { Context } from './context.ts'
import { NotFound } from './errors.ts'
import { globalId } from './ids.ts'
import { findNode, refetchable } from './node.ts'

const context = { actor: {}, operation: {} } as unknown as Context
const id = (type: string) => globalId(type, '00000000-0000-4000-8000-000000000001')
refetchable('Hidden', async () => {
  throw new NotFound('hidden thing')
})
refetchable('Broken', async () => {
  throw new Error('the database is gone')
})
refetchable('There', async (_, own) => ({ id: own }))

describe('node(id)', () => {
  test('what may not be seen is null, as is what does not exist and a type nobody knows', async () => {
    expect(await findNode(context, id('Hidden'))).toBeNull()
    expect(await findNode(context, id('Nothing'))).toBeNull()
    expect(await findNode(context, id('There'))).toEqual({ id: '00000000-0000-4000-8000-000000000001' })
  })

  test('a fault is not taken for absence', async () => {
    await expect(findNode(context, id('Broken'))).rejects.toThrow('the database is gone')
  })
})
