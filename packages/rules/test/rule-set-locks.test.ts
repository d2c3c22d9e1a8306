import { describe, expect, it } from 'vitest'
import { type Instrument } from '../src/index.ts'
import { load } from '../src/load.ts'
import { shippedRuleSet, shippedText } from './support/shipped.ts'

const core = shippedRuleSet('core').document
const instrument = core.instrument as Instrument
const locked = core.locked.instrument ?? []

/** An instrument of the six critical factors, under an id of its own, in a document without the rules that look at `pdv-24`. */
function sixFactors(change: (written: Instrument) => void): { instrument: Instrument; remove: object } {
  const factors = Object.fromEntries(locked.map((id) => [id, instrument.factors[id]]))
  const written = structuredClone({ ...instrument, id: 'riverside-six', version: '1.0.0', factors }) as Instrument
  change(written)
  const all = (part: 'risk' | 'pathway' | 'conditions') =>
    Object.fromEntries(Object.keys(core[part]).map((id) => [id, 'made for another instrument']))
  return { instrument: written, remove: { risk: all('risk'), pathway: all('pathway'), conditions: all('conditions') } }
}

function loaded(part: object) {
  const document = {
    id: 'riverside',
    version: '1.0.0',
    title: 'Riverside',
    effectiveFrom: '2026-01-01',
    extends: { id: 'core', version: '1.0.0' },
    ...part,
  }
  const result = load(JSON.stringify(document), [shippedText('core')])
  return result.ok ? [] : result.issues.map(({ code, at, message, help }) => ({ code, at, message, help }))
}

/** Changes the types do not allow, as JSON may. */
const loosely = (written: Instrument, id: string) => written.factors[id] as unknown as Record<string, unknown>

describe('an instrument in a document that extends core', () => {
  it('may be another one, under another id, with the critical factors in it', () => {
    expect(loaded(sixFactors(() => undefined))).toEqual([])
  })

  it('may have higher floors', () => {
    expect(
      loaded(
        sixFactors(
          (written) => (loosely(written, 'threats-to-kill')['floor'] = { recent: 'very-high', historic: 'very-high', possible: 'high' }),
        ),
      ),
    ).toEqual([])
  })

  it('may have other wording, with a version of its own', () => {
    expect(loaded({ instrument: { ...instrument, version: '0.2.0', title: 'In our words' } })).toEqual([])
  })

  it.each<[string, object, object]>([
    [
      'cannot score otherwise under the same id',
      { instrument: { ...instrument, bands: { ...instrument.bands, high: { ...instrument.bands['high'], from: 50 } } } },
      {
        code: 'instrument-scoring',
        at: '/instrument/id',
        message: 'scoring differs from that of "pdv-24", and results of the two would be taken for one another',
        help: 'give the changed instrument an id of its own',
      },
    ],
    [
      'cannot have other wording under the same version',
      { instrument: { ...instrument, title: 'In our words' } },
      {
        code: 'instrument-version',
        at: '/instrument/version',
        message: 'wording differs from that of "pdv-24" 0.1.0',
        help: 'give it a new version',
      },
    ],
    [
      'cannot lack a critical factor',
      sixFactors((written) => delete (written.factors as Record<string, unknown>)['weapon-use-or-access']),
      {
        code: 'locked',
        at: '/instrument/factors',
        message: 'the critical factor "weapon-use-or-access" is locked: no instrument built on this one can drop it',
        help: 'add it',
      },
    ],
    [
      'cannot lack its floor',
      sixFactors((written) => delete loosely(written, 'weapon-use-or-access')['floor']),
      {
        code: 'locked',
        at: '/instrument/factors/weapon-use-or-access',
        message: 'the floor of "weapon-use-or-access" is locked: it forces a band by itself',
        help: 'add its "floor"',
      },
    ],
    [
      'cannot lower a floor',
      sixFactors(
        (written) => (loosely(written, 'threats-to-kill')['floor'] = { recent: 'medium', historic: 'medium', possible: 'medium' }),
      ),
      {
        code: 'locked',
        at: '/instrument/factors/threats-to-kill/floor/recent',
        message: 'the floor of "threats-to-kill" is locked: at least "high" is needed here',
        help: 'write "high" or a higher band',
      },
    ],
    [
      'cannot put the bands in another order to lower a floor',
      sixFactors((written) => {
        const { standard, medium, high } = written.bands
        Object.assign(written, {
          bands: {
            high: { ...high, number: 1, from: 0 },
            standard: { ...standard, number: 2, from: 20 },
            medium: { ...medium, number: 3, from: 45 },
          },
        })
        for (const id of locked) loosely(written, id)['floor'] = { recent: 'standard', historic: 'standard', possible: 'standard' }
      }),
      {
        code: 'locked',
        at: '/instrument/bands',
        message: 'the order of the bands "medium" and "high" is locked: critical floors are told by them',
        help: 'put "medium" below "high"',
      },
    ],
    [
      'cannot reach a floor less easily',
      sixFactors((written) => (loosely(written, 'threats-to-kill')['recentWithin'] = 'recentMonthsForThoughtsOfKilling')),
      {
        code: 'locked',
        at: '/instrument/factors/threats-to-kill/recentWithin',
        message: 'what recent means for "threats-to-kill" is locked',
        help: 'write "recentMonths"',
      },
    ],
  ])('%s', (_, part, expected) => {
    expect(loaded(part)).toContainEqual(expected)
  })

  it('cannot claim to be validated', () => {
    const part = {
      ...sixFactors((written) => Object.assign(written, { statement: 'validated' })),
      statements: { validated: 'This is validated.' },
    }
    expect(loaded(part)).toEqual([
      {
        code: 'locked',
        at: '/instrument/statement',
        message: 'every result must carry the statement "not-validated"',
        help: 'write "not-validated"',
      },
    ])
  })
})

describe('what is locked in core', () => {
  it('names the floors, their triggers, the ages and the statements', () => {
    expect(core.locked.eligibility).toEqual(['sixteen-or-seventeen', 'under-16'])
    expect(core.locked.statements).toContain('not-validated')
    expect(locked.toSorted()).toEqual(
      Object.keys(instrument.factors)
        .filter((id) => instrument.factors[id]?.floor)
        .toSorted(),
    )
    expect(core.locked.safeguarding).toEqual(Object.keys(core.safeguarding).toSorted())
  })

  it.each(
    Object.entries({ eligibility: core.locked.eligibility, safeguarding: core.locked.safeguarding }).flatMap(([kind, rules]) =>
      (rules ?? []).map((rule) => [kind, rule] as const),
    ),
  )('%s %s can be neither removed nor replaced', (kind, rule) => {
    expect(loaded({ remove: { [kind]: { [rule]: 'not here' } } })).toMatchObject([{ code: 'locked' }])
    const written = core[kind as 'eligibility'][rule] as object
    expect(loaded({ [kind]: { [rule]: { ...written, replaces: true } } })).toMatchObject([{ code: 'locked' }])
  })

  it('holds through a document in between', () => {
    const between = {
      id: 'region',
      version: '1.0.0',
      title: 'Region',
      effectiveFrom: '2026-01-01',
      extends: { id: 'core', version: '1.0.0' },
      locked: { eligibility: ['no-history-of-abuse'] },
    }
    const document = {
      ...between,
      id: 'riverside',
      extends: { id: 'region', version: '1.0.0' },
      locked: {},
      remove: { eligibility: { 'under-16': 'x', 'no-history-of-abuse': 'x' } },
    }
    const result = load(JSON.stringify(document), [shippedText('core'), JSON.stringify(between)])
    expect(result.ok ? [] : result.issues.map(({ code, at }) => [code, at])).toEqual([
      ['locked', '/remove/eligibility/under-16'],
      ['locked', '/remove/eligibility/no-history-of-abuse'],
    ])
  })

  it('holds for a named condition that a locked rule rests on', () => {
    const root = {
      id: 'base',
      version: '1.0.0',
      title: 'Base',
      effectiveFrom: '2026-01-01',
      facts: { 'person.age': { type: 'integer', number: 1, label: 'Age', source: 'Form', question: 'How old?' } },
      conditions: { child: { condition: 'young' }, young: { fact: 'person.age', operator: 'lessThan', value: 16 } },
      eligibility: {
        'under-16': {
          number: 1,
          label: 'Under 16',
          source: 'Law',
          conditions: { condition: 'child' },
          event: { type: 'ineligible', params: { reason: 'Under 16' } },
        },
      },
      locked: { eligibility: ['under-16'] },
    }
    const document = {
      id: 'p',
      version: '1.0.0',
      title: 'P',
      effectiveFrom: '2026-01-01',
      extends: { id: 'base', version: '1.0.0' },
      remove: { conditions: { young: 'x' } },
      conditions: { young: { fact: 'person.age', operator: 'lessThan', value: 3 } },
    }
    const result = load(JSON.stringify(document), [JSON.stringify(root)])
    expect(result).toMatchObject({ ok: false, issues: [{ code: 'locked', at: '/remove/conditions/young' }, { code: 'needs-removal' }] })
  })
})
