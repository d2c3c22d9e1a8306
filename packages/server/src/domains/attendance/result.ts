import type { Instant } from '../../platform/clock.ts'
import type { Uuid } from '../../platform/ids.ts'
import type { ConcernLevel, Matter } from '../safeguarding/index.ts'
import type { PersonPlan } from './plan.ts'
import { consequences, type ConsequenceType, type EntryOutcome, type Standing } from './words.ts'

/** What a register comes to for one person, as it is shown before saving and kept when it is saved: plain JSON. */
export type PersonResult = {
  placeId: Uuid
  outcome: EntryOutcome | 'not-held'
  standing: Standing
  counts: { held: number; attended: number; missed: number; unrecorded: number } | null
  follows: {
    type: ConsequenceType
    description: string
    rules: string[]
    label: string | null
    sessionId: Uuid
    tell: string[]
    dueAt: Instant
    level: ConcernLevel | null
    what: Matter[]
  }[]
  undone: { type: ConsequenceType; description: string; rules: string[]; sessionId: Uuid }[]
}

export const asResult = ({ place, outcome, standing, counts, follows, undone }: PersonPlan): PersonResult => ({
  placeId: place.id,
  outcome,
  standing,
  counts,
  follows: follows.map(({ type, rules, label, sessionId, tell, dueAt, concern }) => ({
    type,
    description: consequences[type].description,
    rules,
    label,
    sessionId,
    tell,
    dueAt,
    level: concern?.level ?? null,
    what: concern?.what ?? [],
  })),
  undone: undone.map(({ type, rules, sessionId }) => ({ type, description: consequences[type].description, rules, sessionId })),
})
