import type { Move } from '../../platform/states.ts'
import { oversight } from '../providers/index.ts'
import { leadersOfGroups } from './roles.ts'

export const removalStatuses = ['proposed', 'confirmed', 'declined', 'withdrawn', 'undone'] as const
export type RemovalStatus = (typeof removalStatuses)[number]

export const removalStatusWords: Record<RemovalStatus, string> = {
  proposed: 'The rules propose it; nobody has decided.',
  confirmed: 'A named person confirmed it: the place ended.',
  declined: 'A named person declined it: the place goes on.',
  withdrawn: 'Before anybody decided, the register was corrected, or the place ended otherwise: there is nothing to decide any more.',
  undone: 'The register was corrected after it was confirmed: the place was opened again, or waits at the head of the list.',
}

/** The rules propose, a named person decides, a correction of the register takes either back. */
export const removalMoves: readonly Move<RemovalStatus>[] = [
  { from: 'proposed', to: 'confirmed', by: oversight, reason: 'required' },
  { from: 'proposed', to: 'declined', by: oversight, reason: 'required' },
  { from: 'proposed', to: 'withdrawn', by: leadersOfGroups, reason: 'required' },
  { from: 'confirmed', to: 'undone', by: leadersOfGroups, reason: 'required' },
]
