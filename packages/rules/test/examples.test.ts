import { cpSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packed, type Packed, run } from './support/packed.ts'

const examples = fileURLToPath(new URL('../examples', import.meta.url))
const page = readFileSync(new URL('../../../docs/how-to/embed-the-rules.md', import.meta.url), 'utf8')

let alone: Packed
beforeAll(() => {
  alone = packed()
  cpSync(examples, alone.folder, { recursive: true })
  const engine = fileURLToPath(new URL('../node_modules/json-rules-engine', import.meta.url))
  symlinkSync(engine, join(alone.folder, 'node_modules/json-rules-engine'))
}, 120_000)
afterAll(() => alone.remove())

const example = (...words: string[]) => run(process.execPath, words, alone.folder).trimEnd().split('\n')

describe('the examples run from plain Node, where the package is installed', () => {
  it('and from where they lie in the package', () => {
    expect(example('node_modules/@plumbline/rules/examples/node.mjs')).toEqual(example('node.mjs'))
  })

  it('a decision with its reasons', () => {
    const lines = example('node.mjs')
    expect(lines.slice(0, 2)).toEqual(['ineligible', 'No place can be offered: 1 criterion refuses it.'])
    expect(lines.at(-1)).toMatch(/^[0-9a-f]{64}$/)
  })

  it('a table in, a table out', () => {
    expect(example('csv-batch.mjs', 'assessments.csv')).toEqual([
      'case,status,at least,at most,still to ask',
      'C-1,complete,standard,standard,0',
      'C-2,provisional,high,high,0',
      'C-3,complete,very-high,very-high,0',
      'C-4,insufficient,standard,very-high,22',
    ])
  })

  it('a questionnaire before and after', () => {
    expect(example('score-a-questionnaire.mjs')).toEqual([
      'complete: 19.4; at or above the cut-off: yes',
      'ask today: item 24',
      'prorated: 7.9; at or above the cut-off: no',
      'better',
    ])
  })

  it('rules taken over from json-rules-engine', () => {
    const lines = example('json-rules-engine.mjs')
    expect(lines[0]).toMatch(
      /^warning \/0\/conditions\/all\/0: "notEqual" was true, or false, where the fact was missing; here it is unknown/,
    )
    expect(lines[1]).toBe(
      'error /1/conditions/all/0/fact: the fact catalogue has no "engagement.isWiling" (did you mean "engagement.isWilling"?)',
    )
    expect(lines[2]).toBe('rules compared with a real engine: 1; differences: 0')
  })
})

describe('the how-to shows', () => {
  const shown = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(?:mjs|js|html)$/.test(path))

  it('there are some', () => expect(shown.length).toBeGreaterThanOrEqual(6))

  it.each(shown)('%s as it is', (path) => {
    expect(page).toContain(readFileSync(join(examples, path), 'utf8').trimEnd())
  })
})
