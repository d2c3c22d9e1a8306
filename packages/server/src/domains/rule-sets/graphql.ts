import type { KindId } from '@plumbline/rules'
import { builder, refusalType } from '../../platform/builder.ts'
import { signedIn, type Context } from '../../platform/context.ts'
import { globalId } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { StaffRef, staffById } from '../providers/index.ts'
import { allowedBy, decisionById, type StoredDecision } from './decision.ts'
import { ExplanationRef, explanationOf } from './explanation.ts'
import { outcomeWord } from './outcome-word.ts'
import { NoRuleSetInForce } from './rule-set-on.ts'
import { ruleSetVersionById, type RuleSetVersion } from './rule-set-version.ts'
import { kindIds } from './tables.ts'

refusalType(NoRuleSetInForce, 'NoRuleSetInForce', 'No version of the provider’s rule set had begun on that day.')

const kindQuestions: Record<KindId, string> = {
  risk: 'How serious is the danger?',
  eligibility: 'May a place be offered?',
  safeguarding: 'Must someone be told?',
  attendance: 'What follows from this register?',
  pathway: 'What else does this person need?',
  completion: 'Did it work, by whose definition?',
}

export const RuleKindEnum = builder.enumType('RuleKind', {
  description: 'The kinds of rule, in the order they are decided.',
  values: Object.fromEntries(kindIds.map((id) => [id.toUpperCase(), { value: id, description: kindQuestions[id] }])) as Record<
    string,
    { value: KindId; description: string }
  >,
})

export const RuleSetVersionRef = builder.objectRef<RuleSetVersion>('RuleSetVersion').implement({
  description: 'One published version of a rule set. Never changed once it is here.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('RuleSetVersion', row.id) }),
    ruleSetId: t.exposeString('ruleSetId', { description: 'The document’s own id, `step-by-step`.' }),
    version: t.exposeString('version', { description: 'The document’s own version, `1.0.0`.' }),
    title: t.exposeString('title', { description: 'Its title, for people.' }),
    decides: t.exposeBoolean('decides', {
      description: 'True where cases here are decided by it; false for a document that it only extends.',
    }),
    effectiveFrom: t.expose('effectiveFrom', { type: 'Day', description: 'The first day it decides.' }),
    untilOn: t.expose('untilOn', {
      type: 'Day',
      nullable: true,
      description: 'The day the next version begins, which itself belongs to the next; null while there is none.',
    }),
    hash: t.exposeString('hash', { description: 'SHA-256 of the resolved text, lower-case hex. Equal hash, equal decisions.' }),
    text: t.exposeString('documentText', { description: 'The document as it was written, JSON.' }),
    resolvedText: t.exposeString('resolvedText', {
      description: 'Canonical JSON (RFC 8785) with the documents it extends folded in: what is evaluated and hashed.',
    }),
    publishedAt: t.expose('publishedAt', { type: 'Instant', description: 'When it was stored here.' }),
    publishedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who published it; null for what came with the server.',
      resolve: (row, _, context) => (row.publishedBy ? signedIn(context).operation.load(staffById, row.publishedBy) : null),
    }),
  }),
})

refetchable('RuleSetVersion', (operation, id) => operation.load(ruleSetVersionById, id))

type RuleSetReference = { id: string; version: string; hash: string }

const RuleSetReferenceRef = builder.objectRef<RuleSetReference>('RuleSetReference').implement({
  description: 'Which rule set decided, to the byte.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'The document’s own id, `step-by-step`.' }),
    version: t.exposeString('version', { description: 'The document’s own version, `1.0.0`.' }),
    hash: t.exposeString('hash', { description: 'SHA-256 of its resolved text, lower-case hex.' }),
  }),
})

const ruleSetReference = ({ ruleSetId: id, ruleSetVersion: version, ruleSetHash: hash }: StoredDecision): RuleSetReference | null =>
  id === null || version === null || hash === null ? null : { id, version, hash }

/** Says in the audit that a part of a decision's content was read. */
function noteDecisionRead(context: Context, decision: StoredDecision, field: string): void {
  const { actor, operation } = signedIn(context)
  operation.noteRead({ subjectType: 'decision', subjectId: decision.id, fields: [field], allowedBy: allowedBy(actor) })
}

export const DecisionRef = builder.objectRef<StoredDecision>('Decision').implement({
  description:
    'What a rule set said of some facts: an immutable record that can be explained and replayed. It proposes; a named person decides.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('Decision', row.id) }),
    kind: t.expose('kind', { type: RuleKindEnum, description: 'Which question it answers.' }),
    ruleSet: t.field({
      type: RuleSetReferenceRef,
      nullable: true,
      description: 'What decided; null when no rule set was in force, and a person decides.',
      resolve: ruleSetReference,
    }),
    asOf: t.expose('asOf', { type: 'Day', description: 'The day the question was asked for.' }),
    decidedAt: t.expose('decidedAt', { type: 'Instant', description: 'When it was decided.' }),
    outcome: t.string({
      description:
        'In one word: `eligible`, `tell`, `removal-due`; for risk the band, or `medium to very-high` while answers are open; `needs-human-review` when the rules could not decide.',
      resolve: (row, _, context) => {
        noteDecisionRead(context, row, 'outcome')
        return outcomeWord(row)
      },
    }),
    needsHumanReview: t.exposeBoolean('needsHumanReview', {
      description: 'True when the rules could not decide by themselves: a person must.',
    }),
    canonicalText: t.string({
      description: 'The record: canonical JSON (RFC 8785) of facts, rule set, clock and result, byte for byte as it was stored.',
      resolve: (row, _, context) => {
        noteDecisionRead(context, row, 'canonicalText')
        return row.canonicalText
      },
    }),
    factsText: t.string({
      description: 'Canonical JSON of the facts it was made on. Null is asked and not known; absent is not asked.',
      resolve: (row, _, context) => {
        noteDecisionRead(context, row, 'facts')
        return row.factsText
      },
    }),
    resultText: t.string({
      description: 'Canonical JSON of the whole result, in the shape its kind has in the rules library.',
      resolve: (row, _, context) => {
        noteDecisionRead(context, row, 'result')
        return row.resultText
      },
    }),
    contentHash: t.exposeString('contentHash', { description: 'SHA-256 of `canonicalText`, lower-case hex.' }),
    explanation: t.field({
      type: ExplanationRef,
      nullable: true,
      description: 'Why it came out so, by the stored rule set on the stored facts; null when there are no rules to explain it by.',
      resolve: (row, _, context) => {
        noteDecisionRead(context, row, 'explanation')
        return signedIn(context).operation.load(explanationOf, row)
      },
    }),
    statements: t.stringList({
      description: 'What must be printed with the result, such as that the instrument is not validated.',
      resolve: async (row, _, context) => (await signedIn(context).operation.load(explanationOf, row))?.statements ?? [],
    }),
  }),
})

refetchable('Decision', (operation, id) => operation.load(decisionById, id))
