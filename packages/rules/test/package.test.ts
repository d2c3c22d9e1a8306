import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packed, type Packed } from './support/packed.ts'

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { exports: Record<string, unknown> }

let alone: Packed
beforeAll(() => {
  alone = packed()
}, 120_000)
afterAll(() => alone.remove())

const plainNode = (code: string) => alone.plainNode(code)

const entries: Record<string, () => void> = {
  '.': () => {
    const decided = plainNode(`
      import { readFileSync } from 'node:fs'
      import { fileURLToPath } from 'node:url'
      import { decide, explain, hashOf, runExamples } from '@plumbline/rules'
      import { load } from '@plumbline/rules/load'
      const text = (id) => readFileSync(fileURLToPath(import.meta.resolve('@plumbline/rules/rule-sets/' + id + '.json')), 'utf8')
      const result = load(text('step-by-step'), [text('core')])
      if (!result.ok) throw new Error(JSON.stringify(result.issues))
      const input = { asOf: '2026-05-01', facts: { 'referral.basis': 'criminal-court-order' } }
      const { sentences } = explain(result.ruleSet, 'eligibility', input)
      const passed = runExamples(result.ruleSet).every((example) => example.passed)
      console.log(JSON.stringify({ ...decide(result.ruleSet, 'eligibility', input), first: sentences[0], passed, hash: await hashOf(result.ruleSet) }))
    `)
    expect(decided).toMatchObject({
      outcome: 'ineligible',
      refusedBy: ['court-order'],
      first: 'No place can be offered: 1 criterion refuses it.',
      passed: true,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  },
  './load': () => {
    const refused = plainNode(`
      import { kinds, load, parseJson } from '@plumbline/rules/load'
      const { issues } = load('{ "id": "mine", "id": "mine" }')
      console.log(JSON.stringify({ code: issues[0].code, column: issues[0].column, title: kinds.risk.title, at: parseJson('{"a": 1}').locate('/a') }))
    `)
    expect(refused).toEqual({ code: 'duplicate-key', column: 17, title: 'Risk', at: { line: 1, column: 2 } })
  },
  './why': () => {
    const reason = plainNode(`
      import { readFileSync } from 'node:fs'
      import { fileURLToPath } from 'node:url'
      import { load } from '@plumbline/rules/load'
      import { outcomesOf, range, sufficientReason } from '@plumbline/rules/why'
      const { ruleSet } = load(readFileSync(fileURLToPath(import.meta.resolve('@plumbline/rules/rule-sets/core.json')), 'utf8'))
      const input = { asOf: '2026-05-01', facts: { 'factor.separation': 'present', 'factor.coercive-control': 'present' } }
      console.log(JSON.stringify([sufficientReason(ruleSet, 'risk', input).sentences[0], range(ruleSet, 'risk', input).possible, outcomesOf(ruleSet, 'attendance')[0].length]))
    `)
    expect(reason).toEqual([
      'These 2 answers alone make the outcome at least “medium”, whatever the other answers are.',
      [['medium', 'high', 'very-high']],
      4,
    ])
  },
  './redact': () => {
    const sentences = plainNode(`
      import { readFileSync } from 'node:fs'
      import { fileURLToPath } from 'node:url'
      import { explain } from '@plumbline/rules'
      import { load } from '@plumbline/rules/load'
      import { redact } from '@plumbline/rules/redact'
      const { ruleSet } = load(readFileSync(fileURLToPath(import.meta.resolve('@plumbline/rules/rule-sets/core.json')), 'utf8'))
      const explanation = explain(ruleSet, 'completion', { asOf: '2026-05-01', facts: { 'programme.sessionsAttended': 24 } })
      console.log(JSON.stringify(redact(explanation, (fact) => fact !== 'programme.sessionsAttended', ruleSet).sentences[1]))
    `)
    expect(sentences).toMatch(/Seen: Programme sessions attended: hidden\.$/)
  },
  './counterfactuals': () => {
    const asked = plainNode(`
      import { readFileSync } from 'node:fs'
      import { fileURLToPath } from 'node:url'
      import { load } from '@plumbline/rules/load'
      import { settlingQuestions, smallestChange, whyNot } from '@plumbline/rules/counterfactuals'
      const text = (id) => readFileSync(fileURLToPath(import.meta.resolve('@plumbline/rules/rule-sets/' + id + '.json')), 'utf8')
      const { ruleSet } = load(text('step-by-step'), [text('core')])
      const input = { asOf: '2026-05-01', facts: { 'referral.basis': 'criminal-court-order' } }
      const { audience, inTheWay } = whyNot(ruleSet, 'eligibility', 'eligible', input)
      const { size } = smallestChange(ruleSet, 'eligibility', input)
      console.log(JSON.stringify([audience, inTheWay.rules[0].label, size, settlingQuestions(ruleSet, 'eligibility', input).questions]))
    `)
    expect(asked).toEqual(['staff-only', 'Under 16: never a place', 1, []])
  },
  './bulk': () => {
    const tried = plainNode(`
      import { readFileSync } from 'node:fs'
      import { fileURLToPath } from 'node:url'
      import { load } from '@plumbline/rules/load'
      import { casesFromNdjson, diff, effectInWords, simulate } from '@plumbline/rules/bulk'
      const text = (id) => readFileSync(fileURLToPath(import.meta.resolve('@plumbline/rules/rule-sets/' + id + '.json')), 'utf8')
      const before = load(text('step-by-step'), [text('core')]).ruleSet
      const after = load(text('step-by-step').replace('"missesAllowed": 0', '"missesAllowed": 1'), [text('core')]).ruleSet
      const facts = { 'place.joinedOn': '2026-05-01', 'attendance.register': [{ session: 's1', kind: 'group', date: '2026-05-05', outcome: 'absent' }] }
      const { cases } = casesFromNdjson(JSON.stringify({ case: 'C-1', kind: 'attendance', asOf: '2026-05-31', facts }), before)
      console.log(JSON.stringify(effectInWords(diff(before, after), simulate(before, after, cases))))
    `)
    expect(tried).toEqual(['missesAllowed 0 → 1: of 1 case 1 moves down (removal due → contact).'])
  },
  './accuracy': () => {
    const value = plainNode(`
      import { areaUnderCurve } from '@plumbline/rules/accuracy'
      const score = (points) => ({ points, of: 4 })
      console.log(JSON.stringify(areaUnderCurve([score(4), score(2)], [score(1), score(2)]).value))
    `)
    expect(value).toBe(0.875)
  },
  './checks': () => {
    const found = plainNode(`
      import { readFileSync } from 'node:fs'
      import { fileURLToPath } from 'node:url'
      import { load } from '@plumbline/rules/load'
      import { checkRuleSet, inText, monotony } from '@plumbline/rules/checks'
      const text = (id) => readFileSync(fileURLToPath(import.meta.resolve('@plumbline/rules/rule-sets/' + id + '.json')), 'utf8')
      const draft = text('step-by-step').replace('"criminal-court-order" }', '"criminal-court-order" }, { "fact": "person.ageOnReceipt", "operator": "lessThan", "value": 0 }')
      const { ruleSet } = load(draft, [text('core')])
      const [{ code, at, line }] = inText(checkRuleSet(ruleSet).filter(({ severity }) => severity === 'warning'), draft)
      console.log(JSON.stringify({ code, at, line, is: monotony(ruleSet).is }))
    `)
    expect(found).toEqual({ code: 'never-fires', at: '/eligibility/court-order/conditions', line: expect.any(Number), is: 'proven' })
  },
  './scales': () => {
    const scored = plainNode(`
      import { readFileSync } from 'node:fs'
      import { fileURLToPath } from 'node:url'
      import { load } from '@plumbline/rules/load'
      import { scoreScale } from '@plumbline/rules/scales'
      const { ruleSet } = load(readFileSync(fileURLToPath(import.meta.resolve('@plumbline/rules/rule-sets/core.json')), 'utf8'))
      const { result } = scoreScale(ruleSet, 'core-om', Array.from({ length: 34 }, (_, index) => (index < 28 ? 2 : 0)))
      console.log(JSON.stringify(result.scores.total.value))
    `)
    expect(scored).toEqual({ numerator: 280, denominator: 17 })
  },
  './leaflet': () => {
    const title = plainNode(`
      import { readFileSync } from 'node:fs'
      import { fileURLToPath } from 'node:url'
      import { hashOf } from '@plumbline/rules'
import { load } from '@plumbline/rules/load'
      import { leaflet } from '@plumbline/rules/leaflet'
      const { ruleSet } = load(readFileSync(fileURLToPath(import.meta.resolve('@plumbline/rules/rule-sets/core.json')), 'utf8'))
      console.log(JSON.stringify(leaflet(ruleSet, { hash: await hashOf(ruleSet), format: 'markdown' }).split('\\n')[0]))
    `)
    expect(title).toBe('# Plumbline core')
  },
  './authoring': () => {
    const tried = plainNode(`
      import { readFileSync } from 'node:fs'
      import { fileURLToPath } from 'node:url'
      import { complete, schemaOf, setParameter, validate } from '@plumbline/rules/authoring'
      const text = (id) => readFileSync(fileURLToPath(import.meta.resolve('@plumbline/rules/rule-sets/' + id + '.json')), 'utf8')
      const misspelt = text('step-by-step').replace('missesAllowed', 'misesAllowed')
      const found = validate(misspelt, [text('core')]).map(({ line, column, help }) => [line, column, help])
      const edits = setParameter(text('step-by-step'), 'missesAllowed', 1).map(({ length, content }) => [length, content])
      const message = await complete(misspelt, 0).then(() => 'no refusal', (error) => error.message)
      console.log(JSON.stringify({ found, edits, message, schema: schemaOf().title }))
    `)
    expect(tried).toEqual({
      found: [[8, 19, 'did you mean "missesAllowed"?']],
      edits: [[1, '1']],
      message: 'this needs vscode-json-languageservice, which is not installed: npm install vscode-json-languageservice@5',
      schema: 'Plumbline rule set',
    })
  },
  './json-rules-engine': () => {
    const tried = plainNode(`
      import { readFileSync } from 'node:fs'
      import { fileURLToPath } from 'node:url'
      import { load } from '@plumbline/rules/load'
      import { engineFor, exportRules } from '@plumbline/rules/json-rules-engine'
      const { ruleSet } = load(readFileSync(fileURLToPath(import.meta.resolve('@plumbline/rules/rule-sets/core.json')), 'utf8'))
      const exported = exportRules(ruleSet, 'eligibility').rules.length
      const message = await engineFor(ruleSet, 'eligibility').then(() => 'no refusal', (error) => error.message)
      console.log(JSON.stringify({ exported, message }))
    `)
    expect(tried).toEqual({ exported: 5, message: 'this needs json-rules-engine, which is not installed: npm install json-rules-engine@7' })
  },
  './testing': () => {
    expect(() => plainNode("import '@plumbline/rules/testing'")).toThrow("Cannot find package 'fast-check'")
  },
  './facts': () => {
    const line = plainNode(`
      import { readFileSync } from 'node:fs'
      import { fileURLToPath } from 'node:url'
      import { hashOf } from '@plumbline/rules'
      import { load } from '@plumbline/rules/load'
      import { typesOf } from '@plumbline/rules/facts'
      const { ruleSet } = load(readFileSync(fileURLToPath(import.meta.resolve('@plumbline/rules/rule-sets/core.json')), 'utf8'))
      console.log(JSON.stringify(typesOf(ruleSet, await hashOf(ruleSet)).split('\\n').find((line) => line.includes('bornOn'))))
    `)
    expect(line).toBe("  'person.bornOn'?: string | null")
  },
  './rule-sets/*': () => {
    const ids = plainNode(`
      import core from '@plumbline/rules/rule-sets/core.json' with { type: 'json' }
      import cdars from '@plumbline/rules/rule-sets/cdars-phoenix.json' with { type: 'json' }
      import lock from '@plumbline/rules/rule-sets/LOCK.json' with { type: 'json' }
      console.log(JSON.stringify([core.id, cdars.id, Object.keys(lock).length]))
    `)
    expect(ids).toEqual(['core', 'cdars-phoenix', 3])
  },
  './schema/*': () => {
    expect(
      plainNode(
        `import schema from '@plumbline/rules/schema/rule-set.schema.json' with { type: 'json' }\nconsole.log(JSON.stringify(schema.$schema))`,
      ),
    ).toBe('http://json-schema.org/draft-07/schema#')
  },
}

describe('the package, installed alone in an empty folder', () => {
  it('brings nothing with it', () => {
    expect(readdirSync(join(alone.folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['@plumbline'])
    expect(readdirSync(join(alone.folder, 'node_modules/@plumbline'))).toEqual(['rules'])
  })

  it.each(Object.keys(manifest.exports))('works from plain Node through "%s"', (entry) => {
    const use = entries[entry]
    if (!use) throw new Error(`nothing here uses the entry "${entry}"`)
    use()
  })

  it('holds no tests and no source', () => {
    const files = readdirSync(join(alone.folder, 'node_modules/@plumbline/rules'), { recursive: true, encoding: 'utf8' })
    expect(files.filter((path) => /\.test\.|^test|^src/.test(path))).toEqual([])
    expect(files).toContain('README.md')
    expect(files).toContain('dist/index.d.ts')
  })

  it('leads nowhere else: every link of its pages is to something that it holds', () => {
    const files = readdirSync(join(alone.folder, 'node_modules/@plumbline/rules'), { recursive: true, encoding: 'utf8' })
    const links = files
      .filter((path) => path.endsWith('.md'))
      .flatMap((page) => {
        const text = readFileSync(join(alone.folder, 'node_modules/@plumbline/rules', page), 'utf8')
        return [...text.matchAll(/\]\(([^)#]+)/g)].map(([, to = '']) => ({ page, to }))
      })
      .filter(({ to }) => !/^[a-z]+:/.test(to))
    expect(links.filter(({ page, to }) => !files.includes(join(dirname(page), to)))).toEqual([])
    expect(links.map(({ to }) => to)).toContain('vectors/README.md')
  })

  it('holds the test vectors, with every rule set they are about', () => {
    const [documents, missing] = plainNode(`
      import { existsSync, readFileSync } from 'node:fs'
      const vectors = new URL('./node_modules/@plumbline/rules/vectors/decisions.json', import.meta.url)
      const paths = Object.values(JSON.parse(readFileSync(vectors, 'utf8')).ruleSets).map(({ file }) => file)
      console.log(JSON.stringify([paths.length, paths.filter((path) => !existsSync(new URL(path, vectors)))]))
    `) as [number, string[]]
    expect(documents).toBeGreaterThan(3)
    expect(missing).toEqual([])
  })
})
