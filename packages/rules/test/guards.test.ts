import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { kindIds } from '../src/index.ts'
import { kinds } from '../src/load.ts'
import { shippedRuleSet } from './support/shipped.ts'

type Source = { path: string; text: string }
const root = new URL('../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const sources: Source[] = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: read(`src/${path}`) }))

const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|[\s;{}()])\/\/.*$/gm, '$1')

/** What a pure library has no use for: the clock, chance, the process, the platform, code from text. */
const impure: readonly [RegExp, string][] = [
  [/\bDate\s*[.(]|\bnew\s+Date\b/, 'the clock'],
  [/\bperformance\s*\./, 'the clock'],
  [/\bMath\s*\.\s*random\b|\brandomUUID\b|\bgetRandomValues\b/, 'chance'],
  [/\bprocess\s*[.[]/, 'the process'],
  [/\bglobalThis\b/, 'the platform'],
  [/\bconsole\s*\./, 'the console'],
  [/\b(?:setTimeout|setInterval|setImmediate|queueMicrotask|fetch)\s*\(/, 'timers and the network'],
  [/\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(/, 'code from text'],
  [/\brequire\s*\(|\bimport\.meta\b/, 'the module system'],
]

/** Optional peers, each for the entry that needs it. */
const optional = [
  ['json-rules-engine/', 'json-rules-engine'],
  ['authoring/', 'vscode-json-languageservice'],
  ['testing/', 'fast-check'],
] as const

function impurities({ path, text }: Source): string[] {
  const code = withoutComments(text)
  const used = impure.filter(([pattern]) => pattern.test(code)).map(([, what]) => `${path} uses ${what}`)
  const foreign = importsOf(code)
    .filter(({ from }) => !from.startsWith('.') && !optional.some(([folder, peer]) => from === peer && path.startsWith(folder)))
    .map(({ from }) => `${path} imports ${from}`)
  return [...used, ...foreign]
}

type Import = { from: string; typeOnly: boolean }
function importsOf(code: string): Import[] {
  const fixed = [...code.matchAll(/(?:^|[\n;])\s*(import|export)\s+(type\s+)?(?:[\w*{][^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/g)].map(
    (match) => ({ from: match[3] ?? '', typeOnly: match[2] !== undefined }),
  )
  const dynamic = [...code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map((match) => ({ from: match[1] ?? '', typeOnly: false }))
  return [...fixed, ...dynamic]
}

/** A file imports from its own layer or a lower one. */
const layers = [
  'issue.ts',
  'language',
  'kinds',
  'rule-set',
  'answers',
  'explain',
  'why',
  'counterfactuals',
  'checks',
  'diff',
  'bulk',
  'scales',
  'accuracy',
  'leaflet',
  'authoring',
  'json-rules-engine',
  'testing',
  'facts',
  'load.ts',
  'index.ts',
]
const layerOf = (path: string) => layers.indexOf(path.split('/')[0] ?? '')

function upward({ path, text }: Source): string[] {
  const mine = layerOf(path)
  if (mine < 0) return [`${path} is in no layer: ${layers.join(' < ')}`]
  return (
    importsOf(withoutComments(text))
      .filter(({ from }) => from.startsWith('.'))
      .map(({ from, typeOnly }) => ({ target: new URL(from, `file:///${path}`).pathname.slice(1), typeOnly }))
      // The document's form is one type for the loader and the kinds.
      .filter(({ target, typeOnly }) => !(typeOnly && target === 'rule-set/document.ts' && path.startsWith('kinds/')))
      .filter(({ target }) => layerOf(target) < 0 || layerOf(target) > mine)
      .map(({ target }) => `${path} imports ${target}`)
  )
}

describe('the library is pure', () => {
  it('in every file', () => {
    expect(sources.length).toBeGreaterThan(50)
    expect(sources.flatMap(impurities)).toEqual([])
  })

  it('and has no dependency', () => {
    const manifest = JSON.parse(read('package.json')) as Record<string, object>
    expect(manifest['dependencies'] ?? {}).toEqual({})
    expect(manifest['peerDependenciesMeta']).toEqual(
      Object.fromEntries(Object.keys(manifest['peerDependencies'] ?? {}).map((name) => [name, { optional: true }])),
    )
  })

  it.each([
    'const now = new Date()',
    'const now = Date.now()',
    'const chance = Math.random()',
    'if (process.env.CI) stop()',
    "import { readFileSync } from 'node:fs'",
    "import fs from 'fs'",
    "export * from 'lodash'",
    "const load = () => import('json-rules-engine')",
    "import { getLanguageService } from 'vscode-json-languageservice'",
    "eval('1')",
    "new Function('return 1')",
    'globalThis.x = 1',
    "console.log('x')",
    'setTimeout(run, 1)',
    "const fs = require('fs')",
  ])('which the guard sees: %s', (text) => {
    expect(impurities({ path: 'language/new.ts', text })).toHaveLength(1)
  })

  it.each([
    '// new Date() would be the clock',
    '/* Math.random() */',
    "const day = 'Date of birth'",
    "import type { Day } from './facts.ts'",
  ])('and is not misled by: %s', (text) => {
    expect(impurities({ path: 'language/new.ts', text })).toEqual([])
  })
})

describe('a file imports from its own layer or a lower one', () => {
  it('everywhere', () => expect(sources.flatMap(upward)).toEqual([]))

  it.each([
    ['language/new.ts', "import { kinds } from '../kinds/index.ts'"],
    ['kinds/risk/new.ts', "import { load } from '../../rule-set/load.ts'"],
    ['kinds/risk/new.ts', "import { kindIds } from '../../rule-set/document.ts'"],
    ['kinds/risk/new.ts', "import type { RuleSet } from '../../rule-set/rule-set.ts'"],
    ['rule-set/new.ts', "export { explain } from '../explain/index.ts'"],
    ['rule-set/new.ts', "import { scoreScale } from '../scales/index.ts'"],
    ['explain/new.ts', "const engine = await import('../json-rules-engine/index.ts')"],
    ['explain/new.ts', "import { diff } from '../diff/index.ts'"],
    ['explain/new.ts', "import { checkRuleSet } from '../checks/index.ts'"],
    ['checks/new.ts', "import { load } from '../load.ts'"],
    ['explain/new.ts', "import { whyNot } from '../counterfactuals/index.ts'"],
    ['why/new.ts', "import { smallestChange } from '../counterfactuals/index.ts'"],
    ['diff/new.ts', "import type { Simulation } from '../bulk/simulate.ts'"],
    ['bulk/new.ts', "import { leaflet } from '../leaflet/index.ts'"],
    ['explain/new.ts', "import { schemaOf } from '../authoring/schema.ts'"],
    ['issue.ts', "import type { Condition } from './language/condition.ts'"],
    ['rule-set/new.ts', "import {\n  load,\n} from '../index.ts'"],
    ['helpers/new.ts', ''],
  ])('which the guard sees: %s with %s', (path, text) => {
    expect(upward({ path, text })).toHaveLength(1)
  })

  it('and what is for staff only is reached by its own entry alone', () => {
    const reached = importsOf(read('src/index.ts')).map(({ from }) => from.split('/')[1])
    expect(reached).toContain('explain')
    expect(reached.filter((layer) => ['answers', 'why', 'counterfactuals'].includes(layer ?? ''))).toEqual([])
  })

  it('but kinds may know the type of a document', () => {
    expect(upward({ path: 'kinds/risk/new.ts', text: "import type { ResolvedDocument } from '../../rule-set/document.ts'" })).toEqual([])
  })
})

/** A kind is one folder: an entry, half a page for people, golden cases, and an example in core. */
function missingParts(kind: string, has: (path: string) => boolean, examples: readonly string[]): string[] {
  const files = ['index.ts', 'README.md', 'cases.json']
    .filter((file) => !has(`src/kinds/${kind}/${file}`))
    .map((file) => `${kind} has no ${file}`)
  return [
    ...files,
    ...(kind in kinds ? [] : [`${kind} is not in the list of kinds`]),
    ...(examples.includes(kind) ? [] : [`${kind} has no example in core`]),
  ]
}

describe('every kind of rule is whole', () => {
  const folders = readdirSync(new URL('src/kinds/', root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  const examples = Object.values(shippedRuleSet('core').examples).map(({ kind }) => kind)
  const has = (path: string) => existsSync(new URL(path, root)) && read(path).trim().length > 100

  it('and listed in the order they are decided', () => expect(Object.keys(kinds)).toEqual(kindIds))

  it('in its folder', () => {
    expect([...new Set([...folders, ...Object.keys(kinds)])].flatMap((kind) => missingParts(kind, has, examples))).toEqual([])
  })

  it('which the guard sees', () => {
    expect(missingParts('weather', () => false, [])).toEqual([
      'weather has no index.ts',
      'weather has no README.md',
      'weather has no cases.json',
      'weather is not in the list of kinds',
      'weather has no example in core',
    ])
  })
})
