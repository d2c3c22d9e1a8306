import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'

const root = join(import.meta.dirname, '../../../..')

/** A package that one of our own tools brings along: `vite` brings `rolldown`, `vitest` brings its `expect`. */
export const besides = (tool, name) => import(pathToFileURL(join(dirname(realpathSync(join(root, 'node_modules', tool))), name)).href)

/** Modules that read their own place would otherwise be told that of the bundle. */
const ownPlace = {
  name: 'own-place',
  transform(code, id) {
    return code.includes('import.meta.url') ? code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)) : undefined
  },
}

/** Counting what is passed takes longer than running it, and is for the rehearsal only. */
const notCounting = { name: 'not-counting', transform: (code) => code.replace('function cover() {', 'function cover() { return;') }

/** Imports nothing until asked for a file by its path. */
const start = (paths) => ({
  name: 'start',
  resolveId: (id) => (id === 'start' ? '\0start' : undefined),
  load: (id) =>
    id === '\0start'
      ? `module.exports = {${paths.map((path) => `${JSON.stringify(path)}: () => require(${JSON.stringify(path)})`).join(',')}}`
      : undefined,
})

/**
 * Test files with all of our code that they use, as one script that can be run again and again, each time from nothing.
 * Running it gives functions by path, each of which loads that file. Packages stay outside and are loaded once.
 * `counts`: whether it keeps count of the mutants that are passed.
 */
export async function bundled(paths, { counts }) {
  const { rolldown } = await besides('vite', 'rolldown/dist/index.mjs')
  const bundle = await rolldown({
    input: 'start',
    platform: 'node',
    resolve: { conditionNames: ['source', 'node', 'import', 'default'] },
    external: (id) => /^[^./\0]/.test(id) && id !== 'start' && !id.startsWith('@plumbline/'),
    treeshake: false,
    tsconfig: false,
    plugins: [ownPlace, start(paths), ...(counts ? [] : [notCounting])],
    onLog: () => {},
  })
  const { output } = await bundle.generate({ format: 'cjs', codeSplitting: false })
  await bundle.close()
  const script = new vm.Script(`(function (require, module) {${output[0].code}\nreturn module.exports})`, { filename: 'bundle.cjs' })
  const installed = createRequire(paths[0])
  const given = new Map()
  return (provided) => {
    const require = (id) => provided[id] ?? given.get(id) ?? given.set(id, installed(id)).get(id)
    return script.runInThisContext()(require, { exports: {} })
  }
}
