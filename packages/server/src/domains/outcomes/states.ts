import type { Move } from '../../platform/states.ts'
import type { Role } from '../providers/index.ts'

export const completionStatuses = [
  'proposed',
  'not-completed',
  'cannot-tell',
  'needs-human-review',
  'confirmed',
  'declined',
  'undone',
] as const
export type CompletionStatus = (typeof completionStatuses)[number]

export const completionStatusWords: Record<CompletionStatus, string> = {
  proposed: 'The rules say completed; a named person confirms it.',
  'not-completed': 'The rules say not completed.',
  'cannot-tell': 'Something that is not recorded could decide it.',
  'needs-human-review': 'The rules could not be evaluated: a person decides.',
  confirmed: 'A named person confirmed it, and the place ended as completed.',
  declined: 'A named person did not confirm it, with the reason.',
  undone: 'It was confirmed, and what it rested on was corrected.',
}

/** Who asks the rules: whoever works on the case. */
export const completionAskers: Role[] = ['facilitator', 'one-to-one-worker', 'programme-manager', 'safeguarding-lead']
/** Who confirms. */
export const completionConfirmers: Role[] = ['programme-manager', 'safeguarding-lead']

/** Every other status is final: asked again, a newer answer takes its place. */
export const completionMoves: readonly Move<CompletionStatus>[] = [
  { from: 'proposed', to: 'confirmed', by: completionConfirmers, reason: 'required' },
  { from: 'proposed', to: 'declined', by: completionConfirmers, reason: 'required' },
  // Rules that could not be evaluated leave it to a person.
  { from: 'needs-human-review', to: 'confirmed', by: completionConfirmers, reason: 'required' },
  { from: 'needs-human-review', to: 'declined', by: completionConfirmers, reason: 'required' },
  { from: 'confirmed', to: 'undone', by: completionAskers, reason: 'required' },
]
