import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { progressBar } from '../src/progress-bar.ts'
import { run } from '../src/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'plumbline-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const shipped = (name: string) => fileURLToPath(new URL(`../../rules/rule-sets/${name}.json`, import.meta.url))
const example = (name: string) => fileURLToPath(new URL(`../examples/${name}`, import.meta.url))
const published = shipped('step-by-step')
const draft = example('step-by-step-draft.json')
const cases = example('past-cases.ndjson')
const file = (name: string, content: string) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const broken = () => file('broken.json', '{ "id": }')

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

describe('plumbline rules diff', () => {
  test('says in words what differs, the gravest first', async () => {
    const { exit, out } = await plumbline('diff', published, draft)
    expect(out).toContain('Step by Step 1.0.0 → Step by Step: one miss allowed 1.1.0')
    expect(out).toContain(
      '▼ moves cases down, and none up\n  missesAllowed 0 → 1 (Misses allowed where a provider removes for missing) [attendance]',
    )
    expect(out.indexOf('missesAllowed')).toBeLessThan(out.indexOf('wording'))
    expect(exit).toBe(0)
  })

  test('the other way round it moves cases up; from itself nothing differs', async () => {
    expect((await plumbline('diff', draft, published)).out).toContain('▲ moves cases up, and none down\n  missesAllowed 1 → 0')
    expect((await plumbline('diff', published, published)).out).toContain('Nothing differs.')
  })

  test('--json prints one document and nothing else', async () => {
    const { out } = await plumbline('diff', published, draft, '--json')
    expect(JSON.parse(out)).toMatchObject({ class: 'moves-down', before: { id: 'step-by-step' }, changes: expect.any(Array) })
  })

  test('a rule set that cannot be used is shown with its place, whichever of the two it is: exit 1', async () => {
    for (const words of [
      [broken(), draft],
      [published, broken()],
    ]) {
      const { exit, out } = await plumbline('diff', ...words)
      expect(out).toMatch(/broken\.json:1:9  a value is needed here/)
      expect(exit).toBe(1)
    }
    expect((await plumbline('diff', published)).exit).toBe(2)
    expect((await plumbline('diff', published, join(folder, 'nowhere.json'))).exit).toBe(2)
  })
})

describe('plumbline rules simulate', () => {
  const simulate = (...more: string[]) => plumbline('simulate', draft, '--against', published, '--cases', cases, ...more)

  test('counts, a swap table, who moves and why, and one sentence', async () => {
    const { exit, out } = await simulate()
    expect(out).toMatch(/Attendance {2}26 cases: 0 up, 13 down, 13 unchanged, 0 cannot be told/)
    expect(out).toMatch(
      /before \\ after +in good standing +contact +removal due +cannot tell\n +in good standing +6 +· +· +·\n +removal due +· +12▼ +7 +·\n/,
    )
    expect(out).toMatch(/▼ C-0403 removal due → contact\n +No session may be missed: holds → does not hold/)
    expect(out).toContain('and 8 more: write them to a file with --list')
    expect(out).toMatch(/Risk {2}27 cases: 0 up, 0 down, 27 unchanged/)
    expect(out.replaceAll(/\s+/g, ' ')).toContain('of 26 cases 13 move down (removal due → contact); 13 stay as they are.')
    expect(exit).toBe(0)
  })

  test('--list writes every case that moves, as a table or one JSON object a line', async () => {
    const table = join(folder, 'moved.csv')
    expect((await simulate('--list', table)).out).toContain(`13 cases written to ${table}`)
    const lines = readFileSync(table, 'utf8').trimEnd().split('\r\n')
    expect(lines[0]).toBe('case,kind,move,before,after,reasons')
    expect(lines).toHaveLength(14)
    expect(lines[1]).toMatch(/^C-0403,attendance,down,removal due,contact,"No session may be missed: holds → does not hold/)
    const objects = join(folder, 'moved.ndjson')
    await simulate('--list', objects)
    const [first] = readFileSync(objects, 'utf8').split('\n')
    expect(JSON.parse(first ?? '')).toMatchObject({ case: 'C-0403', kind: 'attendance', move: 'down' })
  })

  test('--factors writes the answers as a table that can be read again', async () => {
    const table = join(folder, 'factors.csv')
    expect((await simulate('--factors', table)).out).toContain(`27 forms written to ${table}`)
    const [heading] = readFileSync(table, 'utf8').split('\r\n')
    expect(heading).toMatch(/^case,asOf,kind,/)
    const { out } = await plumbline('simulate', draft, '--against', published, '--cases', table)
    expect(out).toMatch(/Risk {2}27 cases: 0 up, 0 down, 27 unchanged/)
    expect((await simulate('--factors', join(folder, 'factors.txt'))).error).toContain('as .csv')
    expect((await simulate('--factors', cases)).error).toContain('would overwrite')
  })

  test('a list is safe to open in a spreadsheet', async () => {
    const asked = {
      kind: 'attendance',
      asOf: '2026-05-31',
      facts: {
        'place.joinedOn': '2026-05-01',
        'attendance.register': [{ session: 's1', kind: 'group', date: '2026-05-05', outcome: 'absent' }],
      },
    }
    const path = file('formula.ndjson', JSON.stringify({ case: '=HYPERLINK("x")', ...asked }))
    const list = join(folder, 'formula.csv')
    await plumbline('simulate', draft, '--against', published, '--cases', path, '--list', list)
    expect(readFileSync(list, 'utf8')).toContain(`\r\n"'=HYPERLINK(""x"")",attendance,down`)
  })

  test('cases in a table: factors by their id', async () => {
    const core = readFileSync(shipped('core'), 'utf8')
    const stricter = file('stricter.json', core.replace('"label": "Medium", "from": 20', '"label": "Medium", "from": 4'))
    const path = file('cases.csv', 'case,asOf,escalation,separation\nC-1,2026-05-01,present,absent\nC-2,2026-05-01,absent,?\n')
    const { exit, out } = await plumbline('simulate', stricter, '--against', shipped('core'), '--cases', path)
    expect(out).toContain('band medium begins at 20 → 4 in 100 [risk, safeguarding]')
    expect(out).toMatch(/▲ C-1 standard to very high → medium to very high/)
    expect(out).toMatch(/\? C-2 standard to very high/)
    expect(exit).toBe(0)
  })

  test('--json holds the counts, the lists, the difference and the sentences', async () => {
    const { out } = await simulate('--json')
    const { simulation, difference, sentences, warnings } = JSON.parse(out)
    expect(simulation.kinds.find(({ kind }: { kind: string }) => kind === 'attendance').counts).toEqual({
      up: 0,
      down: 13,
      unchanged: 13,
      'cannot-tell': 0,
    })
    expect([difference.class, sentences.length, warnings]).toEqual(['moves-down', 1, []])
  })

  test('a wrong table is refused by its cells, and nothing is judged: exit 2', async () => {
    const path = file('wrong.csv', 'case,asOf,escalation\nC-1,2026-05-01,presnt\nC-2,2026-02-30,absent\n')
    const { exit, out, error } = await plumbline('simulate', draft, '--against', published, '--cases', path)
    expect(error).toContain(
      `${path}:2 C2 error factor.escalation: one of "absent", "possible", "present" is needed; did you mean "present"?`,
    )
    expect(error).toContain(`${path}:3 B3 error`)
    expect(error).toContain('cannot be used: 2 errors')
    expect([exit, out]).toEqual([2, ''])
  })

  test('a misspelt fact in stored decisions is a warning, and counts as unknown', async () => {
    const path = file(
      'misspelt.ndjson',
      JSON.stringify({ case: 'C-1', kind: 'eligibility', asOf: '2026-05-01', facts: { 'engagement.iswilling': true } }),
    )
    const { exit, out } = await plumbline('simulate', draft, '--against', published, '--cases', path)
    expect(out).toMatch(/misspelt\.ndjson:1 warning .*did you mean "engagement\.isWilling"\?/)
    expect(exit).toBe(0)
  })

  test('faults of the call: no cases, another kind of file, a list that would overwrite what is read, an option left out', async () => {
    const said = async (...words: string[]) => {
      const { exit, error } = await plumbline('simulate', draft, ...words)
      expect(exit).toBe(2)
      return error
    }
    expect(await said('--against', published, '--cases', file('empty.ndjson', ''))).toContain('holds no case')
    expect(await said('--against', published, '--cases', file('cases.txt', ''))).toContain('cases come as .ndjson or .csv')
    expect(await said('--against', published, '--cases', cases, '--list', draft)).toContain('would overwrite')
    expect(await said('--against', published, '--cases', cases, '--list', join(folder, 'moved.txt'))).toContain('as .csv or .ndjson')
    expect(await said('--against', published, '--cases', cases, '--list', join(folder, 'no', 'such', 'folder.csv'))).toContain(
      'cannot be written',
    )
    expect(await said('--cases', cases)).toContain('--against')
    expect((await plumbline('simulate', broken(), '--against', published, '--cases', cases)).exit).toBe(1)
  })

  test('shows how far it is, and clears the line at the end', async () => {
    const written: string[] = []
    const bar = progressBar((text) => written.push(text))
    for (const done of [0, 1, 50, 100]) bar(done, 100)
    expect(written[0]).toContain('░ 0 %')
    expect(written[2]).toContain('███████████████░░░░░░░░░░░░░░░ 50 %')
    expect(written.at(-1)).toBe('\r\u001b[2K')
  })
})

describe('plumbline rules doc', () => {
  test('prints the whole rule set, with the hash that check prints', async () => {
    const { exit, out } = await plumbline('doc', published)
    const { out: checked } = await plumbline('check', published)
    const hash = /hash +([0-9a-f]{64})/.exec(checked)?.[1] ?? 'none'
    expect(out).toContain('# Step by Step')
    expect(out).toContain(`Hash: ${hash}`)
    expect(out).toContain('### No session may be missed')
    expect(exit).toBe(0)
  })

  test('--html is one page that needs nothing else', async () => {
    const { out } = await plumbline('doc', published, '--html')
    expect(out.startsWith('<!doctype html>')).toBe(true)
    expect(out).not.toMatch(/<script|<link|<img|https?:/)
  })

  test('a rule set that cannot be used, and a file that is not there', async () => {
    expect((await plumbline('doc', broken())).exit).toBe(1)
    expect((await plumbline('doc', join(folder, 'nowhere.json'))).exit).toBe(2)
  })
})

describe('plumbline rules schema', () => {
  test('knows the facts, parameters and conditions of this rule set', async () => {
    const own = file(
      'own.json',
      JSON.stringify({
        id: 'own',
        version: '1.0.0',
        title: 'Own',
        effectiveFrom: '2026-01-01',
        extends: { id: 'core', version: '1.0.0' },
        facts: { 'custom.ownsDog': { number: 1, type: 'boolean', label: 'Dog', question: 'A dog?', source: 'us' } },
      }),
    )
    const { exit, out } = await plumbline('schema', own)
    expect(JSON.parse(out)).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' })
    for (const name of ['"custom.ownsDog"', '"factor.separation"', '"parameter.missesAllowed"', '"separation-control-violence"'])
      expect(out).toContain(name)
    expect(exit).toBe(0)
  })

  test('a rule set that cannot be used: exit 1', async () => {
    expect((await plumbline('schema', broken())).exit).toBe(1)
  })
})

describe('plumbline rules types', () => {
  test('says what each fact holds, in TypeScript', async () => {
    const { exit, out } = await plumbline('types', published)
    const lines = out.split('\n')
    expect(lines[0]).toMatch(
      /^\/\/ Facts of step-by-step 1\.0\.0, [0-9a-f]{64}\. Written by "plumbline rules types": write it anew when the rule set changes\.$/,
    )
    expect(out).toContain('  /** Date of birth. A day such as "2025-04-01". When was the person born? */')
    expect(lines).toContain("  'person.bornOn'?: string | null")
    expect(lines).toContain("  'engagement.isWilling'?: boolean | null")
    expect(lines).toContain("  'factor.coercive-control'?: 'absent' | 'possible' | 'present' | null")
    expect(lines.find((line) => line.includes("'attendance.register'"))).toContain("'kind'?: 'group' | 'one-to-one' | null")
    expect(out).not.toContain('person.ageOnReceipt')
    expect(exit).toBe(0)
  })

  test('a rule set that cannot be used: exit 1', async () => {
    expect((await plumbline('types', broken())).exit).toBe(1)
  })
})

test('what stands in a file cannot command the terminal', async () => {
  const table = file('escape.csv', 'case,asOf,"sep\u001b[2J\u001b]0;title\u0007aration\u202e"\nC-1,2026-05-01,present\n')
  const { exit, error } = await plumbline('simulate', draft, '--against', published, '--cases', table)
  expect(error).toContain('the fact catalogue has no "sep\\u001b[2J\\u001b]0;title\\u0007aration\\u202e"')
  expect(exit).toBe(2)
})

describe('plumbline rules accuracy', () => {
  const outcomes = example('outcomes.csv')
  const asked = ['--looked-for', 'a new assault reported', '--within-months', '6']

  test('says with every denominator what was seen afterwards, and marks what is few', async () => {
    const { exit, out } = await plumbline('accuracy', published, '--cases', cases, '--outcomes', outcomes, ...asked)
    expect(out).toContain('Looked for: a new assault reported, within 6 months.\nOf 27 cases 3 could not be followed up.')
    expect(out).toContain('Standard: it happened with 0 of 2 (0 %; 95 % interval 0 to 66 %; few).')
    expect(out).toContain('Too few cases were followed up')
    expect(exit).toBe(0)
  })

  test('--json prints one document and nothing else', async () => {
    const { out } = await plumbline('accuracy', published, '--cases', cases, '--outcomes', outcomes, ...asked, '--json')
    expect(JSON.parse(out)).toMatchObject({ ok: true, accuracy: { observed: 27, notKnown: 3 }, withoutRisk: [], withoutCase: [] })
  })

  test('outcomes that cannot be read are shown with their cell; a length of time that is none, too: exit 2', async () => {
    const wrong = file('outcomes.csv', 'case,happened\nC-0401,perhaps\n')
    const read = await plumbline('accuracy', published, '--cases', cases, '--outcomes', wrong, ...asked)
    expect(read.error).toContain('outcomes.csv:2 B2 error yes, no or ? is needed; ? where nobody could find out')
    expect(read.exit).toBe(2)
    const timed = await plumbline(
      'accuracy',
      published,
      '--cases',
      cases,
      '--outcomes',
      outcomes,
      '--looked-for',
      'arrest',
      '--within-months',
      '0',
    )
    expect(timed.error).toContain('--within-months takes a whole number from 1 to 9999, and not "0"')
    expect(timed.exit).toBe(2)
  })

  test('cases of which nobody wrote down what was seen, and facts that count as unknown, are told', async () => {
    const outcome = file('one.csv', 'case,happened\nC-0401,yes\n')
    const line = (id: string, factor: string) =>
      JSON.stringify({ case: id, kind: 'risk', asOf: '2026-05-01', facts: { [`factor.${factor}`]: 'present' } })
    const past = file('past.ndjson', `${line('C-0401', 'seperation')}\n${line('C-0402', 'separation')}\n`)
    const { out } = await plumbline('accuracy', published, '--cases', past, '--outcomes', outcome, ...asked)
    expect(out).toContain('past.ndjson:1 warning the fact catalogue has no "factor.seperation"')
    expect(out).toContain('Not followed up: 1 case with a risk decision and no outcome. They are in no figure.')
  })

  test('outcomes of other cases than those given leave nothing to look at: exit 2', async () => {
    const other = file('other.csv', 'case,happened\nX-1,yes\n')
    const { exit, error } = await plumbline('accuracy', published, '--cases', cases, '--outcomes', other, ...asked)
    expect(error).toContain('no case of')
    expect(exit).toBe(2)
  })
})
