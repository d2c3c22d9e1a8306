import type { Day } from '../platform/clock.ts'
import type { Basis, ReferParticipant, Source } from '../domains/referrals/index.ts'
import type { Steps } from './lives.ts'
import type { InventedPerson } from './people.ts'
import type { DemoProvider } from './providers.ts'

/** Where the people of this provider live. */
export const areasOf = (provider: DemoProvider): readonly string[] =>
  provider.areasServed.length > 0 ? provider.areasServed : ['Middlesbrough', 'Durham', 'Darlington', 'Stockton-on-Tees', 'Hartlepool']

/** Who sends people where: CDARS takes self-referrals and court orders, Step by Step works for family courts and social services. */
const routes: Record<DemoProvider['ruleSetId'], readonly [Source, Basis][]> = {
  'cdars-phoenix': [
    ['self', 'voluntary'],
    ['social-services', 'child-protection'],
    ['probation', 'criminal-court-order'],
    ['health', 'voluntary'],
    ['police', 'agency-condition'],
  ],
  'step-by-step': [
    ['family-court', 'family-court'],
    ['social-services', 'child-protection'],
    ['police', 'voluntary'],
    ['social-services', 'agency-condition'],
  ],
}

/** What the referrer sends, and what is asked at once. */
export function referralFor({ stage, story, luck, key }: Steps, person: InventedPerson, today: Day): ReferParticipant {
  const refused = story.ends === 'refused-by-rule' || story.ends === 'proposed-refusal'
  const [source, basis]: [Source, Basis] =
    refused && stage.provider.ruleSetId === 'step-by-step'
      ? ['probation', 'criminal-court-order']
      : luck.pick(routes[stage.provider.ruleSetId])
  const asked = { askedOf: 'referrer' as const, askedOn: today }
  const self = source === 'self'
  return {
    idempotencyKey: key('referral'),
    person: refused && stage.provider.ruleSetId === 'cdars-phoenix' ? { ...person, localAuthority: 'Croydon' } : person,
    confirmNewPerson: 'Another date of birth and another address.',
    source,
    basis,
    referrerName: self ? null : 'The duty desk',
    purpose: basis === 'family-court' ? 'Report on risk and change for the hearing.' : 'To stop the abuse.',
    feedbackChannel: self ? 'telephone' : 'email',
    feedbackAddress: self ? 'the number he rang from' : `duty-desk@${source}.example`,
    receivedOn: today,
    facts:
      story.ends === 'needs-information'
        ? []
        : ['history.hasAbusedPartner', 'engagement.isWilling'].map((fact) => ({ fact, yesNo: true, ...asked })),
  }
}
