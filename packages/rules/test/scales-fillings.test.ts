import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fillingsFromCsv,
  fillingsFromJson,
  type Filling,
  type ItemAnswer,
  reliableChanges,
  type ScaleAnswers,
  scoreFillings,
  scoreScale,
} from '../src/scales/index.ts'
import { shippedRuleSet } from './support/shipped.ts'

const core = shippedRuleSet('core')
const scale = (id: string) => core.document.scales[id]!
const coreOm = scale('core-om')
const uricaDv = scale('urica-dv')

const numbers = Array.from({ length: 34 }, (_, index) => index + 1)
const heading = ['case', 'on', ...numbers].join(',')
const row = (id: string, on: string, answer: (item: number) => ItemAnswer | string) =>
  [id, on, ...numbers.map((item) => answer(item) ?? '')].join(',')
const table = (...rows: string[]) => fillingsFromCsv([heading, ...rows].join('\n'), coreOm)
const inShort = ({ issues }: ReturnType<typeof table>) => issues.map(({ cell, line, code }) => `${cell ?? line} ${code}`)

/** The same answers in the order of the form, scored straight. */
const straight = (answers: readonly ItemAnswer[]) => scoreScale(core, 'core-om', answers)
const scoreOf = (answers: ScaleAnswers) => scoreScale(core, 'core-om', answers)

describe('answers from a table', () => {
  it('a row is a filling: whose, of which day, and every item under its number', () => {
    const { fillings, issues } = table(
      row('C-1', '2025-11-03', () => 2),
      row('C-1', '2026-04-27', (item) => (item === 15 ? null : 1)),
    )
    expect(issues).toEqual([])
    expect(fillings.map(({ case: id, on }) => `${id} ${on}`)).toEqual(['C-1 2025-11-03', 'C-1 2026-04-27'])
    expect(scoreOf(fillings[1]!.answers)).toEqual(straight(numbers.map((item) => (item === 15 ? null : 1))))
  })

  it('the order of the columns does not matter, nor semicolons', () => {
    const backwards = ['case', ...numbers.toReversed()].join(';')
    const { fillings } = fillingsFromCsv(
      `${backwards}\nC-1;${numbers
        .toReversed()
        .map((item) => item % 5)
        .join(';')}`,
      coreOm,
    )
    expect(scoreOf(fillings[0]!.answers)).toEqual(straight(numbers.map((item) => item % 5)))
    expect(fillings[0]!.on).toBeNull()
  })

  it('where no numbers are known, an item goes by its subscale and place', () => {
    const parts = ['precontemplation', 'contemplation', 'action', 'maintenance']
    const names = parts.flatMap((part) => [1, 2, 3, 4, 5].map((place) => `${part} ${place}`))
    const { fillings } = fillingsFromCsv(`case,${names.join(',')}\nC-1,${names.map((_, index) => (index % 5) + 1).join(',')}`, uricaDv)
    expect(fillings[0]!.answers).toEqual(Object.fromEntries(parts.map((part) => [part, [1, 2, 3, 4, 5]])))
  })

  it('random fillings are scored from a table and from JSON as they are straight', () => {
    const answers = fc.array(fc.option(fc.integer({ min: 0, max: 4 }), { freq: 6 }), { minLength: 34, maxLength: 34 })
    let compared = 0
    fc.assert(
      fc.property(answers, (one) => {
        const expected = straight(one)
        const read = [
          table(row('C-1', '2026-04-27', (item) => one[item - 1] ?? null)),
          fillingsFromJson(JSON.stringify(one), coreOm),
          fillingsFromJson(JSON.stringify([{ case: 'C-1', on: '2026-04-27', answers: one }]), coreOm),
        ]
        for (const { fillings, issues } of read) {
          expect(issues).toEqual([])
          expect(scoreOf(fillings[0]!.answers)).toEqual(expected)
          compared++
        }
      }),
      { numRuns: 300 },
    )
    console.log(`fillings read and scored: ${compared}`)
    expect(compared).toBe(900)
  })
})

describe('what cannot be read', () => {
  const good = row('C-1', '2026-04-27', () => 1)
  it.each<[string, string[], string[]]>([
    ['an answer that is on no form', [row('C-1', '2026-04-27', (item) => (item === 7 ? 5 : 1))], ['I2 not-an-answer']],
    ['a word', [row('C-1', '2026-04-27', (item) => (item === 1 ? 'often' : 1))], ['C2 not-an-answer']],
    ['a half', [row('C-1', '2026-04-27', (item) => (item === 34 ? '1.5' : 1))], ['AJ2 not-an-answer']],
    ['two at once', [row('C-1', '2026-04-27', (item) => (item < 3 ? -1 : 1)), 'C-2,2026-04-27'], ['C2 not-an-answer', 'D2 not-an-answer']],
    ['no day', [row('C-1', '27.04.2026', () => 1)], ['B2 not-a-day']],
    ['no case', [row('', '2026-04-27', () => 1)], ['A2 not-a-case']],
    ['a cell too many', [`${good},1`], ['AK2 too-many-cells']],
    ['one case twice on one day', [good, good], ['B3 same-day']],
  ])('%s is refused at its cell, and nothing is scored', (_, rows, expected) => {
    const read = table(...rows)
    expect(inShort(read)).toEqual(expected)
    expect(read.fillings).toEqual([])
  })

  it('a column that is missing, unknown or there twice is named', () => {
    const { issues } = fillingsFromCsv(`case,on,${numbers.slice(0, 33).join(',')},33,35`, coreOm)
    expect(issues.map(({ cell, message }) => `${cell} ${message}`)).toEqual([
      'A1 there is no column "34"',
      'AJ1 "33" stands here twice',
      'AK1 the form has no "35"',
    ])
  })

  it('without days nobody can tell which filling of a case came first', () => {
    const { issues } = fillingsFromCsv(`case,${numbers.join(',')}\n${`C-1,${numbers.map(() => 1).join(',')}\n`.repeat(2)}`, coreOm)
    expect(issues).toMatchObject([{ cell: 'A3', code: 'same-day', help: 'give each its day under "on"' }])
  })

  it.each<[string, unknown, string[]]>([
    ['an answer', [1, 7], ['/ answer-count', '/1 not-an-answer']],
    ['no list', { risk: 3 }, ['/wellbeing answer-count', '/problems answer-count', '/functioning answer-count', '/risk answer-count']],
    ['a subscale', { riks: [] }, ['/riks unknown-subscale']],
    ['a key', [{ case: 'C-1', day: '2026-04-27', answers: numbers.map(() => 1) }], ['/0/day unknown-key']],
    ['a filling', [{ case: 'C-1', answers: numbers.map(() => 1) }, 3], ['/1 not-a-filling']],
    ['a case', [{ answers: numbers.map(() => 1) }], ['/0/case not-a-case']],
    ['a day', [{ case: 'C-1', on: '2026-4-27', answers: numbers.map(() => 1) }], ['/0/on not-a-day']],
    ['answers', [{ case: 'C-1' }], ['/0/answers wrong-type']],
    ['a text', 'yes', ['/ wrong-type']],
  ])('in JSON %s is refused with its place', (_, value, expected) => {
    const { fillings, issues } = fillingsFromJson(JSON.stringify(value, null, 1), coreOm)
    expect(issues.map(({ at, code }) => `${at || '/'} ${code}`)).toEqual(expect.arrayContaining(expected))
    expect(issues.every(({ line }) => line !== undefined && line > 0)).toBe(true)
    expect(fillings).toEqual([])
  })

  it('what is no JSON is refused where it breaks off', () => {
    expect(fillingsFromJson('[1, 2', coreOm).issues).toMatchObject([{ line: 1, code: expect.any(String) }])
  })
})

describe('scores one after the other', () => {
  const filling = (id: string, on: string, answer: number): Filling => ({ case: id, on, answers: numbers.map(() => answer) })

  it('each case in the order of its days, compared with its first', () => {
    const scored = scoreFillings(core, 'core-om', [
      filling('C-1', '2026-04-27', 1),
      filling('C-2', '2026-01-01', 2),
      filling('C-1', '2025-11-03', 2),
      filling('C-1', '2026-09-01', 2),
    ])
    expect(scored.map(({ case: id, on, since, changes }) => ({ id, on, since, changes }))).toEqual([
      { id: 'C-1', on: '2025-11-03', since: null, changes: {} },
      { id: 'C-1', on: '2026-04-27', since: '2025-11-03', changes: { total: 'better' } },
      { id: 'C-1', on: '2026-09-01', since: '2025-11-03', changes: { total: 'no-reliable-change' } },
      { id: 'C-2', on: '2026-01-01', since: null, changes: {} },
    ])
  })

  it('a change is told of every score whose publisher names the figure, and of no other', () => {
    const [one, other] = [filling('C-1', '2025-11-03', 2), filling('C-1', '2026-04-27', 2)].map(({ answers }) => {
      const outcome = scoreOf(answers)
      if (!outcome.ok) throw new Error('not scored')
      return outcome.result
    })
    expect(reliableChanges(core, one!, other!)).toEqual({ total: 'no-reliable-change' })
    expect(reliableChanges(core, { ...one!, version: '0' }, other!)).toEqual({ total: 'cannot-tell' })
  })

  it('answers that would be refused are a fault of the program', () => {
    expect(() => scoreFillings(core, 'core-om', [{ case: null, on: null, answers: [9] }])).toThrow('34 items')
  })
})
