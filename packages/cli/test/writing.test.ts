import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { run } from '../src/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'plumbline-writing-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const published = fileURLToPath(new URL('../../rules/rule-sets/step-by-step.json', import.meta.url))
const example = (name: string) => fileURLToPath(new URL(`../examples/${name}`, import.meta.url))
const draft = example('step-by-step-draft.json')
const file = (name: string, content: string) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
/** A copy of the draft, beside what it extends. */
const copy = (name: string) => {
  copyFileSync(published, join(folder, 'step-by-step.json'))
  copyFileSync(draft, join(folder, name))
  return join(folder, name)
}

async function plumbline(...words: string[]) {
  const out: string[] = []
  const error: string[] = []
  const exit = await run(['rules', ...words], {
    out: (text) => out.push(text),
    error: (text) => error.push(text),
    colour: false,
    today: () => '2026-05-01',
  })
  return { exit, out: out.join('\n'), error: error.join('\n') }
}

/** `¦` is where the cursor stands. */
const at = (name: string, marked: string) => {
  const before = marked.slice(0, marked.indexOf('¦')).split('\n')
  return `${file(name, marked.replace('¦', ''))}:${before.length}:${before.at(-1)!.length + 1}`
}
const document = (rest: string) => `{
  "id": "riverside", "version": "1.0.0", "title": "Riverside", "effectiveFrom": "2026-09-01",
  "extends": { "id": "core", "version": "1.0.0" },
  ${rest}
}`

describe('plumbline rules complete', () => {
  test('offers what fits, with what it means', async () => {
    const { exit, out } = await plumbline('complete', at('complete.json', document('"parameters": { "reviewAt¦" }')))
    expect(out).toContain('reviewAtMisses\n    Misses that call for a review of the place. A whole number of misses, 1 to 12; 3 so far.')
    expect(out).not.toContain('minimumAge')
    expect(exit).toBe(0)
  })

  test('the whole list where nothing has that in its name, and as JSON', async () => {
    const place = at('all.json', document('"conditions": { "here": { "fact": "zzz¦" } }'))
    const { out } = await plumbline('complete', place, '--json')
    expect((JSON.parse(out) as unknown[]).length).toBeGreaterThan(100)
  })

  test.each([
    ['no-place.json', 'a place is written FILE:LINE:COLUMN, and not "no-place.json"'],
    [`${draft}:1:400`, 'line 1 of '],
    [`${draft}:4000:1`, 'and no line 4000'],
    ['nowhere.json:1:1', 'there is no file nowhere.json'],
  ])('a place that is none is a fault of the call: %s', async (place, message) => {
    const { exit, error } = await plumbline('complete', place)
    expect(error).toContain(message)
    expect(exit).toBe(2)
  })
})

describe('plumbline rules hover', () => {
  test('says what a name means', async () => {
    const { exit, out } = await plumbline('hover', at('hover.json', document('"parameters": { "minimum¦Age": 18 }')))
    expect(out).toMatch(/^"minimumAge"\n {4}\S/)
    expect(out).toContain('16 to 30')
    expect(exit).toBe(0)
  })

  test('and of a place with nothing at it that there is nothing to say', async () => {
    const place = at('nothing.json', document('"parameters": {}'.concat(' ¦')))
    expect((await plumbline('hover', place)).out).toBe('There is nothing to say of this place.')
    expect((await plumbline('hover', place, '--json')).out).toBe('null')
  })
})

describe('plumbline rules set', () => {
  test('shows the line that changes, and writes only where that is asked for', async () => {
    const path = copy('set.json')
    const before = readFileSync(path, 'utf8')
    const shown = await plumbline('set', path, 'missesAllowed', '2')
    expect(shown.out).toBe(
      '-   "parameters": { "missesAllowed": 1 },\n+   "parameters": { "missesAllowed": 2 },\nNothing was written: say --write.',
    )
    expect(readFileSync(path, 'utf8')).toBe(before)
    expect((await plumbline('set', path, 'missesAllowed', '2', '--write')).exit).toBe(0)
    expect(readFileSync(path, 'utf8')).toBe(before.replace('"missesAllowed": 1', '"missesAllowed": 2'))
    expect((await plumbline('set', path, 'missesAllowed', '2')).out).toBe('Nothing changes: it is so already.')
  })

  test.each([
    ['missesAllowed', '40', 'a whole number from 0 up to 12 is needed'],
    ['misesAllowed', '1', 'did you mean "missesAllowed"?'],
    ['takesAnyArea', 'no', 'true or false is needed'],
  ])('what cannot be used is never written: %s %s', async (name, value, message) => {
    const path = copy('refused.json')
    const before = readFileSync(path, 'utf8')
    const { exit, out } = await plumbline('set', path, name, value, '--write')
    expect(out).toContain(message)
    expect(out).toContain('Not written')
    expect(exit).toBe(1)
    expect(readFileSync(path, 'utf8')).toBe(before)
  })

  test('lines that end as on Windows stay so, and are shown as they read', async () => {
    const text = readFileSync(draft, 'utf8').replaceAll('\n', '\r\n')
    const path = file('windows.json', text)
    const { out } = await plumbline('set', path, 'missesAllowed', '2', '--write')
    expect(out.split('\n').slice(0, 2)).toEqual(['-   "parameters": { "missesAllowed": 1 },', '+   "parameters": { "missesAllowed": 2 },'])
    expect(readFileSync(path, 'utf8')).toBe(text.replace('"missesAllowed": 1', '"missesAllowed": 2'))
  })

  test('a file that is not JSON is a fault of the call', async () => {
    const { exit, error } = await plumbline('set', file('broken.json', '{ "id": }'), 'missesAllowed', '1')
    expect(error).toContain('the text is not JSON')
    expect(exit).toBe(2)
  })
})

describe('plumbline rules remove', () => {
  test('lists an inherited rule under "remove", with the reason', async () => {
    const path = copy('remove.json')
    const { exit, out } = await plumbline('remove', path, 'eligibility', 'unwiling-to-engage', '--reason', 'We ask later', '--write')
    expect(out).toContain('+   "remove": { "eligibility": { "unwiling-to-engage": "We ask later" } },')
    expect(out).toContain('did you mean "unwilling-to-engage"?')
    expect(exit).toBe(1)
    const words = ['remove', path, 'eligibility', 'unwilling-to-engage', '--reason', 'We ask later', '--write'] as const
    expect((await plumbline(...words)).exit).toBe(0)
    expect(readFileSync(path, 'utf8')).toContain('"remove": { "eligibility": { "unwilling-to-engage": "We ask later" } },')
    expect((await plumbline(...words)).exit).toBe(2)
  })

  test('but never what is locked', async () => {
    const { exit, out } = await plumbline('remove', copy('locked.json'), 'eligibility', 'under-16', '--reason', 'x', '--write')
    expect(out).toContain('is locked')
    expect(exit).toBe(1)
  })
})

describe('plumbline rules invent', () => {
  test('gives cases that simulate reads, the same for the same seed', async () => {
    const { exit, out } = await plumbline('invent', published, '--cases', '12')
    const cases = file('invented.ndjson', out)
    expect(out.split('\n').length).toBe(12 * 6)
    expect(exit).toBe(0)
    const simulated = await plumbline('simulate', draft, '--against', published, '--cases', cases, '--json')
    expect(simulated.exit, simulated.error).toBe(0)
    expect((await plumbline('invent', published, '--cases', '12')).out).toBe(out)
    expect((await plumbline('invent', published, '--cases', '12', '--seed', '2')).out).not.toBe(out)
  })

  test('of the kinds asked for, open answers among them unless all are to be known', async () => {
    const of = async (...words: string[]) =>
      (await plumbline('invent', published, '--cases', '30', '--kind', 'eligibility', ...words)).out
        .split('\n')
        .map((line) => JSON.parse(line) as { kind: string; facts: Record<string, unknown> })
    const [some, all] = [await of(), await of('--known')]
    expect(new Set(some.map(({ kind }) => kind))).toEqual(new Set(['eligibility']))
    const names = new Set(some.flatMap(({ facts }) => Object.keys(facts)))
    expect(some.some(({ facts }) => Object.values(facts).includes(null) || Object.keys(facts).length < names.size)).toBe(true)
    expect(all.every(({ facts }) => Object.keys(facts).length === names.size && !JSON.stringify(facts).includes('null'))).toBe(true)
  })

  test('a number that is none, and a kind without rules, are faults of the call', async () => {
    expect((await plumbline('invent', published, '--cases', 'many')).error).toContain('--cases takes a whole number from 1 to 100000')
    const bare = file('bare.json', JSON.stringify({ id: 'bare', version: '1.0.0', title: 'Bare', effectiveFrom: '2026-01-01' }))
    const { exit, error } = await plumbline('invent', bare, '--cases', '1', '--kind', 'risk')
    expect(error).toContain('has no rules of risk')
    expect(exit).toBe(2)
  })
})

describe('plumbline rules import', () => {
  const words = ['import', example('json-rules-engine.json'), '--into', published, '--kind', 'eligibility', '--source', 'Our old rules']

  test('prints what was taken over, and says what was not and what means something else, each with its place', async () => {
    const { exit, out, error } = await plumbline(...words)
    expect(JSON.parse(out)).toMatchObject({ eligibility: { 'not-willing': { source: 'Our old rules', event: { type: 'ineligible' } } } })
    expect(out).not.toContain('elsewhere')
    expect(error).toMatch(/json-rules-engine\.json:4:\d+ {2}warning: .*missing/)
    expect(error).toContain('did you mean "residence.localAuthority"?')
    expect(error).toContain('1 rule taken over')
    expect(exit).toBe(1)
  })

  test('what is printed is a part of a document that loads', async () => {
    const { out } = await plumbline(...words)
    const path = file(
      'imported.json',
      JSON.stringify({
        id: 'ours',
        version: '1.0.0',
        title: 'Ours',
        effectiveFrom: '2026-01-01',
        extends: { id: 'core', version: '1.0.0' },
        ...(JSON.parse(out) as object),
      }),
    )
    expect((await plumbline('check', path)).out).toContain('can be used')
  })

  test('what is not JSON is a fault of the call', async () => {
    const { exit, error } = await plumbline('import', file('no.json', '[1,'), ...words.slice(2))
    expect(error).toContain('is not JSON')
    expect(exit).toBe(2)
  })
})

describe('plumbline rules explain --hide', () => {
  const facts = example('facts.json')
  const explained = (...more: string[]) => plumbline('explain', published, '--facts', facts, '--kind', 'eligibility', ...more)

  test('says the reasons as somebody sees them who may not look at a fact', async () => {
    expect((await explained()).out).toContain('a criminal court order')
    const { exit, out } = await explained('--hide', 'referral.basis', '--json')
    expect(out).toContain('hidden')
    expect(JSON.stringify((JSON.parse(out) as { rules: unknown }).rules)).not.toContain('"seen":"criminal-court-order"')
    expect(exit).toBe(0)
  })

  test.each([
    [['--hide', 'referal.basis'], 'did you mean "referral.basis"?'],
    [['--hide', 'referral.basis', '--settle'], '--hide goes with the reasons alone'],
    [
      ['--hide', 'person.ageOnReceipt'],
      '"person.ageOnReceipt" is computed; hide what it is computed from: person.bornOn, referral.receivedOn',
    ],
    [['--hide', 'attendance.missed'], '"attendance.missed" is computed; hide what it is computed from'],
  ])('a call that would say more than that is refused: %s', async (more, message) => {
    const { exit, error } = await explained(...more)
    expect(error).toContain(message)
    expect(exit).toBe(2)
  })
})
