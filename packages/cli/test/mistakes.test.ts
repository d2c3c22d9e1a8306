import { readdirSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { run } from '../src/run.ts'

const folder = fileURLToPath(new URL('../examples/mistakes/', import.meta.url))
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''))

/** As somebody sees it who stands in the folder. */
async function checked(name: string, ...options: string[]) {
  const out: string[] = []
  const path = relative(process.cwd(), `${folder}${name}.json`)
  const terminal = {
    out: (text: string) => out.push(text),
    error: (text: string) => out.push(text),
    colour: false,
    today: () => '2026-05-01',
  }
  const exit = await run(['rules', 'check', path, ...options], terminal)
  return { exit, text: `${out.join('\n').replaceAll(path, `${name}.json`)}\n` }
}

const messages = (text: string) => text.split('\n').filter((line) => /^\S+\.json(?::\d+:\d+)? {2}\S/.test(line))

describe('what `plumbline rules check` says of a file with mistakes (when a text is stale: run this test with -u)', () => {
  test('there are at least six such files', () => expect(names.length).toBeGreaterThanOrEqual(6))

  test.each(names)('%s', async (name) => {
    const { exit, text } = await checked(name)
    expect(exit).toBe(1)
    await expect(text).toMatchFileSnapshot(`../examples/mistakes/${name}.txt`)
  })

  test('eight different mistakes are eight lines, each with its own message, its line and a mark', async () => {
    const { text } = await checked('eight')
    expect(messages(text)).toHaveLength(8)
    expect(new Set(messages(text).map((line) => line.replace(/^\S+ {2}/, ''))).size).toBe(8)
    const lines = text.trimEnd().split('\n')
    expect(lines).toHaveLength(8 * 3 + 1)
    for (let at = 0; at < 24; at += 3) {
      const column = Number(/:(\d+) {2}/.exec(lines[at] ?? '')?.[1])
      expect(lines[at + 2]).toMatch(/^ +\^$/)
      // Nothing in that file is long enough to be cut.
      expect(lines[at + 2]).toHaveLength(4 + column)
    }
  })

  test('--json gives each with its code, its place and its line', async () => {
    const { exit, text } = await checked('eight', '--json')
    const { ok, issues } = JSON.parse(text) as { ok: boolean; issues: Record<string, unknown>[] }
    expect({ exit, ok, count: issues.length }).toEqual({ exit: 1, ok: false, count: 8 })
    expect(issues[0]).toMatchObject({
      severity: 'error',
      code: 'not-a-day',
      at: '/effectiveFrom',
      line: 5,
      column: 3,
      help: expect.any(String),
      lineText: expect.any(String),
    })
  })
})
