import { execFileSync } from 'node:child_process'
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { packed, type Packed } from '../support/packed.ts'
import { findOtherNode } from './find-runtimes.ts'
import { hashesHere, here, material } from './material.ts'

const node = findOtherNode() ?? ''
const given = material()

let alone: Packed
beforeAll(() => {
  alone = packed()
  writeFileSync(join(alone.folder, 'material.json'), JSON.stringify(given))
  cpSync(fileURLToPath(new URL('same-bytes.mjs', import.meta.url)), join(alone.folder, 'same-bytes.mjs'))
}, 120_000)
afterAll(() => alone.remove())

it('another version of Node gives the same bytes', async () => {
  writeFileSync(
    join(alone.folder, 'other.mjs'),
    `
      import { readFileSync } from 'node:fs'
      import * as main from '@plumbline/rules'
      import * as loading from '@plumbline/rules/load'
      import * as bulk from '@plumbline/rules/bulk'
      import { hashesOf, outcomesOf } from './same-bytes.mjs'
      const material = JSON.parse(readFileSync('material.json', 'utf8'))
      const rules = { ...main, ...loading, ...bulk }
      console.log(JSON.stringify({ version: process.version, outcomes: outcomesOf(rules, material), hashes: await hashesOf(rules, material) }))
    `,
  )
  const output = execFileSync(node, ['--disallow-code-generation-from-strings', 'other.mjs'], { cwd: alone.folder, encoding: 'utf8' })
  const { version, ...found } = JSON.parse(output) as { version: string }
  console.log(`Node ${version} beside ${process.version}: ${given.cases.length} cases`)
  expect(version).not.toBe(process.version)
  expect(found).toEqual({ outcomes: here(given), hashes: await hashesHere(given) })
})
