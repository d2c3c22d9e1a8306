import { enumOf } from '../../platform/enum-of.ts'
import type { AskedOf, Basis, CallBackOutcome, FeedbackChannel, FeedbackOccasion, Situation, Source } from './words.ts'

export const SourceEnum = enumOf<Source>('ReferralSource', 'Who sent the referral.', {
  self: 'The person themself.',
  'family-or-friend': 'Somebody close to the person.',
  'social-services': 'A social worker or children’s services.',
  'family-court': 'A family court, or Cafcass for it.',
  police: 'The police.',
  probation: 'Probation.',
  health: 'A doctor, nurse or mental-health service.',
  housing: 'A housing service.',
  education: 'A school or college.',
  'voluntary-organisation': 'A charity or community organisation.',
  'other-agency': 'Any other organisation.',
})

export const BasisEnum = enumOf<Basis>('ReferralBasis', 'What the referral rests on.', {
  voluntary: 'The person comes of their own accord.',
  'agency-condition': 'An agency or employer asks for it.',
  'child-protection': 'A child-protection or child-in-need plan.',
  'family-court': 'An order or a direction of a family court.',
  'civil-order': 'A civil order, such as a protection order with a programme requirement.',
  'criminal-court-order': 'A sentence or an order of a criminal court.',
})

export const AskedOfEnum = enumOf<AskedOf>(
  'AskedOf',
  'Who was asked. The (ex-)partner is not among them: what she says is kept by the partner service.',
  {
    participant: 'The person referred.',
    referrer: 'Whoever referred them.',
    'social-services': 'Children’s or adult social services.',
    police: 'The police.',
    court: 'A court or Cafcass.',
    probation: 'Probation.',
    health: 'A health service.',
    'other-agency': 'Another organisation.',
    record: 'A document or an earlier record of ours.',
  },
)

export const FeedbackChannelEnum = enumOf<FeedbackChannel>('FeedbackChannel', 'How the referrer is answered.', {
  email: 'By e-mail.',
  telephone: 'By telephone.',
  letter: 'By letter.',
  meeting: 'In person.',
  none: 'No answer is wanted.',
})

export const FeedbackOccasionEnum = enumOf<FeedbackOccasion>('FeedbackOccasion', 'What the referrer is told about.', {
  received: 'That the referral arrived.',
  'offered-a-place': 'That a place is offered.',
  'no-place': 'That no place is offered.',
  withdrawn: 'That the referral was withdrawn.',
  progress: 'Attendance and engagement.',
  ended: 'That the place has ended.',
})

export const SituationEnum = enumOf<Situation>('CallerSituation', 'What a caller who “feels at risk” says of themself.', {
  harms: 'They harm, or fear they will harm, somebody else.',
  'is-harmed': 'Somebody harms them.',
  both: 'They say both.',
  unclear: 'It cannot be told.',
})

export const CallBackOutcomeEnum = enumOf<CallBackOutcome>('CallBackOutcome', 'What came of a safe call-back.', {
  reached: 'The caller was reached.',
  'not-reached': 'Tried as agreed, and not reached.',
  'not-safe-to-call': 'It was not safe to try.',
  'passed-on': 'Passed on to another service.',
})
