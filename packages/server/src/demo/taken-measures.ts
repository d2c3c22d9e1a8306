import type { NewMeasure } from '../domains/outcomes/index.ts'

/** Taken at the beginning, on accounts that are not the participant's own. */
export const before: NewMeasure[] = [
  { measure: 'safety-from-violence', version: '1', source: 'social-services', points: 4, outOf: 12 },
  { measure: 'respectful-communication', version: '1', source: 'worker', points: 3, outOf: 10 },
]
/** The same at the end. */
export const after: NewMeasure[] = [
  { measure: 'safety-from-violence', version: '1', source: 'social-services', points: 9, outOf: 12, change: 'significantly-better' },
  { measure: 'respectful-communication', version: '1', source: 'worker', points: 7, outOf: 10, change: 'significantly-better' },
]
