import { expect, test } from 'vitest'
import { newId } from './ids.ts'

test('ids sort in the order they were made, also thousands within one millisecond', () => {
  const made = Array.from({ length: 20_000 }, newId)
  expect(made.every((id, index) => index === 0 || made[index - 1]! < id)).toBe(true)
  expect(made.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true)
})
