import type { Facts } from '../../src/index.ts'
import { draftOf, put } from './drafts.ts'
import { shippedRuleSet } from './shipped.ts'

export const factors = Object.keys(shippedRuleSet('core').document.instrument?.factors ?? {})

/** Every factor absent, but for these; null is asked and not known. */
export const form = (answers: Readonly<Record<string, string | null>>): Facts =>
  Object.fromEntries(factors.map((id) => [`factor.${id}`, answers[id] === undefined ? 'absent' : answers[id]]))
export const present = (...ids: string[]) => Object.fromEntries(ids.map((id) => [id, 'present']))
export const register = (...outcomes: (string | null)[]): Facts => ({
  'place.joinedOn': '2026-05-01',
  'attendance.register': outcomes.map((outcome, index) => ({
    session: `s${index}`,
    kind: 'group',
    date: `2026-05-${10 + index}`,
    outcome,
  })),
})

/** Step by Step with one parameter set otherwise. */
export const parameter = (id: string, value: unknown) => draftOf('step-by-step', (document) => put(document, `parameters/${id}`, value))
