import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const source = fileURLToPath(new URL('../../src/', import.meta.url))
const shared = fileURLToPath(new URL('same-bytes.mjs', import.meta.url))

/** The library and the shared test as one classic script that leaves `outcomesOf` and `hashesOf` on the global object. */
export async function classicScript(): Promise<string> {
  const entry = 'virtual:entry'
  const code = `
    import * as main from '${source}index.ts'
    import * as loading from '${source}load.ts'
    import * as bulk from '${source}bulk/index.ts'
    import * as shared from '${shared}'
    const rules = { ...main, ...loading, ...bulk }
    globalThis.outcomesOf = (material) => JSON.stringify(shared.outcomesOf(rules, JSON.parse(material)))
    globalThis.hashesOf = async (material) => JSON.stringify(await shared.hashesOf(rules, JSON.parse(material)))
  `
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: source,
    plugins: [{ name: 'entry', resolveId: (id) => (id === entry ? id : undefined), load: (id) => (id === entry ? code : undefined) }],
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: { input: entry, output: { format: 'iife', minify: true } },
    },
  })
  const [chunk] = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  if (chunk?.type !== 'chunk') throw new Error('nothing was bundled')
  // A global name is looked up slowly in a context of node:vm; a parameter is not.
  return `(function (${builtIn}) { ${chunk.code} })(${builtIn})`
}

const builtIn = 'Object, Array, JSON, Math, Map, Set, WeakMap, Number, String, RegExp, Error, TypeError, RangeError'
