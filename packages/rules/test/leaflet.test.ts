import { describe, expect, it } from 'vitest'
import { hashOf, kindIds } from '../src/index.ts'
import { leaflet } from '../src/leaflet/index.ts'
import { coreDraft, put } from './support/drafts.ts'
import { shippedIds, shippedRuleSet } from './support/shipped.ts'

const plain = (text: string) => text.replaceAll('\\', '')
const unescaped = (html: string) =>
  html.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

describe.each(shippedIds)('the leaflet of %s', (id) => {
  const ruleSet = shippedRuleSet(id)
  const { document } = ruleSet

  it.each(['markdown', 'html'] as const)('holds everything there is to sign, as %s', async (format) => {
    const hash = await hashOf(ruleSet)
    const written = leaflet(ruleSet, { hash, format })
    const text = format === 'html' ? unescaped(written) : plain(written)
    const labels = [
      ...Object.values(document.parameters).flatMap(({ label, source }) => [label, source]),
      ...kindIds.flatMap((kind) => Object.values(document[kind]).flatMap(({ label, source }) => [label, source])),
      ...Object.values(document.instrument?.factors ?? {}).flatMap(({ label, question, source }) => [label, question, source]),
      ...Object.values(document.instrument?.bands ?? {}).map(({ label }) => label),
      ...Object.values(document.statements),
      ...Object.keys(ruleSet.examples),
      hash,
      ruleSet.title,
      'Signature',
    ]
    expect(labels.filter((label) => !text.includes(label))).toEqual([])
    expect(written).not.toMatch(/undefined|\[object|null\b/)
  })
})

describe('what somebody wrote in a rule set', () => {
  const hostile = '<img src=x onerror=alert(1)> | *bold* [link](javascript:x) `code`'
  const ruleSet = coreDraft((document) => {
    put(document, 'parameters/minimumAge/label', hostile)
    put(document, 'title', `# ${hostile}`)
  })

  it('stays text in HTML', () => {
    const html = leaflet(ruleSet, { hash: 'h', format: 'html' })
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).toContain("default-src 'none'")
  })

  it('stays text in Markdown, and in its cell', () => {
    const markdown = leaflet(ruleSet, { hash: 'h', format: 'markdown' })
    expect(markdown).toContain('\\<img src=x onerror=alert(1)\\> \\| \\*bold\\* \\[link\\](javascript:x) \\`code\\`')
    expect(markdown.startsWith('# \\# \\<img')).toBe(true)
  })
})

it('texts and lists of texts stand as they are written', () => {
  expect(plain(leaflet(shippedRuleSet('core'), { hash: 'h', format: 'markdown' }))).toContain('respectful-communication@1')
})

it('a rule reads as a sentence: when, then, source', () => {
  const markdown = leaflet(shippedRuleSet('step-by-step'), { hash: 'h', format: 'markdown' })
  expect(markdown).toContain(
    [
      '### No session may be missed',
      '',
      '- When',
      '  - Misses, as the provider counts them: more than 0 (Misses allowed where a provider removes for missing)',
      '- Then: removal from this run is due; a named person confirms it; tell partner service and referrer',
      '- Source: Step by Step, attendance policy',
      '- Name in the rule set: attendance/removal-after-a-miss',
    ].join('\n'),
  )
})
