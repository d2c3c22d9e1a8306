import type { Move } from '../../platform/states.ts'
import { approvers, proposers } from './roles.ts'

export const proposalStatuses = ['proposed', 'approved', 'declined', 'withdrawn', 'superseded'] as const
export type ProposalStatus = (typeof proposalStatuses)[number]

/**
 * What was decided stays decided: a second thought is a new proposal.
 * Who proposed it does not approve or decline it, and only they withdraw it: `second-person.ts`, and constraints of the table.
 * It is superseded by another one: by a later one of the same person, or when another one is published and so changes what this one was compared with.
 */
export const proposalMoves: readonly Move<ProposalStatus>[] = [
  { from: 'proposed', to: 'approved', by: approvers, reason: 'optional' },
  { from: 'proposed', to: 'declined', by: approvers, reason: 'required' },
  { from: 'proposed', to: 'withdrawn', by: proposers, reason: 'required' },
  { from: 'proposed', to: 'superseded', by: [...new Set([...proposers, ...approvers])], reason: 'required' },
]
