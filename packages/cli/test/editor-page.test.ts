import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { run } from '../src/run.ts'

const page = readFileSync(new URL('../../../docs/how-to/get-help-in-your-editor.md', import.meta.url), 'utf8')
const block = (after: RegExp) => page.slice(page.search(after)).split('```')[0]?.split('\n').slice(1).join('\n') ?? ''
const folder = mkdtempSync(join(tmpdir(), 'plumbline-editor-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function plumbline(...words: string[]) {
  const out: string[] = []
  const exit = await run(words, {
    out: (text) => out.push(text),
    error: (text) => out.push(text),
    colour: false,
    today: () => '2026-05-01',
  })
  return { exit, out: out.join('\n') }
}

describe('"Get help in your editor" shows what happens', () => {
  test('its command writes a schema that knows the fact and the parameter of its rule set, and the labels of factors', async () => {
    const path = join(folder, 'riverside.json')
    writeFileSync(path, block(/(?<=```)json rule-set/))
    const { exit, out } = await plumbline('rules', 'schema', path)
    expect(exit).toBe(0)
    const { definitions, properties } = JSON.parse(out) as {
      definitions: { fact: { anyOf: { enum: string[]; enumDescriptions: string[] }[] } }
      properties: { parameters: { properties: Record<string, { description: string }> } }
    }
    const [facts] = definitions.fact.anyOf
    const words = (name: string) => facts?.enumDescriptions[facts.enum.indexOf(name)]
    expect(words('custom.groupLanguage')).toBe('Language of the group. One of "welsh", "english". Source: Riverside, referral form.')
    expect(words('factor.escalation')).toMatch(/^\S.*One of "absent", "possible", "present"\./)
    expect(properties.parameters.properties['minimumAge']?.description).toContain('A whole number of years, 16 to 30; 18 so far.')
  })

  test('its settings name the file that the command writes, and the one it is for', () => {
    const [written] = /(?<=rules schema )\S+ > \S+/.exec(page) ?? []
    const settings = JSON.parse(block(/(?<=```)json\n\{\n {2}"json\.schemas"/)) as {
      'json.schemas': { fileMatch: string[]; url: string }[]
    }
    expect(settings['json.schemas'].map(({ fileMatch, url }) => `${fileMatch[0]?.slice(1)} > ${url.slice(2)}`)).toEqual([written])
  })

  test('its messages are the first of those in the file beside the example', () => {
    const said = readFileSync(new URL('../examples/mistakes/eight.txt', import.meta.url), 'utf8')
    expect(said.startsWith(block(/(?<=```)\neight\.json/))).toBe(true)
    expect(block(/(?<=```)\neight\.json/)).toContain('did you mean')
  })

  test('its codes of exit are those of the command', async () => {
    expect((await plumbline('rules', 'check', join(folder, 'riverside.json'))).exit).toBe(0)
    const warned = join(folder, 'warned.json')
    const example = { kind: 'eligibility', asOf: '2026-09-10', facts: { 'engagement.isWilling': 'yes' }, expect: {} }
    writeFileSync(
      warned,
      JSON.stringify(
        { ...(JSON.parse(block(/(?<=```)json rule-set/)) as object), examples: { 'a value of the wrong type': example } },
        null,
        2,
      ),
    )
    const { exit, out } = await plumbline('rules', 'check', warned)
    expect(out).toMatch(/warned\.json:\d+:\d+ {2}warning: \S/)
    expect(exit).toBe(0)
    expect((await plumbline('rules', 'check', join(folder, 'nowhere.json'))).exit).toBe(2)
  })
})
