import { assessors } from '../providers/index.ts'
import type { Move } from '../../platform/states.ts'

/** What is stored. A signed assessment that a later one has replaced is *superseded*: computed, never stored. */
export const assessmentStatuses = ['draft', 'signed', 'discarded'] as const
export type AssessmentStatus = (typeof assessmentStatuses)[number]

export const assessmentMoves: readonly Move<AssessmentStatus>[] = [
  { from: 'draft', to: 'signed', by: assessors, reason: 'optional' },
  { from: 'draft', to: 'discarded', by: assessors, reason: 'required' },
]
