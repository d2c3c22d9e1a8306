import type { Duration, EventDefinition, EventParameter } from '../kind.ts'
import type { Rule } from '../rule.ts'

/** Why somebody is seen one to one. One-to-one work beside a group, or in its place, always has one of these. */
export const oneToOneReasons = ['everybody-in-a-group', 'language', 'literacy', 'suicide-risk', 'partner-safety'] as const
export type OneToOneReason = (typeof oneToOneReasons)[number]

/** What a rule proposes. `every`: how often at the least, null where the provider does not say. */
export type Proposed =
  | { what: 'one-to-one'; reason: OneToOneReason; every: Duration | null }
  | { what: 'onward-referral'; to: string; reason: string }
  | { what: 'parenting-strand'; reason: string }
  | { what: 'programme-variant'; variant: string; reason: string }
  | { what: 'retention-measure'; measure: string; reason: string }

export type ProposedWhat = Proposed['what']

const reason: EventParameter = { type: 'text', description: 'Why, in a sentence for the record.' }

export const events: Readonly<Record<ProposedWhat, EventDefinition>> = {
  'one-to-one': {
    description: 'The person is seen one to one.',
    params: {
      reason: { type: 'choice', choices: oneToOneReasons, description: 'Why; nobody is seen one to one without a reason.' },
      every: { type: 'duration', optional: true, description: 'How often at the least.' },
    },
  },
  'onward-referral': {
    description: 'The person is referred to a specialist besides.',
    params: {
      to: { type: 'text', description: 'What kind of specialist: "substance-misuse-service".' },
      reason,
    },
  },
  'parenting-strand': { description: 'The person takes part in what is offered to parents.', params: { reason } },
  'programme-variant': {
    description: 'Which form of the programme is called for.',
    params: { variant: { type: 'text', description: 'The form: "twenty-four-weeks".' }, reason },
  },
  'retention-measure': {
    description: 'Something is done so that the person stays.',
    params: { measure: { type: 'text', description: 'What is done.' }, reason },
  },
}

/** A fresh copy: what is handed out may be changed by whoever gets it. The form was checked when the rule set was loaded. */
export function proposedBy({ type, params }: Rule['event']): Proposed {
  const { every, ...written } = (params ?? {}) as { every?: Duration }
  const proposed = { what: type, ...written } as Proposed
  return proposed.what === 'one-to-one' ? { ...proposed, every: every ? { ...every } : null } : proposed
}

/** What is proposed, whatever the reason given. Of two rules that propose the same, one is enough. */
export function subjectOf(proposed: Proposed): string {
  switch (proposed.what) {
    case 'one-to-one':
      return `one-to-one: ${proposed.reason}`
    case 'onward-referral':
      return `onward-referral: ${proposed.to}`
    case 'parenting-strand':
      return 'parenting-strand'
    case 'programme-variant':
      return `programme-variant: ${proposed.variant}`
    case 'retention-measure':
      return `retention-measure: ${proposed.measure}`
  }
}
