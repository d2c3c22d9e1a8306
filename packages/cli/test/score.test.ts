import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { run } from '../src/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'plumbline-score-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, content: string) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const core = fileURLToPath(new URL('../../rules/rule-sets/core.json', import.meta.url))
const example = (name: string) => fileURLToPath(new URL(`../examples/${name}`, import.meta.url))

/** A provider's own scale, whose score has bands. */
const withBands = file(
  'with-bands.json',
  JSON.stringify({
    id: 'some-provider',
    version: '1.0.0',
    title: 'Some provider',
    effectiveFrom: '2026-01-01',
    extends: { id: 'core', version: '1.0.0' },
    scales: {
      check: {
        number: 110,
        label: 'Check',
        version: '1.0.0',
        source: 'invented',
        answers: { minimum: 0, maximum: 3 },
        subscales: { all: { number: 1, label: 'All', items: [1, 2] } },
        scores: {
          all: {
            number: 1,
            label: 'Check',
            formula: { by: 'sum', of: ['all'] },
            missingAllowed: 0,
            bands: { low: { number: 1, label: 'Low', from: 0 }, high: { number: 2, label: 'High', from: 4 } },
          },
        },
      },
    },
    examples: {},
  }),
)

async function score(scale: string, answers: string, { ruleSet = core, more = [] as string[] } = {}) {
  const out: string[] = []
  const error: string[] = []
  const exit = await run(['rules', 'score', ruleSet, '--scale', scale, '--answers', answers, ...more], {
    out: (text) => out.push(text),
    error: (text) => error.push(text),
    colour: false,
    today: () => '2026-05-01',
  })
  return { exit, out: out.join('\n'), error: error.join('\n') }
}

describe('plumbline rules score', () => {
  test('one line for each score: points, what was left out, the cut-off, the change since the first', async () => {
    const { exit, out } = await score('core-om', example('core-om.csv'))
    expect(out).toMatch(
      /C-0412 on 2026-04-27 beside 2025-11-03\n {2}All items +7\.6 {2}scaled: 1 item left out {2}below 10 {2}reliably better\n/,
    )
    expect(out).toMatch(/C-0418 on 2026-04-20 beside 2025-11-10\n {2}All items +15\.9 {2}at or above 10 {2}no reliable change\n/)
    expect(out).toMatch(
      /C-0425 on 2026-01-12\n {2}All items +8\.5 to 14\.4 +unknown: 5 items left out {2}above or below 10: cannot be told\n/,
    )
    expect(out).toContain('better is no evidence of safety')
    expect(exit).toBe(0)
  })

  test('a risk item asks, whatever the score; one that was left out asks too', async () => {
    const { out } = await score('core-om', example('core-om.csv'))
    expect(out).toContain('ask today: item 22 (Risk to self and to others) was answered 2')
    expect(out).toContain('ask today: item 34 (Risk to self and to others) was left out, which is not 0')
  })

  test('a score is in a band of its publisher, where they name some; an unknown one in those it could be in', async () => {
    const { out } = await score('check', file('check.csv', 'case,1,2\nA,3,3\nB,,\nC,0,1\n'), { ruleSet: withBands })
    expect(out).toMatch(/A\n {2}Check +6\.0 +High\n/)
    expect(out).toMatch(/B\n {2}Check +0\.0 to 6\.0 .*Low to High\n/)
    expect(out).toMatch(/C\n {2}Check +1\.0 +Low\n/)
  })

  test('by subscale, where which item belongs where is not known', async () => {
    const { exit, out } = await score('urica-dv', example('urica-dv.json'))
    expect(out).toMatch(/C-0412 on 2025-11-03\n {2}Readiness to change +2\.6\n/)
    expect(out).toMatch(/Readiness to change {2}8\.8 to 9\.6 {2}unknown: 1 item left out\n/)
    expect(exit).toBe(0)
  })

  test('--json prints one document with exact fractions and nothing else', async () => {
    const { out } = await score('core-om', example('core-om.csv'), { more: ['--json'] })
    const { fillings, ...head } = JSON.parse(out) as { fillings: Record<string, unknown>[] }
    expect(head).toMatchObject({ ok: true, scale: 'core-om', version: '1.0.0' })
    expect(fillings).toHaveLength(5)
    expect(fillings[1]).toMatchObject({
      case: 'C-0412',
      on: '2026-04-27',
      since: '2025-11-03',
      changes: { total: 'better' },
      scores: { total: { status: 'prorated', value: { numerator: 250, denominator: 33 }, missing: [{ subscale: 'problems', item: 15 }] } },
      risks: [],
    })
  })

  test('faults are shown at their cells, all of them, and nothing is scored: exit 2', async () => {
    const { exit, out, error } = await score('core-om', example('mistakes/core-om.csv'))
    expect(out).toBe('')
    expect(error.split('\n').map((line) => /core-om\.csv:(\d+ [A-Z]+\d+) error/.exec(line)?.[1])).toEqual([
      '2 F2',
      '2 K2',
      '3 B3',
      '5 B5',
      undefined,
    ])
    expect(error).toContain('cannot be used: 4 errors')
    expect(exit).toBe(2)
    expect(error).not.toContain('often')
  })

  test.each([
    ['a scale that is not there', 'core-on', example('core-om.csv'), 'there is no scale "core-on"; there are core-om, urica-dv'],
    ['a kind of file it cannot read', 'core-om', file('answers.txt', '1'), 'answers come as .csv or .json'],
    [
      'a file with a heading alone',
      'core-om',
      file('empty.csv', readFileSync(example('core-om.csv'), 'utf8').split('\n')[0]!),
      'holds no answers',
    ],
    ['a file that is not there', 'core-om', join(folder, 'nowhere.csv'), 'there is no file'],
  ])('%s is a fault of the call', async (_, scale, answers, said) => {
    const { exit, error } = await score(scale, answers)
    expect(error).toContain(said)
    expect(exit).toBe(2)
  })
})
