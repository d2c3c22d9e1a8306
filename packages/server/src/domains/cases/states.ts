import type { Move } from '../../platform/states.ts'
import type { Role } from '../providers/index.ts'

export const caseStatuses = [
  'referred',
  'intake',
  'deferred',
  'accepted',
  'in-programme',
  'completed',
  'closed',
  'refused',
  'withdrawn',
] as const
export type CaseStatus = (typeof caseStatuses)[number]

/** What each status says of a case. */
export const caseStatusWords: Record<CaseStatus, string> = {
  referred: 'A referral arrived; nobody has begun to look at it.',
  intake: 'Eligibility, suitability and consent are being settled.',
  deferred: 'Not now: the decision on a place waits for something.',
  accepted: 'A place may be offered.',
  'in-programme': 'A place has begun.',
  completed: 'The programme was completed; aftercare may go on.',
  closed: 'It is over. A later referral is a new case.',
  refused: 'No place is offered.',
  withdrawn: 'The referral was withdrawn before a place began.',
}

/** Not yet accepted: intake workers share these among themselves. */
export const beforeAcceptance = ['referred', 'intake', 'deferred'] as const satisfies readonly CaseStatus[]
/** Over; the day it ended is set. */
export const ended = ['closed', 'refused', 'withdrawn'] as const satisfies readonly CaseStatus[]

/** What ends, or is taken back, by a step: the partner service hears of it first. In the words of the tasks that follow. */
export const endings = {
  refused: 'A case was refused',
  withdrawn: 'A referral was withdrawn before a place began',
  'place-ended': 'A place ended before the programme was completed',
  'closed-before-completion': 'A case was closed before the programme was completed',
  'taken-back': 'An ending was taken back',
} as const satisfies Record<string, string>
export type EndingWord = keyof typeof endings
export const endingWords = Object.keys(endings) as [EndingWord, ...EndingWord[]]

const intake: Role[] = ['intake-worker', 'programme-manager', 'safeguarding-lead']
const answersForAll: Role[] = ['programme-manager', 'safeguarding-lead']
const programme: Role[] = ['facilitator', 'one-to-one-worker', ...answersForAll]

export type CaseMove = Move<CaseStatus> & { ends?: EndingWord }

/**
 * A status says where a case stands; the slice whose command decides so asks for the move. A step back needs its reason, like every ending.
 * A step that `ends` something brings the whole chain with it: `after-ending.ts`.
 */
export const caseMoves: readonly CaseMove[] = [
  { from: 'referred', to: 'intake', by: intake, reason: 'optional' },
  { from: 'referred', to: 'refused', by: intake, reason: 'required', ends: 'refused' },
  { from: 'referred', to: 'withdrawn', by: intake, reason: 'required', ends: 'withdrawn' },
  { from: 'intake', to: 'accepted', by: intake, reason: 'required' },
  { from: 'intake', to: 'deferred', by: intake, reason: 'required' },
  { from: 'intake', to: 'refused', by: intake, reason: 'required', ends: 'refused' },
  { from: 'intake', to: 'withdrawn', by: intake, reason: 'required', ends: 'withdrawn' },
  { from: 'deferred', to: 'intake', by: intake, reason: 'optional' },
  { from: 'deferred', to: 'accepted', by: intake, reason: 'required' },
  { from: 'deferred', to: 'refused', by: intake, reason: 'required', ends: 'refused' },
  { from: 'deferred', to: 'withdrawn', by: intake, reason: 'required', ends: 'withdrawn' },
  // A place that was not taken up, or an acceptance taken back.
  { from: 'accepted', to: 'in-programme', by: programme, reason: 'optional' },
  { from: 'accepted', to: 'intake', by: answersForAll, reason: 'required' },
  { from: 'accepted', to: 'withdrawn', by: intake, reason: 'required', ends: 'withdrawn' },
  { from: 'accepted', to: 'closed', by: answersForAll, reason: 'required', ends: 'closed-before-completion' },
  // Back to accepted: removed from this run, and a further place is possible.
  { from: 'in-programme', to: 'accepted', by: programme, reason: 'required', ends: 'place-ended' },
  { from: 'in-programme', to: 'completed', by: programme, reason: 'required' },
  { from: 'in-programme', to: 'closed', by: answersForAll, reason: 'required', ends: 'closed-before-completion' },
  // A completion that a corrected register undoes.
  { from: 'completed', to: 'in-programme', by: answersForAll, reason: 'required' },
  { from: 'completed', to: 'closed', by: programme, reason: 'required' },
  // A refusal that was challenged and is looked at again. What is closed or withdrawn stays so.
  { from: 'refused', to: 'intake', by: answersForAll, reason: 'required', ends: 'taken-back' },
]
