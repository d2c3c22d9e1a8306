import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { run } from '../src/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'plumbline-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const shipped = (name: string) => fileURLToPath(new URL(`../../rules/rule-sets/${name}.json`, import.meta.url))
const facts = fileURLToPath(new URL('../examples/facts.json', import.meta.url))
const file = (name: string, content: unknown) => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  return path
}

async function plumbline(...words: string[]) {
  const out: string[] = []
  const error: string[] = []
  const exit = await run(words, {
    out: (text) => out.push(text),
    error: (text) => error.push(text),
    colour: false,
    today: () => '2026-05-01',
  })
  return { exit, out: out.join('\n'), error: error.join('\n') }
}

const overlay = (change: Record<string, unknown>) => ({
  id: 'ours',
  version: '1.0.0',
  title: 'Ours',
  effectiveFrom: '2026-01-01',
  extends: { id: 'core', version: '1.0.0' },
  ...change,
})

describe('plumbline rules check', () => {
  test.each(['core', 'cdars-phoenix', 'step-by-step'])('%s can be used, and json-rules-engine agrees', async (name) => {
    const { exit, out } = await plumbline('rules', 'check', shipped(name), '--second-opinion')
    expect(out).toContain('can be used')
    expect(out).toMatch(/json-rules-engine agrees: [1-9]\d* answers compared/)
    expect(exit).toBe(0)
  })

  test('text that is not JSON: file, line, column, the line itself, exit 1', async () => {
    const path = file('broken.json', '{\n  "id": "ours",\n  "version" "1.0.0"\n}')
    const { exit, out } = await plumbline('rules', 'check', path)
    expect(out).toContain(`${path}:3:13`)
    expect(out).toContain('"version" "1.0.0"')
    expect(exit).toBe(1)
  })

  test('a file that is not in UTF-8 is refused, and no letter is taken for another', async () => {
    const path = join(folder, 'latin-1.json')
    writeFileSync(path, Buffer.from(JSON.stringify(overlay({ title: 'Café' })), 'latin1'))
    const { exit, error } = await plumbline('rules', 'check', path)
    expect(error).toContain(`${path} is not in UTF-8; save it as UTF-8`)
    expect(exit).toBe(2)
  })

  test('a misspelt parameter: its line, and the right spelling', async () => {
    const { exit, out } = await plumbline('rules', 'check', file('misspelt.json', overlay({ parameters: { misesAllowed: 1 } })))
    expect(out).toMatch(/misspelt\.json:\d+:\d+  there is no parameter/)
    expect(out).toContain('did you mean "missesAllowed"?')
    expect(exit).toBe(1)
  })

  test('a lock of core cannot be undone', async () => {
    const core = JSON.parse((await import('node:fs')).readFileSync(shipped('core'), 'utf8')) as { locked: { eligibility: string[] } }
    const [locked] = core.locked.eligibility
    const { exit, out } = await plumbline(
      'rules',
      'check',
      file('unlocked.json', overlay({ remove: { eligibility: { [locked!]: 'we take anybody' } } })),
    )
    expect(out).toMatch(/lock/)
    expect(exit).toBe(1)
  })

  const refusing = (number: number, label: string, operator: string, value: number) => ({
    number,
    label,
    source: 'Steering group, May',
    conditions: { all: [{ fact: 'person.ageOnReceipt', operator, value }] },
    event: { type: 'ineligible', params: { reason: label } },
  })

  test('what it does is looked at once it loads: the rule, what shows it, the code; an error is exit 1', async () => {
    const eligibility = {
      'too-old': refusing(910, '25 or older', 'greaterThanInclusive', 25),
      'too-young': refusing(920, 'Younger than 25', 'lessThan', 25),
    }
    const path = file('nobody.json', overlay({ eligibility }))
    const { exit, out } = await plumbline('rules', 'check', path)
    expect(out).toMatch(/nobody\.json:\d+:\d+.* nobody can be offered a place: whoever escapes one of “25 or older”, “Younger than 25”/)
    expect(out).toContain('contradictory-eligibility: in no case are these 2 rules all false')
    expect(out).toContain('Ours 1.0.0 must not be used: 1 error.')
    expect(exit).toBe(1)
    const { exit: jsonExit, out: json } = await plumbline('rules', 'check', path, '--json')
    expect(JSON.parse(json)).toMatchObject({
      ok: false,
      issues: [],
      findings: expect.arrayContaining([
        expect.objectContaining({
          severity: 'error',
          code: 'contradictory-eligibility',
          at: '/eligibility/too-old',
          witness: expect.objectContaining({
            rules: [
              { kind: 'eligibility', rule: 'too-old' },
              { kind: 'eligibility', rule: 'too-young' },
            ],
          }),
        }),
      ]),
      monotony: { is: 'proven' },
    })
    expect(jsonExit).toBe(1)
  })

  test('a warning alone is exit 0, and what a parameter lets rest is a note at that parameter', async () => {
    const path = file(
      'ageless.json',
      overlay({ parameters: { minimumAge: 16 }, eligibility: { ageless: refusing(910, 'Too old', 'greaterThan', 130) } }),
    )
    const { exit, out } = await plumbline('rules', 'check', path)
    expect(out).toContain('“Too old” can never hold: one of its conditions is never true')
    expect(out).toContain('impossible-comparison: tried')
    expect(out).toMatch(/note .*ageless\.json:11:5 .*inherited, at \/eligibility\/below-minimum-age/)
    expect(out).toMatch(/checks +2 warnings, \d notes/)
    expect(out).toContain('on no complete form does a worse answer lower the band')
    expect(exit).toBe(0)
  })

  test('--json prints one document and nothing else', async () => {
    const good = await plumbline('rules', 'check', shipped('core'), '--json', '--second-opinion')
    expect(JSON.parse(good.out)).toMatchObject({ ok: true, id: 'core', secondOpinion: { differences: [] } })
    const bad = await plumbline('rules', 'check', file('list.json', '[]'), '--json')
    expect(JSON.parse(bad.out)).toMatchObject({ ok: false })
    expect(bad.exit).toBe(1)
  })

  test('a file that is not there, a folder and an unknown word are faults of the call: exit 2', async () => {
    expect(await plumbline('rules', 'check', join(folder, 'nowhere.json'))).toMatchObject({
      exit: 2,
      error: expect.stringContaining('there is no file'),
    })
    expect(await plumbline('rules', 'check', folder)).toMatchObject({ exit: 2, error: expect.stringContaining('is a folder') })
    expect((await plumbline('rules', 'chekc', shipped('core'))).exit).toBe(2)
    expect((await plumbline('rules', 'check')).exit).toBe(2)
    expect((await plumbline('--help')).exit).toBe(0)
  })
})

describe('plumbline rules test', () => {
  test.each(['core', 'cdars-phoenix', 'step-by-step'])('the examples of %s pass', async (name) => {
    const { exit, out } = await plumbline('rules', 'test', shipped(name))
    expect(out).toMatch(/[1-9]\d* examples? passed, 0 failed/)
    expect(exit).toBe(0)
  })

  test('a red example says what was expected and what came', async () => {
    const path = file(
      'red.json',
      overlay({
        examples: {
          'somebody unwilling is welcome': {
            kind: 'eligibility',
            asOf: '2026-05-01',
            facts: { 'engagement.isWilling': false },
            expect: { outcome: 'eligible' },
          },
        },
      }),
    )
    const { exit, out } = await plumbline('rules', 'test', path)
    expect(out).toContain('✗ somebody unwilling is welcome')
    expect(out).toMatch(/\/outcome: expected "eligible", got "[a-z-]+"/)
    expect(exit).toBe(1)
  })

  test('no example at all is red', async () => {
    expect((await plumbline('rules', 'test', file('untried.json', overlay({})))).exit).toBe(1)
  })
})

describe('plumbline rules explain', () => {
  test('the same referral under both providers, from JSON alone', async () => {
    const ours = await plumbline('rules', 'explain', shipped('step-by-step'), '--facts', facts, '--kind', 'eligibility')
    const theirs = await plumbline('rules', 'explain', shipped('cdars-phoenix'), '--facts', facts, '--kind', 'eligibility')
    expect(ours.out).toContain('No place can be offered')
    expect(theirs.out).not.toContain('No place can be offered')
    expect([ours.exit, theirs.exit]).toEqual([0, 0])
  })

  test('risk says that it is not validated, and never "standard" while more is possible', async () => {
    const { out } = await plumbline('rules', 'explain', shipped('core'), '--facts', facts, '--kind', 'risk')
    expect(out).toContain('not been validated')
    expect(out).not.toMatch(/band is standard/i)
  })

  test('--json gives the decision with every rule’s trace', async () => {
    const { out } = await plumbline('rules', 'explain', shipped('core'), '--facts', facts, '--kind', 'eligibility', '--json')
    const explanation = JSON.parse(out)
    expect(explanation).toMatchObject({ kind: 'eligibility', asOf: '2026-05-01' })
    expect(explanation.rules.length).toBeGreaterThan(0)
    expect(explanation.rules[0].conditions).toHaveProperty('result')
  })

  test('--why, --why-not, --smallest-change and --settle say more, under one warning', async () => {
    const words = [
      'rules',
      'explain',
      shipped('step-by-step'),
      '--facts',
      facts,
      '--why',
      '--why-not',
      'eligible',
      '--smallest-change',
      '--settle',
    ]
    const { exit, out } = await plumbline(...words)
    expect(out).toMatch(/^For staff only: not for the person it is about/)
    expect(out.match(/For staff only/g)).toHaveLength(1)
    expect(out).toContain('This answer alone makes the outcome “ineligible”, whatever the other answers are.')
    expect(out).toContain('The outcome is not “eligible”, but “ineligible”.')
    expect(out).toContain('5 rules are one answer away from holding.')
    expect(out).toContain('What the referral rests on: voluntary instead of criminal court order → “eligible”.')
    expect(out).toContain('The outcome is certain: “ineligible”.')
    // Only the kind that can come to it.
    expect(out).not.toContain('Risk: how serious')
    expect(exit).toBe(0)
  })

  test('--why alone is not for staff only', async () => {
    const { out } = await plumbline('rules', 'explain', shipped('core'), '--facts', facts, '--kind', 'risk', '--why')
    expect(out).toContain('These 3 answers alone make the outcome at least “high”')
    expect(out).not.toContain('For staff only')
  })

  test('--json marks what is for staff only', async () => {
    const { out } = await plumbline('rules', 'explain', shipped('core'), '--facts', facts, '--kind', 'risk', '--settle', '--json')
    const { settlingQuestions } = JSON.parse(out)
    expect(settlingQuestions).toMatchObject({ audience: 'staff-only', isShortest: true, possible: [['high', 'very-high']] })
    expect(settlingQuestions.questions).toHaveLength(20)
  })

  test('an outcome that nothing comes to is a fault of the call, with what there is', async () => {
    const { exit, error } = await plumbline(
      'rules',
      'explain',
      shipped('core'),
      '--facts',
      facts,
      '--kind',
      'attendance',
      '--why-not',
      'removal',
    )
    expect(exit).toBe(2)
    expect(error).toContain('nothing comes to "removal": attendance comes to in-good-standing, contact, review, removal-due')
  })

  test('a misspelt fact is named, counts as unknown, and exit is 1', async () => {
    const { exit, out } = await plumbline(
      'rules',
      'explain',
      shipped('core'),
      '--kind',
      'eligibility',
      '--facts',
      file('facts.json', { 'engagement.iswilling': true }),
    )
    expect(out).toContain('engagement.iswilling')
    expect(exit).toBe(1)
  })

  test('a day that is none, an unknown kind and facts that are no object are faults of the call', async () => {
    expect((await plumbline('rules', 'explain', shipped('core'), '--facts', facts, '--as-of', '2026-02-30')).exit).toBe(2)
    expect((await plumbline('rules', 'explain', shipped('core'), '--facts', facts, '--kind', 'riks')).exit).toBe(2)
    expect((await plumbline('rules', 'explain', shipped('core'), '--facts', file('list-facts.json', '[1]'))).exit).toBe(2)
  })

  test.each([
    ['a misspelt day', { asof: '2026-05-01', facts: {} }, '"asof" means nothing beside "facts"; did you mean "asOf"?'],
    ['a day that is a number', { asOf: 20260501, facts: {} }, '20260501 is not a day: write it as YYYY-MM-DD'],
    ['a list of facts', { asOf: '2026-05-01', facts: [] }, 'under "facts" stands an object: facts by name'],
    ['a day among the facts', { asOf: '2026-05-01', 'engagement.isWilling': true }, 'where "asOf" is given, the facts stand under "facts"'],
  ])('%s is refused: nothing is decided as of another day, or without its facts', async (_, content, said) => {
    const { exit, out, error } = await plumbline('rules', 'explain', shipped('core'), '--facts', file('odd-facts.json', content))
    expect(error).toContain(said)
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
  })
})

test('a reader who has seen enough, as with | head, is no fault', () => {
  const program = fileURLToPath(new URL('../bin/plumbline.js', import.meta.url))
  const { stdout, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${program}" rules schema "${shipped('core')}" | head -1`], {
    encoding: 'utf8',
  })
  expect({ stdout, stderr }).toEqual({ stdout: '{\n', stderr: '' })
})
