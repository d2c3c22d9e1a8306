import type { Duration } from '@plumbline/rules'
import type { Patience } from '../notifications/index.ts'

/** What a concern can be about: the safeguarding triggers of the shipped rule sets, and `other` for what a provider's own rules or a person add. */
export const matters = {
  'threat-or-plan-to-kill': 'A threat or plan to kill.',
  'weapon-to-hand': 'A weapon to hand.',
  'suicidal-plan': 'A plan to end their own life.',
  'child-hurt-or-at-immediate-risk': 'A child is hurt or at immediate risk.',
  'strangulation-since-last-contact': 'Strangulation since the last contact.',
  'assault-since-last-contact': 'An assault since the last contact.',
  'stalking-or-unwanted-contact': 'Stalking or unwanted contact.',
  'threat-to-staff': 'A threat to staff.',
  'order-or-condition-breached': 'An order or condition was breached.',
  'party-under-18': 'A party is under 18.',
  'pregnancy-or-new-baby': 'A pregnancy or a new baby.',
  'new-partner-with-children': 'A new partner with children.',
  'adult-at-risk': 'An adult at risk is involved.',
  'miss-or-ending-at-high-risk': 'A missed session or an ending while the risk may be high.',
  other: 'Something else; the details say what.',
} as const satisfies Record<string, string>
export type Matter = keyof typeof matters
export const matterIds = Object.keys(matters) as [Matter, ...Matter[]]

/** A rule of the provider's own is `other`; its id stands beside it. */
export const matterOf = (rule: string): Matter => (matterIds as string[]).find((id): id is Matter => id === rule) ?? 'other'

/** Who can be told. Rules name them too. */
export const tellable = {
  police: 'The police.',
  'partner-service': 'The partner service.',
  'safeguarding-lead': 'The safeguarding lead.',
  'programme-manager': 'The programme manager.',
  'childrens-services': 'Children’s services.',
  'adult-social-care': 'Adult social care.',
  'mental-health-crisis-team': 'The mental-health crisis team.',
  referrer: 'Whoever referred the participant.',
  'somebody-else': 'Somebody else; the record says who.',
  'nobody-else': 'Nobody beside the person who closed it.',
} as const satisfies Record<string, string>
export type Told = keyof typeof tellable
export const toldIds = Object.keys(tellable) as [Told, ...Told[]]

/** How quickly a concern must be acted on, the most urgent first; how long a person has to act, and to acknowledge a message about it. */
export const levels = {
  emergency: { description: 'At once.', within: { amount: 1, unit: 'hours' }, patience: { amount: 15, unit: 'minutes' } },
  'same-day': { description: 'The same day.', within: { amount: 4, unit: 'hours' }, patience: { amount: 60, unit: 'minutes' } },
  'next-working-day': {
    description: 'The next working day.',
    within: { amount: 1, unit: 'working-days' },
    patience: { amount: 1, unit: 'working-days' },
  },
} as const satisfies Record<string, { description: string; within: Duration; patience: Patience }>
export type ConcernLevel = keyof typeof levels
export const levelIds = Object.keys(levels) as [ConcernLevel, ...ConcernLevel[]]
