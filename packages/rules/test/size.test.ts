import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'

const source = fileURLToPath(new URL('../src/', import.meta.url))

/** Bundled, minified and compressed, as a browser would get it. In bytes. */
async function sizeOf(code: string): Promise<number> {
  const entry = 'virtual:entry'
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: source,
    plugins: [{ name: 'entry', resolveId: (id) => (id === entry ? id : undefined), load: (id) => (id === entry ? code : undefined) }],
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: 'strict', output: { format: 'es', minify: true } },
    },
  })
  const bundles = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  const chunks = bundles.flatMap((each) => (each.type === 'chunk' ? [each.code] : []))
  expect(chunks.join('').length).toBeGreaterThan(1000)
  return gzipSync(chunks.join('')).length
}

const everything = (file: string) => `export * from '${source}${file}'`

describe('what a page has to fetch stays small', () => {
  // A budget that is out of reach after a good change is raised here, with the reason in the change log.
  it.each([
    ['the evaluator with its trace', `export { evaluationOf } from '${source}language/evaluate.ts'`, 6_000],
    [
      'the same with the way to decide every rule at once',
      `export { evaluationOf } from '${source}language/evaluate.ts'\nexport { atOnce } from '${source}language/at-once.ts'\nexport { flatten } from '${source}language/flat.ts'`,
      7_800,
    ],
    ['all of "@plumbline/rules"', everything('index.ts'), 12_000],
    ['to decide: the strict loader, every kind, and sentences', `${everything('load.ts')}\n${everything('index.ts')}`, 52_500],
  ])('%s', async (what, code, budget) => {
    const size = await sizeOf(code)
    console.log(`${what}: ${size} of ${budget} bytes, compressed`)
    expect(size).toBeLessThanOrEqual(budget)
  })
})
