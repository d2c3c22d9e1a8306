import { boundsInWords } from '../diff/parameters.ts'
import { dayInWords, inWords, series } from '../explain/words.ts'
import { byNumber, kinds } from '../kinds/index.ts'
import type { Facts } from '../language/facts.ts'
import type { ParameterDefinition } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { type Block, type Line, toHtml, toMarkdown } from './blocks.ts'
import { instrumentOf } from './instrument.ts'
import { rulesOf } from './rules.ts'
import { scalesOf } from './scales.ts'

export type LeafletOptions = {
  /** What `hashOf` gives: whoever signs, signs exactly this. */
  hash: string
  format: 'markdown' | 'html'
}

/** A whole rule set in words, with everything inherited folded in: to print, to read, and for a clinical lead to sign. */
export function leaflet(ruleSet: RuleSet, { hash, format }: LeafletOptions): string {
  const blocks = [
    ...aboutOf(ruleSet, hash),
    ...parametersOf(ruleSet),
    ...instrumentOf(ruleSet.document),
    ...rulesOf(ruleSet),
    ...scalesOf(ruleSet.document),
    ...examplesOf(ruleSet),
    ...signatureOf(ruleSet, hash),
  ]
  return format === 'html' ? toHtml(`${ruleSet.title} ${ruleSet.version}`, blocks) : toMarkdown(blocks)
}

function aboutOf({ id, version, title, effectiveFrom, lineage, document }: RuleSet, hash: string): Block[] {
  const base = lineage.map((each) => `${each.id} ${each.version}`).join(', ')
  return [
    { is: 'heading', level: 1, text: title },
    {
      is: 'paragraph',
      text: `Rule set ${id}, version ${version}, in force from ${dayInWords(effectiveFrom)}.${base ? ` It builds on ${base}.` : ''}`,
    },
    { is: 'paragraph', text: `Hash: ${hash}` },
    ...Object.keys(document.statements)
      .sort()
      .map((statement): Block => ({ is: 'note', text: document.statements[statement] ?? '' })),
    {
      is: 'paragraph',
      text: 'Whatever is not known stays unknown: it never counts as no, as low or as safe. A person decides; these rules say what the provider’s own policy comes to.',
    },
  ]
}

function parametersOf({ document }: RuleSet): Block[] {
  const rows = byNumber(document.parameters).map(([id, parameter]) => [
    `${parameter.label} (${id})`,
    valueInWords(parameter),
    parameter.type === 'integer' ? (parameter.unit ?? '') : '',
    boundsInWords(parameter),
    parameter.source,
  ])
  if (rows.length === 0) return []
  return [
    { is: 'heading', level: 2, text: 'What can be tuned' },
    { is: 'table', head: ['Parameter', 'Value', 'Unit', 'Allowed', 'Source'], rows },
  ]
}

/** Names and texts as they are written; choices as people say them. */
function valueInWords(parameter: ParameterDefinition): string {
  const { value } = parameter
  if (Array.isArray(value) && value.length === 0) return 'none'
  const isText = parameter.type === 'text' || (parameter.type === 'list' && parameter.of.type === 'text')
  return isText ? series([value].flat().map(String)) : inWords(value)
}

function examplesOf(ruleSet: RuleSet): Block[] {
  const lines = Object.entries(ruleSet.examples).map(
    ([sentence, { kind, asOf, facts, expect }]): Line => ({
      text: `${sentence} (${kinds[kind].title.toLowerCase()}, ${dayInWords(asOf)})`,
      parts: [
        { text: 'Known', parts: factsInWords(facts, ruleSet) },
        { text: `Expected: ${expectedInWords(expect)}`, parts: [] },
      ],
    }),
  )
  return [
    { is: 'heading', level: 2, text: 'Worked examples' },
    ...(lines.length > 0
      ? [{ is: 'list', lines } as const]
      : [{ is: 'paragraph', text: 'There is no example in this rule set.' } as const]),
  ]
}

const factsInWords = (facts: Facts, ruleSet: RuleSet): Line[] =>
  Object.entries(facts).map(([name, value]) => ({ text: `${ruleSet.facts[name]?.label ?? name}: ${inWords(value)}`, parts: [] }))

/** As it stands in the rule set: whoever signs can find it there. */
const expectedInWords = (expect: Readonly<Record<string, unknown>>): string =>
  Object.entries(expect)
    .map(([name, value]) => `${name} ${written(value)}`)
    .join('; ')

function written(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none'
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(written).join(', ')
  if (typeof value !== 'object') return JSON.stringify(value)
  return `(${Object.entries(value)
    .map(([name, held]) => `${name} ${written(held)}`)
    .join(', ')})`
}

function signatureOf({ title, version }: RuleSet, hash: string): Block[] {
  return [
    { is: 'heading', level: 2, text: 'Signed' },
    { is: 'paragraph', text: `I have read ${title}, version ${version}, with the hash ${hash}. It says what our policy is.` },
    { is: 'sign', fields: ['Name', 'Role', 'Day', 'Signature'] },
  ]
}
