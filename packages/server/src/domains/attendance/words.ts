import type { Duration } from '@plumbline/rules'
import type { Role } from '../providers/index.ts'
import type { TaskKind } from '../tasks/index.ts'

/** What happened to one person at a session that was held. */
export const entryOutcomes = ['attended', 'late', 'left-early', 'excused', 'absent'] as const
export type EntryOutcome = (typeof entryOutcomes)[number]
/** There, whatever else. */
export const presentOutcomes: readonly string[] = ['attended', 'late', 'left-early']

export const entryOutcomeWords: Record<EntryOutcome, string> = {
  attended: 'There from beginning to end.',
  late: 'There, and came late.',
  'left-early': 'There, and left before the end.',
  excused: 'Not there, and had said why beforehand.',
  absent: 'Not there, without an excuse.',
}

/** A task that follows. The wording is constant: what it is about is read behind it. */
type Asks = { kind: TaskKind; title: string; owner: 'recorder' | readonly Role[] }

/** What can follow from a register. `within`: where no rule says it. */
export const consequences = {
  contact: {
    description: 'The participant is contacted about a missed session.',
    asks: { kind: 'contact-after-absence', title: 'Reach the participant about a missed session', owner: 'recorder' },
    within: { amount: 12, unit: 'hours' },
  },
  review: {
    description: 'The place is reviewed.',
    asks: { kind: 'review-attendance', title: 'Review the place: sessions were missed', owner: ['programme-manager', 'safeguarding-lead'] },
    within: { amount: 2, unit: 'working-days' },
  },
  'removal-due': {
    description: 'By the provider’s rule the participant is to be removed: a named person confirms or declines it.',
    asks: {
      kind: 'confirm-removal',
      title: 'Confirm or decline a removal that the rules propose',
      owner: ['programme-manager', 'safeguarding-lead'],
    },
    within: { amount: 1, unit: 'working-days' },
  },
  safeguarding: {
    description: 'A concern is raised, because a session was missed or a place ended while the risk may be high.',
    asks: null,
    within: { amount: 4, unit: 'hours' },
  },
  'cannot-be-ruled-out': {
    description: 'Whether somebody must be told hangs on what is not known: a person finds out.',
    asks: {
      kind: 'open-questions',
      title: 'Find out what a missed session means for the safety of others: the risk is not known',
      owner: ['safeguarding-lead', 'programme-manager'],
    },
    within: { amount: 1, unit: 'working-days' },
  },
  'cannot-tell': {
    description: 'What is not recorded yet could bring more: the register is completed.',
    asks: { kind: 'open-questions', title: 'Record what is missing in the register', owner: 'recorder' },
    within: { amount: 2, unit: 'working-days' },
  },
  'needs-human-review': {
    description: 'The rules could not decide: a person does.',
    asks: {
      kind: 'human-review',
      title: 'Judge the attendance: the rules could not decide',
      owner: ['programme-manager', 'safeguarding-lead'],
    },
    within: { amount: 1, unit: 'working-days' },
  },
} as const satisfies Record<string, { description: string; asks: Asks | null; within: Duration }>

export type ConsequenceType = keyof typeof consequences
export const consequenceTypes = Object.keys(consequences) as [ConsequenceType, ...ConsequenceType[]]

/** Where a place stands by the rules. */
export const standings = {
  'in-good-standing': 'Nothing follows from the register.',
  contact: 'A miss is followed by a contact.',
  review: 'The place is to be reviewed.',
  'removal-due': 'By the provider’s rule a removal is due.',
  'cannot-tell': 'What is not recorded yet could bring more.',
  'needs-human-review': 'The rules could not decide.',
} as const satisfies Record<string, string>
export type Standing = keyof typeof standings
export const standingIds = Object.keys(standings) as [Standing, ...Standing[]]
