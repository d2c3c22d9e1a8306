import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkRuleSet, checks, type Finding, refusedByLoad } from '../src/checks/index.ts'
import { load } from '../src/load.ts'
import { shippedIds, shippedRuleSet, shippedText } from './support/shipped.ts'

type Case = {
  code: string
  description: string
  with: object
  without: object
  expect: { severity: string; at: string; message: string; help?: string; witness?: string }
}
type Said = Pick<Finding, 'severity' | 'code' | 'at' | 'message' | 'help'> & { witness?: { inWords: string } }

const folder = new URL('checks/', import.meta.url)
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name): Case => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Case)
const codes = [...checks.map(({ code }) => code), ...Object.keys(refusedByLoad)]

/** Everything that is said of a document: while it is loaded, and by the checks once it is. */
function saidOf(document: object): Said[] {
  const result = load(JSON.stringify(document), [shippedText('core')])
  return result.ok ? [...result.warnings, ...checkRuleSet(result.ruleSet)] : result.issues
}

describe('every fault has a case with it and one without', () => {
  it('and a code of its own', () => {
    expect(new Set(codes).size).toBe(codes.length)
    expect(cases.map(({ code }) => code).toSorted()).toEqual(codes.toSorted())
  })

  it.each(cases.map((each) => [each.code, each] as const))('%s', (code, { with: faulty, without, expect: expected }) => {
    const { witness, ...said } = expected
    const found = saidOf(faulty).find((each) => each.code === code)
    expect(found).toMatchObject(said)
    expect(found?.witness?.inWords).toBe(witness)
    // What core's own parameters let rest is noted in every document on top of it.
    expect(saidOf(without).filter((each) => each.code === code && each.severity === said.severity)).toEqual([])
  })
})

describe('the shipped rule sets', () => {
  it.each(shippedIds)('%s: nothing that is wrong', (id) => {
    expect(checkRuleSet(shippedRuleSet(id)).filter(({ severity }) => severity !== 'note')).toEqual([])
  })
})

describe('a rule set that nobody could look at completely', () => {
  it('is answered all the same: what was not settled is named, the first ten and how many more', () => {
    const factors = Object.keys(shippedRuleSet('core').document.instrument?.factors ?? {})
    const present = (id: string) => ({ fact: `factor.${id}`, operator: 'equal', value: 'present' })
    const fewer = (number: number) => ({
      number,
      label: `Rule ${number}`,
      source: 'A test',
      conditions: { not: { atLeast: 3 + (number % 10), of: factors.map(present) } },
      event: { type: 'ineligible', params: { reason: 'A test' } },
    })
    const eligibility = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`rule-${index}`, fewer(1000 + index)]))
    const said = saidOf({
      id: 'ours',
      version: '1.0.0',
      title: 'Ours',
      effectiveFrom: '2026-01-01',
      extends: { id: 'core', version: '1.0.0' },
      eligibility,
    })
    const open = said.filter(({ code }) => code === 'not-decided')
    expect(open.length).toBe(11)
    expect(open.at(-1)?.message).toMatch(/^it was not settled of \d+ more whether they are fine/)
    expect(open.every(({ severity }) => severity === 'note')).toBe(true)
  })
})

/** A page for whoever reads the finding, under its code. */
describe('every fault has a page', () => {
  const pages = new URL('../../../docs/reference/checks/', import.meta.url)
  const page = (name: string) => readFileSync(new URL(`${name}.md`, pages), 'utf8')

  it('and no page is left over', () => {
    const there = readdirSync(pages).map((name) => name.replace(/\.md$/, ''))
    expect(there.filter((name) => name !== 'README').toSorted()).toEqual(codes.toSorted())
  })

  it.each(cases.map((each) => [each.code, each] as const))('%s', (code, { expect: { severity, message, help, witness } }) => {
    const text = page(code)
    expect(text.startsWith(`# ${titleOf(code)}\n\n\`${code}\`, ${severityInWords(code, severity)}.`)).toBe(true)
    for (const heading of ['What it means', 'An example', 'What to do']) expect(text).toContain(`\n## ${heading}\n`)
    for (const said of [message, help, witness]) if (said !== undefined) expect(text).toContain(`\n${said}\n`)
    expect(page('README')).toContain(`| [\`${code}\`](${code}.md) | ${severity} | ${titleOf(code)} |`)
  })
})

const titleOf = (code: string) => checks.find((check) => check.code === code)?.title ?? refusedByLoad[code]
const severityInWords = (code: string, severity: string) =>
  code in refusedByLoad
    ? severity === 'error'
      ? 'an error: refused when it is loaded'
      : `a ${severity}, said when it is loaded`
    : severity === 'error'
      ? 'an error'
      : `a ${severity}`
