import type { Move } from '../../platform/states.ts'
import type { CaseStatus } from '../cases/index.ts'
import type { Role } from '../providers/index.ts'

export const groupStatuses = ['planned', 'running', 'ended', 'cancelled'] as const
export type GroupStatus = (typeof groupStatuses)[number]
/** In these a group takes people and meets. */
export const liveGroups = ['planned', 'running'] as const satisfies readonly GroupStatus[]

export const groupStatusWords: Record<GroupStatus, string> = {
  planned: 'Its sessions stand in the calendar; it has not met.',
  running: 'It meets.',
  ended: 'It is over.',
  cancelled: 'It never met.',
}

const managers: Role[] = ['programme-manager']
/** Whoever leads a group changes it only where it is theirs: `access.ts` says which. */
const leaders: Role[] = ['facilitator', 'programme-manager', 'safeguarding-lead']
const withOneToOnes: Role[] = ['one-to-one-worker', ...leaders]
const withIntake: Role[] = ['intake-worker', ...leaders]
const answersForAll: Role[] = ['programme-manager', 'safeguarding-lead']

export const groupMoves: readonly Move<GroupStatus>[] = [
  { from: 'planned', to: 'running', by: managers, reason: 'optional' },
  { from: 'planned', to: 'cancelled', by: managers, reason: 'required' },
  { from: 'running', to: 'ended', by: managers, reason: 'optional' },
]

export const sessionKinds = ['group', 'one-to-one'] as const
export type SessionKind = (typeof sessionKinds)[number]
export const sessionStatuses = ['planned', 'held', 'not-held'] as const
export type SessionStatus = (typeof sessionStatuses)[number]

/** A session that did not take place is not held, with the reason. What was recorded wrongly is put right; both stay in the history. */
export const sessionMoves: readonly Move<SessionStatus>[] = [
  { from: 'planned', to: 'held', by: withOneToOnes, reason: 'optional' },
  { from: 'planned', to: 'not-held', by: withOneToOnes, reason: 'required' },
  { from: 'held', to: 'not-held', by: withOneToOnes, reason: 'required' },
  { from: 'not-held', to: 'held', by: withOneToOnes, reason: 'required' },
]

export const placeStatuses = ['waiting', 'open', 'ended', 'declined', 'withdrawn'] as const
export type PlaceStatus = (typeof placeStatuses)[number]

export const placeStatusWords: Record<PlaceStatus, string> = {
  waiting: 'On the waiting list of the group.',
  open: 'In the group.',
  ended: 'Was in the group.',
  declined: 'Waited, and did not want the place.',
  withdrawn: 'Waited, and was taken off the list.',
}

export const placeMoves: readonly Move<PlaceStatus>[] = [
  { from: 'waiting', to: 'open', by: leaders, reason: 'optional' },
  { from: 'waiting', to: 'declined', by: withIntake, reason: 'required' },
  { from: 'waiting', to: 'withdrawn', by: withIntake, reason: 'required' },
  { from: 'open', to: 'ended', by: leaders, reason: 'required' },
  // Back into the place, or to the head of the list: what ended it turned out not to hold.
  { from: 'ended', to: 'open', by: leaders, reason: 'required' },
  { from: 'ended', to: 'waiting', by: leaders, reason: 'required' },
]

/** Who comes first on a waiting list; within one, who has waited longest. The number is stored. */
export const priorities = {
  restored: { number: 0, description: 'Was in this group, and what ended the place turned out not to hold.' },
  urgent: { number: 1, description: 'Cannot wait: a court date, a high risk.' },
  usual: { number: 2, description: 'In the order in which they began to wait.' },
} as const
export type Priority = keyof typeof priorities
export const priorityIds = Object.keys(priorities) as [Priority, ...Priority[]]
export const priorityOf = (number: number): Priority => priorityIds.find((id) => priorities[id].number === number) ?? 'usual'

type Ending = {
  description: string
  /** Where the case stands from then on. From `accepted` another place can begin. */
  caseBecomes: Extract<CaseStatus, 'accepted' | 'completed' | 'closed'>
  /** The partner service, the risk and the referrer are seen to. */
  unplanned: boolean
  /** Null: only a slice downstream ends a place so, when a named person confirms what the rules propose. */
  by: Role[] | null
}

/** How a place can end. */
export const endings = {
  completed: { description: 'The programme was completed.', caseBecomes: 'completed', unplanned: false, by: null },
  removed: { description: 'Removed from this run; confirmed by a named person.', caseBecomes: 'accepted', unplanned: true, by: null },
  'de-selected': { description: 'Asked to leave: not willing to engage.', caseBecomes: 'accepted', unplanned: true, by: leaders },
  'dropped-out': { description: 'Stopped coming, of their own accord.', caseBecomes: 'accepted', unplanned: true, by: leaders },
  transferred: { description: 'Went on elsewhere, at another provider.', caseBecomes: 'closed', unplanned: true, by: answersForAll },
  died: { description: 'Died.', caseBecomes: 'closed', unplanned: true, by: answersForAll },
  'moved-to-other-group': { description: 'Goes on in another group.', caseBecomes: 'accepted', unplanned: false, by: leaders },
} as const satisfies Record<string, Ending>
export type PlaceEnding = keyof typeof endings
export const endingIds = Object.keys(endings) as [PlaceEnding, ...PlaceEnding[]]
export type EndingByHand = { [Id in PlaceEnding]: (typeof endings)[Id]['by'] extends null ? never : Id }[PlaceEnding]
export const endingsByHand = endingIds.filter((id): id is EndingByHand => endings[id].by !== null)

/** Why somebody is seen alone, where the programme asks for a reason. */
export const oneToOneReasons = {
  'part-of-the-programme': 'The programme has one-to-ones for everybody.',
  language: 'To be understood in their own language.',
  literacy: 'Because of difficulties with reading and writing.',
  'suicide-risk': 'Because they may harm themself.',
  'safety-of-others': 'Because of concern for the safety of others.',
  'more-support': 'Needs more support beside the group.',
} as const
export type OneToOneReason = keyof typeof oneToOneReasons
export const oneToOneReasonIds = Object.keys(oneToOneReasons) as [OneToOneReason, ...OneToOneReason[]]
