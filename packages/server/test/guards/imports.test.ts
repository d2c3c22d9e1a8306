import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const source = fileURLToPath(new URL('../../src/', import.meta.url))
/** Upstream first. A slice may import the ones before it, through their index only. */
const slices = [
  'audit',
  'providers',
  'rule-sets',
  'notifications',
  'tasks',
  'participants',
  'cases',
  'safeguarding',
  'referrals',
  'intake',
  'assessments',
  'programmes',
  'attendance',
  'attendance',
  'outcomes',
  'partner-support',
  'reports',
]

type Import = { from: string; to: string }
const files = (readdirSync(source, { recursive: true }) as string[])
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => name.split(sep).join('/'))

const imports: Import[] = files.flatMap((from) =>
  [...readFileSync(join(source, from), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => ({
    from,
    to: relative(source, resolve(dirname(join(source, from)), match[1]!))
      .split(sep)
      .join('/'),
  })),
)
const sliceOf = (path: string) => /^domains\/([^/]+)\//.exec(path)?.[1]

describe('imports', () => {
  test('were found at all', () => {
    console.log(`imports looked at: ${imports.length} in ${files.length} files`)
    expect(imports.length).toBeGreaterThan(50)
  })

  test('every slice stands in the written-out order', () => {
    expect([...new Set(files.map(sliceOf).filter(Boolean))].filter((slice) => !slices.includes(slice!))).toEqual([])
  })

  test('the platform knows no slice', () => {
    expect(imports.filter(({ from, to }) => from.startsWith('platform/') && !to.startsWith('platform/'))).toEqual([])
  })

  test('a slice imports the platform and the index of slices upstream of it, nothing else', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [mine, theirs] = [sliceOf(from), sliceOf(to)]
      if (!mine || to.startsWith('platform/') || mine === theirs) return false
      return !theirs || to !== `domains/${theirs}/index.ts` || slices.indexOf(theirs) >= slices.indexOf(mine)
    })
    expect(wrong).toEqual([])
  })

  test('nobody imports partner-support but reports', () => {
    expect(
      imports.filter(
        ({ from, to }) => sliceOf(to) === 'partner-support' && !['partner-support', 'reports', undefined].includes(sliceOf(from)),
      ),
    ).toEqual([])
  })

  test('every slice has its README, and an index', () => {
    const there = new Set(files.map(sliceOf).filter(Boolean))
    const all = new Set((readdirSync(source, { recursive: true }) as string[]).map((name) => name.split(sep).join('/')))
    expect([...there].filter((slice) => !all.has(`domains/${slice}/README.md`) || !all.has(`domains/${slice}/index.ts`))).toEqual([])
  })

  test('only commands.ts and config.ts look at the environment, and only the clock, ids and sign-in at the time', () => {
    const texts = files.map((name) => ({ name, text: readFileSync(join(source, name), 'utf8') }))
    expect(texts.filter(({ name, text }) => /process\.env/.test(text) && name !== 'commands.ts').map(({ name }) => name)).toEqual([])
    const timed = ['platform/clock.ts', 'platform/ids.ts', 'platform/sign-in.ts']
    expect(
      texts
        .filter(({ name, text }) => /Date\.now\(|new Date\(\)|Temporal\.Now/.test(text) && !timed.includes(name))
        .map(({ name }) => name),
    ).toEqual([])
  })
})
