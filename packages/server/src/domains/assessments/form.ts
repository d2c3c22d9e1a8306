import { byNumber, type RuleSet } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { loader } from '../../platform/loader.ts'
import { ruleSetOn } from '../rule-sets/index.ts'

export type Factor = { id: string; number: number; label: string; question: string; domain: string; isCritical: boolean }
export type Band = { id: string; label: string /** Place from the lowest, 1. */; number: number; reviewDays: number }
export type SituationQuestion = { fact: string; number: number; label: string; question: string }

/** What is asked and shown under one rule set: its instrument, its questions about the present situation, its words. */
export type Form = {
  hash: string
  instrument: { id: string; version: string; title: string }
  /** In the order of their numbers. */
  factors: readonly Factor[]
  /** Lowest first. */
  bands: readonly Band[]
  situation: readonly SituationQuestion[]
  provisionalReviewDays: number
  statement: string
  ruleLabels: ReadonlyMap<string, string>
  /** Of pathway rules, whose ids are their own. */
  pathwayLabels: ReadonlyMap<string, string>
  /** How to ask for each fact of the catalogue. */
  questions: ReadonlyMap<string, string>
}

export function formUnder(ruleSet: RuleSet, hash: string): Form {
  const { document } = ruleSet
  const { instrument } = document
  if (!instrument) throw new Error(`rule set ${ruleSet.id} ${ruleSet.version} has no instrument`)
  return {
    hash,
    instrument: { id: instrument.id, version: instrument.version, title: instrument.title },
    factors: byNumber(instrument.factors).map(([id, { number, label, question, domain, floor }]) => ({
      id,
      number,
      label,
      question,
      domain: instrument.domains[domain]?.label ?? domain,
      isCritical: floor !== undefined,
    })),
    bands: byNumber(instrument.bands).map(([id, { label, reviewDays }], index) => ({ id, label, reviewDays, number: index + 1 })),
    situation: byNumber(document.facts)
      .filter(([fact, { type, derived }]) => fact.startsWith('safeguarding.') && type === 'boolean' && !derived)
      .map(([fact, { number, label, question }]) => ({ fact, number, label, question })),
    provisionalReviewDays: instrument.missing.provisionalReviewDays,
    statement: document.statements[instrument.statement] ?? '',
    ruleLabels: new Map([...Object.entries(document.risk), ...Object.entries(document.safeguarding)].map(([id, { label }]) => [id, label])),
    pathwayLabels: new Map(Object.entries(document.pathway).map(([id, { label }]) => [id, label])),
    questions: new Map(Object.entries(ruleSet.facts).map(([fact, { question }]) => [fact, question])),
  }
}

/** Forms by the hash of their rule set: equal hash, equal form. */
const known = new Map<string, Form>()

type OnDay = { ruleSetHash: string; assessedOn: Day }

/** The form of an assessment. Reads nothing where this process has met its rule set before. */
export async function formOf(tx: Tx, actor: Actor, { ruleSetHash, assessedOn }: OnDay): Promise<Form> {
  const met = known.get(ruleSetHash)
  if (met) return met
  const { ruleSet, hash } = await ruleSetOn(tx, actor, assessedOn)
  if (hash !== ruleSetHash) throw new Error('the rule set of an assessment is no longer the one in force on its day')
  const form = formUnder(ruleSet, hash)
  known.set(hash, form)
  return form
}

/** For resolvers, keyed by `formKey`: one reading for each rule set, however many assessments. */
export const formByKey = loader<string, Form>(async (tx, actor, keys) => {
  const forms: Form[] = []
  for (const key of keys) {
    const [ruleSetHash = '', assessedOn = ''] = key.split(' ')
    forms.push(await formOf(tx, actor, { ruleSetHash, assessedOn }))
  }
  return forms
})
export const formKey = ({ ruleSetHash, assessedOn }: OnDay): string => `${ruleSetHash} ${assessedOn}`

/** The band with this id. Results of a rule set name only bands of its own instrument. */
export function bandIn(form: Form, id: string): Band {
  const band = form.bands.find((one) => one.id === id)
  if (!band) throw new Error(`the instrument ${form.instrument.id} has no band ${id}`)
  return band
}
export const highestBand = (form: Form): Band => form.bands.at(-1)!
export const lowestBand = (form: Form): Band => form.bands[0]!
export const higher = (form: Form, one: string, other: string): string =>
  bandIn(form, one).number >= bandIn(form, other).number ? one : other
