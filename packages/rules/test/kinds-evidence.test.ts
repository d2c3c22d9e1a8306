import { describe, expect, it } from 'vitest'
import {
  answerOf,
  basisOf,
  evidenceSources,
  factorNames,
  firstRecentDay,
  windowOf,
  windowWords,
  writtenAnswer,
} from '../src/kinds/risk/evidence.ts'
import { factorOfWindow } from '../src/kinds/risk/filler.ts'
import { isMeasureFact } from '../src/kinds/completion/measures.ts'
import { isAttendanceFact, readCounts } from '../src/kinds/attendance/filler.ts'
import { subjectOf } from '../src/kinds/pathway/events.ts'
import type { FactValue } from '../src/language/facts.ts'

const [ABSENT, POSSIBLE, PRESENT, UNKNOWN, UNANSWERED] = [0, 1, 2, 3, 4] as const
const names = factorNames('stalking')

describe('what an answer rests on', () => {
  it.each<[FactValue | undefined, string]>([
    [undefined, 'nothing-recorded'],
    [null, 'nothing-recorded'],
    ['partner', 'nothing-recorded'],
    [[], 'nothing-recorded'],
    [['rumour'], 'nothing-recorded'],
    [['rumour', null], 'nothing-recorded'],
    [['partner'], 'only-partner'],
    [['partner', 'partner'], 'only-partner'],
    [['partner', 'rumour'], 'only-partner'],
    [['self'], 'only-self'],
    [['self', 'partner'], 'only-self'],
    [['partner', 'self'], 'only-self'],
    [['self', 'partner', 'self'], 'only-self'],
    [['partner', 'police'], 'others'],
    [['self', 'police'], 'others'],
    ...evidenceSources
      .filter((source) => source !== 'self' && source !== 'partner')
      .map((source): [FactValue, string] => [[source], 'others']),
  ])('%j: %s', (sources, basis) => expect(basisOf(sources)).toBe(basis))
})

describe('an answer', () => {
  it.each<[FactValue | undefined, number]>([
    ['absent', ABSENT],
    ['possible', POSSIBLE],
    ['present', PRESENT],
    [null, UNKNOWN],
    ['', UNKNOWN],
    ['perhaps', UNKNOWN],
    [true, UNKNOWN],
    [undefined, UNANSWERED],
  ])('%j is %i', (written, answer) => {
    expect(writtenAnswer(written)).toBe(answer)
    expect(answerOf({ [names.answer]: written, [names.sources]: ['partner', 'police'] }, names)).toBe(answer)
  })

  it.each<[FactValue | undefined, number]>([
    ['absent', UNKNOWN],
    ['possible', UNKNOWN],
    ['present', UNKNOWN],
    [null, UNKNOWN],
    [undefined, UNANSWERED],
  ])('%j, by the partner alone, is %i', (written, answer) => {
    expect(answerOf({ [names.answer]: written, [names.sources]: ['partner'] }, names)).toBe(answer)
  })
})

describe('when it last happened', () => {
  const from = '2025-05-01'
  it.each<[number, FactValue | undefined, string]>([
    [ABSENT, '2026-01-01', 'none'],
    [ABSENT, '2019-01-01', 'none'],
    [UNKNOWN, '2019-01-01', 'none'],
    [UNANSWERED, '2019-01-01', 'none'],
    [POSSIBLE, '2025-04-30', 'historic'],
    [PRESENT, '2025-04-30', 'historic'],
    [PRESENT, '2025-05-01', 'recent'],
    [POSSIBLE, '2025-05-01', 'recent'],
    [PRESENT, '2031-01-01', 'recent'],
    [PRESENT, undefined, 'recent'],
    [PRESENT, null, 'recent'],
    [PRESENT, 20190101, 'recent'],
    [PRESENT, '2019-02-30', 'recent'],
    [PRESENT, '1', 'recent'],
    [PRESENT, '', 'recent'],
    [POSSIBLE, 'long ago', 'recent'],
  ])('answer %i, %j: %s', (answer, on, window) => expect(windowWords[windowOf(answer as 0 | 1 | 2 | 3 | 4, on, from)]).toBe(window))

  it.each([
    ['2026-05-01', 12, '2025-05-01'],
    ['2026-05-31', 12, '2025-05-31'],
    ['2026-03-31', 1, '2026-03-01'],
    ['2026-03-28', 1, '2026-02-28'],
    ['2028-02-29', 12, '2027-03-01'],
    ['2026-05-01', 0, '2026-05-01'],
    ['2026-02-30', 12, ''],
    ['', 12, ''],
  ])('on %j, within %i months, is recent from %j', (asOf, months, first) => expect(firstRecentDay(asOf, months)).toBe(first))
})

describe('facts that are computed', () => {
  it.each([
    ['factor.stalking.window', 'factor.stalking'],
    ['factor.stalking', undefined],
    ['factor.stalking.sources', undefined],
    ['session.window', undefined],
    ['window', undefined],
  ])('%s waits for %j', (name, answer) => expect(factorOfWindow(name)).toBe(answer))

  it('are those of the register and of the measures, and no others', () => {
    expect(['attendance.missed', 'attendance.leftEarly', 'attendance.register', 'toString'].map(isAttendanceFact)).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(
      ['completion.measuresBetter', 'completion.measuresWorse', 'completion.measuresCounted', 'outcomes.measures', 'toString'].map(
        isMeasureFact,
      ),
    ).toEqual([true, true, true, false, false])
    expect(readCounts((name) => name === 'attendance.missed' || name === 'attendance.late')).toEqual(['missed', 'late'])
    expect(readCounts(() => false)).toEqual([])
  })
})

describe('what is proposed', () => {
  it.each<[Parameters<typeof subjectOf>[0], string]>([
    [{ what: 'one-to-one', reason: 'language', every: null }, 'one-to-one: language'],
    [{ what: 'onward-referral', to: 'substance-misuse-service', reason: 'r' }, 'onward-referral: substance-misuse-service'],
    [{ what: 'parenting-strand', reason: 'r' }, 'parenting-strand'],
    [{ what: 'programme-variant', variant: 'twenty-four-weeks', reason: 'r' }, 'programme-variant: twenty-four-weeks'],
    [{ what: 'retention-measure', measure: 'a call before each session', reason: 'r' }, 'retention-measure: a call before each session'],
  ] as [Parameters<typeof subjectOf>[0], string][])('%j is %s', (proposed, subject) => expect(subjectOf(proposed)).toBe(subject))
})
