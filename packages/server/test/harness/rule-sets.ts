import { approveRuleSet, proposeRuleSet, type RuleSetProposal } from '../../src/domains/rule-sets/index.ts'
import { shippedText } from '../../src/domains/rule-sets/shipped.ts'
import { newId } from '../../src/platform/ids.ts'
import type { World } from './world.ts'

type Document = Record<string, unknown> & { parameters: Record<string, unknown>; examples: Record<string, unknown> }

/** Step by Step as it ships, changed by `edit`, written as a person would. */
export function stepByStep(edit: (document: Document) => void): string {
  const document = JSON.parse(shippedText('step-by-step')!) as Document
  edit(document)
  return `${JSON.stringify(document, null, 2)}\n`
}

const register = (...outcomes: string[]) =>
  outcomes.map((outcome, index) => ({
    session: `s${index + 1}`,
    kind: 'group',
    date: `2026-05-${String(5 + 7 * index).padStart(2, '0')}`,
    outcome,
  }))
const attendance = (outcomes: string[], expected: object) => ({
  kind: 'attendance',
  asOf: '2026-05-31',
  facts: { 'place.joinedOn': '2026-05-01', 'attendance.register': register(...outcomes) },
  expect: expected,
})

/** Examples on both sides of one miss allowed. */
export const oneMissAllowedExamples = {
  'one miss brings a contact and no more': attendance(['attended', 'excused'], { outcome: 'contact', counts: { held: 2, missed: 1 } }),
  'a second miss makes removal due': attendance(['absent', 'attended', 'excused'], { outcome: 'removal-due', counts: { missed: 2 } }),
}

/** A further version of Step by Step that allows one miss, with the examples that belong to it. */
export const oneMissAllowed = (effectiveFrom: string, version = '1.1.0', more: (document: Document) => void = () => {}): string =>
  stepByStep((document) => {
    Object.assign(document, { version, effectiveFrom })
    document.parameters.missesAllowed = 1
    delete document.examples['one excused absence makes removal due']
    Object.assign(document.examples, oneMissAllowedExamples)
    more(document)
  })

/** Proposed by the rules author. */
export const proposed = ({ as, people }: World, text: string): Promise<RuleSetProposal> =>
  as(people['rules-author'], (tx, actor) =>
    proposeRuleSet(tx, actor, { text, reason: 'the steering group asked for it', idempotencyKey: newId() }),
  )

/** Approved by the programme manager. */
export const approved = ({ as, people }: World, { id, textHash, version }: RuleSetProposal): Promise<RuleSetProposal> =>
  as(people['programme-manager'], (tx, actor) => approveRuleSet(tx, actor, { proposalId: id, textHash, expectedVersion: version }))

/** Proposed by one person and approved by another. */
export const published = async (world: World, text: string): Promise<RuleSetProposal> => approved(world, await proposed(world, text))
