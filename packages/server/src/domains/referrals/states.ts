import type { Move } from '../../platform/states.ts'
import type { ReferralState } from './words.ts'

/** A referral is withdrawn at most once; what becomes of the person stands in the case. */
export const referralMoves: readonly Move<ReferralState>[] = [
  { from: 'received', to: 'withdrawn', by: ['intake-worker', 'programme-manager', 'safeguarding-lead'], reason: 'required' },
]
