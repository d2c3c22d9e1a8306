import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkPackage, createPackageFromTarballData, type Problem } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashOf } from '../src/index.ts'
import { typesOf } from '../src/facts/index.ts'
import { packed, type Packed, run } from './support/packed.ts'
import { shippedRuleSet } from './support/shipped.ts'

const consumer = fileURLToPath(new URL('consumer', import.meta.url))
const installed = (name: string) => fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url))
const require = createRequire(import.meta.url)

let alone: Packed
beforeAll(async () => {
  alone = packed()
  cpSync(consumer, alone.folder, { recursive: true })
  // What the entries' optional peers and a consumer's own tools bring.
  mkdirSync(join(alone.folder, 'node_modules/@standard-schema'))
  for (const name of ['fast-check', '@standard-schema/spec', 'json-rules-engine'])
    symlinkSync(installed(name), join(alone.folder, 'node_modules', name))
  const core = shippedRuleSet('core')
  writeFileSync(join(alone.folder, 'core-facts.ts'), typesOf(core, await hashOf(core)))
}, 120_000)
afterAll(() => alone.remove())

/** The compilers that a consumer may have. */
const compilers = { 'TypeScript 7': 'typescript', 'TypeScript 5': 'typescript-5' }

describe('for a program that uses the package', () => {
  const programs = readdirSync(consumer).filter((name) => name.endsWith('.ts'))
  const mistakes = programs.map((name) => readFileSync(join(consumer, name), 'utf8').split('// @ts-expect-error').length - 1)

  it('there are mistakes to be found', () => {
    const count = mistakes.reduce((sum, each) => sum + each, 0)
    console.log(`${count} mistakes in ${programs.length} programs, each of which must not compile`)
    expect(count).toBeGreaterThanOrEqual(20)
  })

  it.each(Object.entries(compilers))('%s finds every one of them, and nothing else', (_name, compiler) => {
    const tsc = join(dirname(require.resolve(`${compiler}/package.json`)), 'bin/tsc')
    for (const strictest of ['true', 'false']) {
      const flags = ['-p', '.', '--exactOptionalPropertyTypes', strictest, '--noUncheckedIndexedAccess', strictest]
      expect(compiled(tsc, flags)).toBe('')
    }
  })

  it('a mistake that is not marked as one is found too', () => {
    const unmarked = join(alone.folder, 'unmarked.ts')
    writeFileSync(unmarked, readFileSync(join(consumer, 'literal.ts'), 'utf8').replace('// @ts-expect-error misspelt', ''))
    const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc')
    expect(compiled(tsc, ['-p', '.'])).toMatch(/unmarked\.ts\(\d+,\d+\): error TS2353: .*guest\.hasDgo/)
    rmSync(unmarked)
  })
})

function compiled(tsc: string, flags: readonly string[]): string {
  try {
    return run(process.execPath, [tsc, ...flags], alone.folder)
  } catch (error) {
    return (error as Error).message
  }
}

describe('the packed package', () => {
  it('is as publint wants it', async () => {
    const { messages, pkg } = await publint({
      pkgDir: join(alone.folder, 'node_modules/@plumbline/rules'),
      pack: false,
      strict: true,
    })
    expect(messages.map((message) => formatMessage(message, pkg as Record<string, unknown>, { color: false }))).toEqual([])
  })

  it('has types that are what they say, in every module resolution that knows ES modules', async () => {
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(alone.tarball))))
    if (result.types === false) throw new Error('there are no types')
    expect(Object.keys(result.entrypoints).length).toBeGreaterThanOrEqual(8)
    expect(result.problems.filter((problem) => !isOfCommonJs(problem)).map((problem) => JSON.stringify(problem))).toEqual([])
  })
})

/** It is an ES module and nothing else. Node 20.19 and later load one with `require` too. */
const isOfCommonJs = (problem: Problem): boolean =>
  'resolutionKind' in problem && (problem.resolutionKind === 'node10' || problem.resolutionKind === 'node16-cjs')
