import { writeFileSync } from 'node:fs'
import { createContext, Script } from 'node:vm'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EdgeVM } from '@edge-runtime/vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { classicScript } from './runtimes/bundled.ts'
import { hashesHere, here, material, type Outcomes } from './runtimes/material.ts'
import { packed, type Packed } from './support/packed.ts'

const given = material()
const expected = here(given)

let alone: Packed
let script: string
beforeAll(async () => {
  alone = packed()
  writeFileSync(join(alone.folder, 'material.json'), JSON.stringify(given))
  cpSync(fileURLToPath(new URL('runtimes/same-bytes.mjs', import.meta.url)), join(alone.folder, 'same-bytes.mjs'))
  script = await classicScript()
}, 120_000)
afterAll(() => alone.remove())

/** No code from text: what a strict content security policy asks for. */
const noCodeFromText = { strings: false, wasm: false }

describe('the same bytes come out', () => {
  it('of a thousand cases, which move with the draft', () => {
    console.log(
      `${expected.decided} cases decided, explained and tried under a draft in each runtime: ${expected.bytes} characters, sum ${expected.sum}`,
    )
    expect(expected.decided).toBeGreaterThan(1000)
    expect(expected.moved.join('\n')).toMatch(/\d+ move up/)
  })

  it('of the packed package, in a Node that may not make code from text', async () => {
    const code = `
      import { readFileSync } from 'node:fs'
      import * as main from '@plumbline/rules'
      import * as loading from '@plumbline/rules/load'
      import * as bulk from '@plumbline/rules/bulk'
      import { hashesOf, outcomesOf } from './same-bytes.mjs'
      const refused = (() => { try { return new Function('return false')() } catch { return true } })()
      const material = JSON.parse(readFileSync('material.json', 'utf8'))
      const rules = { ...main, ...loading, ...bulk }
      console.log(JSON.stringify({ refused, outcomes: outcomesOf(rules, material), hashes: await hashesOf(rules, material) }))
    `
    expect(alone.plainNode(code, ['--disallow-code-generation-from-strings'])).toEqual({
      refused: true,
      outcomes: expected,
      hashes: await hashesHere(given),
    })
  })

  it('in an edge runtime', async () => {
    const vm = new EdgeVM({ codeGeneration: noCodeFromText })
    vm.evaluate(script)
    vm.context['material'] = JSON.stringify(given)
    expect(() => vm.evaluate(`new Function('return 1')`)).toThrow()
    expect(JSON.parse(vm.evaluate<string>('outcomesOf(material)')) as Outcomes).toEqual(expected)
    expect(JSON.parse(await vm.evaluate<Promise<string>>('hashesOf(material)'))).toEqual(await hashesHere(given))
  })

  it('where there is nothing but the language: no Node, no browser', () => {
    const context = createContext({ material: JSON.stringify(given) }, { codeGeneration: noCodeFromText })
    new Script(script).runInContext(context)
    expect(new Script('typeof process + typeof TextEncoder + typeof crypto + typeof URL').runInContext(context)).toBe('undefined'.repeat(4))
    expect(JSON.parse(new Script('outcomesOf(material)').runInContext(context) as string)).toEqual(expected)
  })
})
