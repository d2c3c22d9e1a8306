/** What a task can be about. The title says it to its owner; the kind says it to programs. */
export const taskKinds = {
  'triage-referral': 'Look at a new referral and decide what happens with it.',
  'call-back-safely': 'Ring back a person who feels at risk, in the way they said is safe.',
  'check-duplicate': 'Decide whether two records are one person.',
  'open-questions': 'Find out what a decision waits for.',
  'decide-eligibility': 'Decide what the rules leave to a person.',
  'decide-suitability': 'Accept, refuse or defer a place, with the reason.',
  'obtain-consent': 'Explain the limits of confidentiality and obtain a signed consent.',
  'assess-risk': 'Finish and sign a risk assessment.',
  'human-review': 'Decide where the rules could not be evaluated.',
  'verify-answer': 'Verify an answer of an assessment from another source.',
  'review-risk': 'Assess the risk again.',
  'decide-pathway': 'Decide on what the rules propose for a participant beside the programme.',
  'confirm-lower-band': 'Confirm or refuse a band below the rules’ as the second person.',
  safeguarding: 'Act on a danger, or rule it out, and tell those who must be told.',
  'tell-partner-service': 'For partner support: consider what an ending means for the partner.',
  'tell-referrer': 'Tell the referrer what became of the referral.',
  'offer-place': 'Offer a free place in a group to the head of its waiting list.',
  'contact-after-absence': 'Reach a participant who missed a session.',
  'review-attendance': 'Review a participant’s attendance.',
  'confirm-removal': 'Confirm or refuse a removal that the rules propose.',
  'confirm-completion': 'Confirm, decline or undo a completion that the rules propose or no longer show.',
  'approve-rule-set': 'Read a proposed rule set as the second person, and approve or decline it.',
  'follow-up': 'Come back to something by a day.',
} as const satisfies Record<string, string>

export type TaskKind = keyof typeof taskKinds
export const taskKindIds = Object.keys(taskKinds) as [TaskKind, ...TaskKind[]]
