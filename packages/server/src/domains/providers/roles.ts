import type { Side } from '../../platform/actor.ts'

/** Everybody who signs in has one or more of these. The side is that of the wall. */
export const roles = {
  referrer: { side: 'participant', label: 'Referrer', description: 'Refers people and hears what became of it.' },
  'social-worker': { side: 'participant', label: 'Social worker', description: 'Works with the family; sees the cases assigned to them.' },
  'intake-worker': {
    side: 'participant',
    label: 'Intake worker',
    description: 'Takes referrals through eligibility, assessment and consent.',
  },
  facilitator: { side: 'participant', label: 'Facilitator', description: 'Leads groups.' },
  'one-to-one-worker': { side: 'participant', label: 'One-to-one worker', description: 'Sees participants alone.' },
  'programme-manager': { side: 'participant', label: 'Programme manager', description: 'Answers for the programme and its staff.' },
  'partner-support-worker': {
    side: 'partner',
    label: 'Partner-support worker',
    description: 'Works with the person harmed, on her side of the wall only.',
  },
  'safeguarding-lead': { side: 'neutral', label: 'Safeguarding lead', description: 'Decides what a danger requires; serves neither side.' },
  'rules-author': { side: 'neutral', label: 'Rules author', description: 'Writes the provider’s rule set; sees no case.' },
  commissioner: { side: 'neutral', label: 'Commissioner', description: 'Pays for the programme; sees suppressed counts.' },
  auditor: { side: 'neutral', label: 'Auditor', description: 'Reads the audit; sees no case content.' },
} as const satisfies Record<string, { side: Side; label: string; description: string }>

export type Role = keyof typeof roles
export const roleIds = Object.keys(roles) as [Role, ...Role[]]

/**
 * Neutral roles that touch nobody’s record: people of either side may have them beside their own. The auditor is not one of
 * them: the audit of both sides together would be a way round the wall.
 */
export const anySide: Role[] = ['rules-author', 'commissioner']

/** Roles whose work is with participants. */
export const participantSide = roleIds.filter((role) => roles[role].side === 'participant')
/** All who may open participants' records where they are assigned or answer for everything. */
export const caseReaders: Role[] = [
  'intake-worker',
  'facilitator',
  'one-to-one-worker',
  'social-worker',
  'programme-manager',
  'safeguarding-lead',
  'partner-support-worker',
]
/** Who assesses the danger, and so sees every answer and what would tip the result. */
export const assessors: Role[] = ['intake-worker', 'one-to-one-worker', 'programme-manager', 'safeguarding-lead']
/** Who answers for a provider's cases as a whole and need not be assigned. */
export const oversight: Role[] = ['programme-manager', 'safeguarding-lead']
