import { enumOf } from '../../platform/enum-of.ts'
import type { ConsentKind, EligibilityOutcomeWord, Ruling, StaffSafetyRisk, SuitabilityCategory, SuitabilityOutcome } from './words.ts'

export const EligibilityOutcomeEnum = enumOf<EligibilityOutcomeWord>(
  'EligibilityOutcome',
  'What the rules said. They propose; a person decides.',
  {
    eligible: 'A place may be offered.',
    ineligible: 'At least one rule refuses. The case is refused once somebody confirms it.',
    'needs-information': 'Facts are missing that would decide.',
    'human-review': 'The rules leave it to a named person; at 16 and 17 to the safeguarding lead.',
    'needs-human-review': 'The rules could not be evaluated: a person decides.',
  },
)

const rulingTexts: Record<Ruling, string> = {
  'accept-one-to-one': 'A place in one-to-one work; no group.',
  accept: 'A place may be offered.',
  refuse: 'No place; the case is refused.',
}
export const RulingEnum = enumOf<Ruling>('EligibilityRuling', 'What a person decided where the rules leave it to one.', rulingTexts)
export const MinorRulingEnum = enumOf<'accept-one-to-one' | 'refuse'>(
  'MinorRuling',
  'What the safeguarding lead can decide about somebody of 16 or 17.',
  {
    'accept-one-to-one': rulingTexts['accept-one-to-one'],
    refuse: rulingTexts.refuse,
  },
)
export const ReviewRulingEnum = enumOf<'accept' | 'refuse'>('ReviewRuling', 'What a person can decide where the rules do not.', {
  accept: rulingTexts.accept,
  refuse: rulingTexts.refuse,
})

export const SuitabilityOutcomeEnum = enumOf<SuitabilityOutcome>('SuitabilityOutcome', 'Whether a place is offered.', {
  accepted: 'It is offered.',
  refused: 'It is not.',
  deferred: 'It is decided later, on a day that is set.',
})

export const SuitabilityCategoryEnum = enumOf<SuitabilityCategory>('SuitabilityCategory', 'Why a place is offered or not.', {
  suitable: 'The programme suits the person.',
  'unwilling-to-engage': 'The person does not want to take part or to look at their own behaviour.',
  'staff-safety-risk': 'The danger to staff cannot be managed here.',
  'needs-other-service': 'Another need comes first, such as addiction or mental health.',
  'risk-too-high-for-this-programme': 'The danger to others needs more than this programme.',
  'cannot-follow-the-group': 'Language, reading or learning stand in the way and cannot be met here.',
  'not-ready-yet': 'Something has to change first.',
  other: 'Anything else; the reason says what.',
})

export const StaffSafetyRiskEnum = enumOf<StaffSafetyRisk>('StaffSafetyRisk', 'The danger to those who work with the person.', {
  'none-known': 'None is known.',
  'precautions-needed': 'There is one, and it can be managed.',
  'cannot-be-managed': 'There is one that cannot be managed here.',
})

export const ConsentKindEnum = enumOf<ConsentKind>(
  'ConsentKind',
  'What a consent is for. Each is signed and withdrawn apart from the others.',
  {
    programme: 'Taking part, with what is expected; needed for a place.',
    'partner-contact-notice': 'Having been told that the partner service offers contact to the partner.',
    research: 'Use of answers for research.',
  },
)
