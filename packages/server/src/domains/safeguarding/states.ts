import type { Move } from '../../platform/states.ts'
import { roleIds } from '../providers/index.ts'

export const concernStatuses = ['raised', 'acknowledged', 'closed'] as const
export type ConcernStatus = (typeof concernStatuses)[number]
export const openStatuses = ['raised', 'acknowledged'] as const satisfies readonly ConcernStatus[]

/** What comes up again is a new concern. Any role may stand here, because the relationship decides: `access.ts` says who acts on which. */
export const concernMoves: readonly Move<ConcernStatus>[] = [
  { from: 'raised', to: 'acknowledged', by: roleIds, reason: 'optional' },
  { from: 'raised', to: 'closed', by: roleIds, reason: 'required' },
  { from: 'acknowledged', to: 'closed', by: roleIds, reason: 'required' },
]
