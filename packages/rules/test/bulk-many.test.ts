import { describe, expect, it } from 'vitest'
import type { DecisionInput, KindId } from '../src/index.ts'
import { diff, effectInWords, prepare, simulate } from '../src/bulk/index.ts'
import { coreDraft, loadedText, put } from './support/drafts.ts'
import { factors, form, parameter, register } from './support/forms.ts'
import { Chance, randomCase } from './support/random-cases.ts'
import { shippedRuleSet } from './support/shipped.ts'

const core = shippedRuleSet('core')
const stepByStep = shippedRuleSet('step-by-step')

describe('many cases', () => {
  const draft = parameter('missesAllowed', 1)
  const cases = [register('absent'), register('attended'), register('absent', 'absent'), register('absent', null)].map((facts, index) => ({
    id: `C-${index}`,
    asked: { attendance: { asOf: '2026-05-31', facts } },
  }))

  it('are counted and listed by where they go, in their own order', () => {
    const [result] = simulate(stepByStep, draft, cases).kinds
    expect(result).toMatchObject({ judged: 4, counts: { up: 0, down: 2, unchanged: 2, 'cannot-tell': 0 }, unchanged: ['C-1', 'C-2'] })
    expect(result?.down.map(({ case: id }) => id)).toEqual(['C-0', 'C-3'])
  })

  it('give a manager one sentence', () => {
    expect(effectInWords(diff(stepByStep, draft), simulate(stepByStep, draft, cases))).toEqual([
      'missesAllowed 0 → 1: of 4 cases 2 move down (1 removal due → contact and 1 removal due → cannot tell); 2 stay as they are.',
    ])
    expect(effectInWords(diff(stepByStep, stepByStep), simulate(stepByStep, stepByStep, cases))).toEqual([
      'Nothing that can move a case: of 4 cases none moves.',
    ])
    expect(effectInWords(diff(stepByStep, draft), simulate(stepByStep, draft, []))).toEqual([
      'missesAllowed 0 → 1: no past case was given to try it on.',
    ])
  })

  it('tell how far they are, and can do without reasons', () => {
    const seen: number[] = []
    const [result] = simulate(stepByStep, draft, cases, { reasons: false, onProgress: (done) => seen.push(done) }).kinds
    expect(seen.at(-1)).toBe(4)
    expect(result?.down[0]?.reasons).toEqual([])
  })

  it('are judged on the kinds asked for only', () => {
    expect(simulate(stepByStep, draft, cases, { kinds: ['risk'] }).kinds).toEqual([])
  })

  it('one that is unchanged stays so however its open answers come out', () => {
    const chance = new Chance(3)
    const edits: ((document: Parameters<Parameters<typeof coreDraft>[0]>[0]) => void)[] = [
      (document) => put(document, 'instrument/bands/high/from', 44),
      (document) => put(document, 'instrument/bands/very-high/from', 70),
      (document) => put(document, 'risk/pregnancy-violence', undefined),
      (document) => put(document, 'eligibility/no-history-of-abuse', undefined),
      (document) => put(document, 'parameters/minimumAge/value', 17),
      (document) => put(document, 'safeguarding/new-partner-with-children/event/params/within/amount', 3),
    ]
    const settledOf = (kind: KindId, input: DecisionInput): DecisionInput => {
      const whole = randomCase('whole', chance, core).asked[kind]?.facts ?? {}
      const known = Object.fromEntries(Object.entries(input.facts).filter(([, value]) => value !== null))
      const rest =
        kind === 'risk' ? form(Object.fromEntries(factors.map((id) => [id, chance.pick(['absent', 'possible', 'present'])]))) : whole
      return { asOf: input.asOf, facts: { ...rest, ...known } }
    }
    let settled = 0
    const base = coreDraft((document) => put(document, 'locked', undefined))
    const cases = Array.from({ length: 400 }, (_, index) => randomCase(`C-${index}`, chance, core))
    for (const edit of edits) {
      const draft = coreDraft((document) => {
        put(document, 'locked', undefined)
        edit(document)
      })
      for (const kind of ['risk', 'eligibility', 'safeguarding'] as const) {
        const unchanged = new Set(simulate(base, draft, cases, { kinds: [kind], reasons: false }).kinds[0]?.unchanged)
        const answered = cases.flatMap(({ id, asked }) => {
          const input = asked[kind]
          return input && unchanged.has(id) ? [{ id, asked: { [kind]: settledOf(kind, input) } }] : []
        })
        const [result] = simulate(base, draft, answered, { kinds: [kind] }).kinds
        expect([...(result?.up ?? []), ...(result?.down ?? []), ...(result?.cannotTell ?? [])]).toEqual([])
        settled += answered.length
      }
    }
    console.log(`unchanged cases answered at random: ${settled}`)
    expect(settled).toBeGreaterThan(4_000)
  })
})

it('kinds that ask for the risk band are judged with the one that was stored, and that is said where the draft gives others', () => {
  const asOf = '2026-05-01'
  const cases = [{ id: 'C-0', asked: { risk: { asOf, facts: {} }, safeguarding: { asOf, facts: { 'risk.atMost': 'high' } } } }]
  const draft = coreDraft((document) => put(document, 'instrument/bands/high/from', 60))
  const simulation = simulate(core, draft, cases)
  expect(simulation.onStoredBand).toEqual(['safeguarding'])
  expect(effectInWords(diff(core, draft), simulation).at(-1)).toBe(
    'Safeguarding: judged with the risk band that was stored; what another band leads to there is not in these numbers.',
  )
  expect(simulate(core, draft, cases, { kinds: ['risk'] }).onStoredBand).toEqual([])
  expect(simulate(core, core, cases).onStoredBand).toEqual([])
})

it('a case that was not asked, null or missing, is judged by neither', () => {
  const cases = [
    { id: 'C-0', asked: { risk: null } as never },
    { id: 'C-1', asked: {} },
  ]
  expect([simulate(core, core, cases).kinds, prepare(core, cases).moves(core)]).toEqual([[], []])
})

it('where one of the two has no instrument, of nobody with a form can anything be told', () => {
  const without = loadedText(JSON.stringify({ id: 'bare', version: '1.0.0', title: 'Bare', effectiveFrom: '2026-01-01' }))
  const cases = [
    { id: 'C-0', asked: { risk: { asOf: '2026-05-01', facts: { 'factor.threats-to-kill': 'present' } } } },
    { id: 'C-1', asked: {} },
  ]
  const words = { before: 'high to very high', after: 'not decided' }
  for (const [before, after, said] of [
    [core, without, words],
    [without, core, { before: words.after, after: words.before }],
  ] as const) {
    const [result, ...others] = simulate(before, after, cases).kinds
    expect(result).toMatchObject({ kind: 'risk', judged: 1, counts: { 'cannot-tell': 1 }, cannotTell: [{ case: 'C-0', ...said }] })
    expect(others).toEqual([])
    const [together] = prepare(before, cases).moves(after)
    expect([together?.counts, together?.swaps, together?.cases('cannot-tell')]).toEqual([result?.counts, result?.swaps, ['C-0']])
  }
  expect(simulate(without, without, cases).kinds).toEqual([])
  expect(prepare(without, cases).moves(without)).toEqual([])
})

it('rules in place of a person who says what is needed are less care', () => {
  const strand = {
    number: 10,
    label: 'Parents',
    source: 'test',
    conditions: { all: [{ fact: 'engagement.isWilling', operator: 'equal', value: false }] },
    event: { type: 'parenting-strand', params: { reason: 'children' } },
  }
  const [empty, first] = [{}, { strand }].map((pathway) => coreDraft((document) => put(document, 'pathway', pathway)))
  const cases = [{ id: 'C-0', asked: { pathway: { asOf: '2026-05-01', facts: { 'engagement.isWilling': true } } } }]
  for (const [before, after, move] of [
    [empty!, first!, 'down'],
    [first!, empty!, 'up'],
  ] as const) {
    expect(simulate(before, after, cases).kinds[0]?.counts[move]).toBe(1)
    expect(prepare(before, cases).moves(after)[0]?.counts[move]).toBe(1)
  }
})

describe('a parameter that entries of a list are compared with', () => {
  const fact = { type: 'list', of: { type: 'item', fields: { times: { type: 'integer', label: 'Times' } } }, number: 9001 }
  const limit = (value: number) =>
    coreDraft((document) => {
      put(document, 'facts/custom.calls', { ...fact, label: 'Calls', question: 'Which?', source: 'test' })
      put(document, 'parameters/callsTolerated', { type: 'integer', number: 900, label: 'Calls tolerated', source: 'test', value })
      put(document, 'conditions/too-often', {
        fact: 'custom.calls',
        some: { path: '$.times', operator: 'greaterThan', value: { fact: 'parameter.callsTolerated' } },
      })
      for (const [kind, event] of [
        ['risk', { type: 'band-at-least', params: { band: 'very-high', action: 'look' } }],
        ['eligibility', { type: 'ineligible', params: { reason: 'calls' } }],
      ] as const)
        put(document, `${kind}/calls`, { number: 900, label: 'Calls', source: 'test', conditions: { condition: 'too-often' }, event })
      put(document, 'locked', undefined)
    })
  const calls = (times: number | null) => ({ asOf: '2026-05-01', facts: { 'custom.calls': [{ times }] } })
  const cases = [4, 2, null].map((times) => ({ id: `${times} times`, asked: { risk: calls(times), eligibility: calls(times) } }))

  it('moves who is between the two, and of who is open it cannot be told', () => {
    for (const kinds of [
      simulate(limit(4), limit(3), cases, { kinds: ['risk'] }).kinds,
      prepare(limit(4), cases)
        .moves(limit(3))
        .filter(({ kind }) => kind === 'risk'),
    ])
      expect(kinds.map(({ counts }) => counts)).toEqual([{ up: 1, down: 0, unchanged: 1, 'cannot-tell': 1 }])
    const eligibility = simulate(limit(4), limit(3), cases, { kinds: ['eligibility'] }).kinds[0]
    expect(eligibility?.cannotTell.map((each) => each.case)).toEqual(['null times'])
  })
})

describe('facts computed from others', () => {
  const fact = (number: number, more: object) => ({ type: 'integer', number, label: 'l', question: 'q?', source: 's', ...more })
  const withSum = (limit: number) =>
    coreDraft((document) => {
      put(document, 'facts/custom.one', fact(9001, { minimum: 0 }))
      put(document, 'facts/custom.other', fact(9002, { minimum: 0 }))
      put(document, 'facts/custom.both', fact(9003, { derived: { by: 'sum', of: ['custom.one', 'custom.other'] } }))
      put(document, 'eligibility', {
        many: {
          number: 10,
          label: 'Many',
          source: 's',
          conditions: { fact: 'custom.both', operator: 'greaterThanInclusive', value: limit },
          event: { type: 'ineligible', params: { reason: 'many' } },
        },
      })
      put(document, 'locked/eligibility', undefined)
    })

  it('are told apart by what they are computed from: a base out of its bounds makes no sum', () => {
    const [before, after] = [withSum(7), withSum(8)]
    const parts = [
      [3, 4],
      [-1, 8],
      [4, 4],
      [null, 7],
      ['3', 4],
    ]
    const cases = parts.map(([one, other], index) => ({
      id: `C-${index}`,
      asked: { eligibility: { asOf: '2026-05-01', facts: { 'custom.one': one ?? null, 'custom.other': other ?? null } } },
    }))
    const one = simulate(before, after, cases, { kinds: ['eligibility'], reasons: false }).kinds[0]
    const together = prepare(before, cases).moves(after)[0]
    expect(together?.counts).toEqual(one?.counts)
    expect(together?.cases('down')).toEqual(['C-0'])
    expect(one?.down.map((each) => each.case)).toEqual(['C-0'])
    expect(one?.counts).toMatchObject({ down: 1, unchanged: 1, 'cannot-tell': 3 })
  })
})
