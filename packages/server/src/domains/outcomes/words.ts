/** When in a case's life measures are taken. */
export const measurePoints = {
  intake: 'Before the programme: what later takings are compared with.',
  mid: 'Half way; for motivation by the tenth week.',
  end: 'At the end of the programme.',
  'six-months': 'Six months after the end.',
  'twelve-months': 'Twelve months after the end.',
} as const satisfies Record<string, string>
export type MeasurePoint = keyof typeof measurePoints
export const measurePointIds = Object.keys(measurePoints) as [MeasurePoint, ...MeasurePoint[]]

/** Whose account a measure rests on. The partner's is kept by the partner service and refused here. */
export const measureSources = {
  self: 'The participant’s own account: it never shows improvement by itself.',
  partner: 'The partner’s account. Refused on this side, with the way to the partner service.',
  worker: 'What those who work with the participant saw.',
  police: 'The police.',
  'social-services': 'Children’s or adults’ social services.',
  'other-agency': 'Another agency.',
  record: 'A record: a court, a report, a log of call-outs.',
} as const satisfies Record<string, string>
export type MeasureSource = keyof typeof measureSources
export const measureSourceIds = Object.keys(measureSources) as [MeasureSource, ...MeasureSource[]]
/** What may be kept on this side. */
export const keptSourceIds = measureSourceIds.filter((source) => source !== 'partner') as [
  Exclude<MeasureSource, 'partner'>,
  ...Exclude<MeasureSource, 'partner'>[],
]

/** Change since the beginning, by the measure's own definition of what is significant. */
export const measureChanges = {
  'significantly-better': 'Better by at least what the measure calls significant.',
  'no-significant-change': 'No change that the measure calls significant.',
  'significantly-worse': 'Worse by at least what the measure calls significant.',
} as const satisfies Record<string, string>
export type MeasureChange = keyof typeof measureChanges
export const measureChangeIds = Object.keys(measureChanges) as [MeasureChange, ...MeasureChange[]]
