import { enumOf } from '../../platform/enum-of.ts'
import type { AnswerWord, AssessmentKind, EvidenceSource, InquiryAnswer, SituationWord } from './words.ts'

export const AssessmentKindEnum = enumOf<AssessmentKind>('AssessmentKind', 'Where in the life of a case an assessment stands.', {
  intake: 'Before a place is offered.',
  mid: 'Half way.',
  end: 'At the end of the programme.',
  'follow-up': 'Afterwards, about six months on.',
  event: 'Something happened that changes the danger; its reason says what.',
})

export type ShownStatus = 'draft' | 'signed' | 'superseded' | 'discarded'
export const AssessmentStatusEnum = enumOf<ShownStatus>('AssessmentStatus', 'What has become of an assessment.', {
  draft: 'Being answered. It counts for nothing yet.',
  signed: 'A named person stands for it, and it is the latest of its case.',
  superseded: 'Signed, and replaced by a later one.',
  discarded: 'Given up with a reason, never signed.',
})

export const AnswerEnum = enumOf<AnswerWord>('FactorAnswer', 'What is known of a factor.', {
  absent: 'Asked, and it is not so.',
  possible: 'There are signs, not enough to be sure.',
  present: 'It is so.',
  unknown: 'Asked, and not known; the reason stands beside it. Never counted as absent.',
})

export type ShownAnswer = AnswerWord | 'unanswered'
export const ShownAnswerEnum = enumOf<ShownAnswer>('ShownFactorAnswer', 'What is known of a factor, or that nobody has asked yet.', {
  absent: 'Asked, and it is not so.',
  possible: 'There are signs, not enough to be sure.',
  present: 'It is so.',
  unknown: 'Asked, and not known.',
  unanswered: 'Not asked yet. An assessment with one of these cannot be signed.',
})

export const SituationAnswerEnum = enumOf<SituationWord>('SituationAnswer', 'What was said of the present situation.', {
  yes: 'It is so.',
  no: 'It is not so.',
  unknown: 'Asked, and not known. What it could mean stays an open question.',
})

export type ShownSituation = SituationWord | 'never-asked'
export const ShownSituationEnum = enumOf<ShownSituation>(
  'ShownSituationAnswer',
  'What was said of the present situation, or that nobody asked.',
  {
    yes: 'It is so.',
    no: 'It is not so.',
    unknown: 'Asked, and not known.',
    'never-asked': 'Nobody has asked in this assessment.',
  },
)

export const EvidenceSourceEnum = enumOf<EvidenceSource>('EvidenceSource', 'Whose word an answer rests on.', {
  self: 'The participant’s own account.',
  partner: 'The (ex-)partner. Alone it is never an answer here: it goes to the partner service.',
  police: 'Police.',
  court: 'A court’s findings or orders.',
  'social-services': 'Social services.',
  probation: 'Probation.',
  health: 'A health service.',
  'other-agency': 'Another agency.',
  record: 'A written record of our own or of somebody else.',
  observation: 'What a worker saw or heard themself.',
})

export type ShownRiskStatus = 'complete' | 'prorated' | 'provisional' | 'insufficient' | 'needs-human-review'
export const RiskStatusEnum = enumOf<ShownRiskStatus>('RiskStatus', 'How much of the form a result rests on.', {
  complete: 'Every factor has an answer that can be scored.',
  prorated: 'A few answers are unknown; the score is that of the others.',
  provisional:
    'Many answers or a critical one are unknown, or violence and control rest on the person’s own account alone. Looked at again within 14 days.',
  insufficient: 'Too many answers are unknown for a score. Critical answers and patterns still count.',
  'needs-human-review': 'The rules could not be evaluated. The band stays at least what it was, and a person decides.',
})

const asked: Record<InquiryAnswer, string> = {
  none: 'Whoever would have a result was asked, and there is none beside those recorded. Rules take it so.',
  'not-known': 'Asked, and not known. It could still be any.',
}
export const InquiryAnswerEnum = enumOf<InquiryAnswer>('OutsideInquiryAnswer', 'What came of asking for results of other tools.', asked)

export type OutsideResultsKnown = InquiryAnswer | 'recorded' | 'all-recorded' | 'never-asked'
export const OutsideResultsKnownEnum = enumOf<OutsideResultsKnown>('OutsideResultsKnown', 'Whether results of other tools are known.', {
  recorded: 'At least one is recorded, and there may be others: it could be any.',
  'all-recorded': 'At least one is recorded, and whoever would have others was asked: there is none.',
  ...asked,
  'never-asked': 'Nobody has asked. It could be any.',
})
