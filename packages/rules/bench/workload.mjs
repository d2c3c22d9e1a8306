/**
 * An invented provider with 40 rules over 45 flat facts, the same rules written by hand, and cases. Deterministic.
 * Built for measuring, not for practice.
 */

export const factors = [
  'violence',
  'sexual',
  'control',
  'stalking',
  'strangulation',
  'weapons',
  'threats',
  'escalation',
  'separation',
  'jealousy',
  'pregnancy',
  'children',
  'contact',
  'breach',
  'alcohol',
  'drugs',
  'suicidal',
  'mental',
  'work',
  'money',
  'attitude',
  'denial',
  'history',
  'isolation',
]
const answers = ['absent', 'possible', 'present']
const windows = ['recent', 'historic', 'none']
const bands = ['standard', 'medium', 'high', 'very-high']
const bases = ['voluntary', 'agency', 'family-court', 'criminal-court']
const areas = ['Camden', 'Hackney', 'Islington', 'Brent', 'Barnet', 'Leeds', 'York']
const days = Array.from({ length: 400 }, (_, i) => new Date(Date.UTC(2025, 3, 1 + i)).toISOString().slice(0, 10))

const types = {
  ...Object.fromEntries(factors.map((factor) => [`factor.${factor}`, { type: 'choice', choices: answers }])),
  ...Object.fromEntries(
    ['control', 'threats', 'weapons', 'breach', 'suicidal'].map((factor) => [
      `factor.${factor}.window`,
      { type: 'choice', choices: windows },
    ]),
  ),
  'person.age': { type: 'integer', minimum: 0, maximum: 130 },
  'person.area': { type: 'text' },
  'person.isWilling': { type: 'boolean' },
  'person.hasHistory': { type: 'boolean' },
  'referral.basis': { type: 'choice', choices: bases },
  'referral.receivedOn': { type: 'day' },
  'risk.atMost': { type: 'choice', choices: bands },
  'sign.threat': { type: 'boolean' },
  'sign.weapon': { type: 'boolean' },
  'sign.child': { type: 'boolean' },
  'sign.order': { type: 'boolean' },
  'sign.missed': { type: 'boolean' },
  'attendance.missed': { type: 'integer', minimum: 0 },
  'attendance.held': { type: 'integer', minimum: 0 },
  'parties.youngestAge': { type: 'integer', minimum: 0 },
  'referral.sources': { type: 'list', of: { type: 'choice', choices: ['self', 'police', 'court', 'partner'] } },
}
export const facts = Object.fromEntries(
  Object.entries(types).map(([name, type], i) => [name, { ...type, number: i + 1, label: name, source: 'invented', question: name }]),
)

const settings = {
  minimumAge: { type: 'integer', value: 18 },
  missesAllowed: { type: 'integer', value: 2 },
  missesToReview: { type: 'integer', value: 3 },
  areas: { type: 'list', of: { type: 'text' }, value: areas.slice(0, 5) },
  opensOn: { type: 'day', value: '2025-06-01' },
}
export const parameters = Object.fromEntries(
  Object.entries(settings).map(([id, setting], i) => [id, { ...setting, number: i + 1, label: id, source: 'invented' }]),
)
export const scope = { facts, parameters, conditions: {} }

const is = (fact, operator, value) => ({ fact, operator, value })
const present = (...names) => names.map((name) => is(`factor.${name}`, 'equal', 'present'))
const recent = (name) => is(`factor.${name}.window`, 'equal', 'recent')
const parameter = (id) => ({ fact: `parameter.${id}` })
const atHighRisk = is('risk.atMost', 'in', ['high', 'very-high'])

/** Patterns, eligibility, triggers, attendance. */
export const rules = {
  'p-01': { all: present('separation', 'control') },
  'p-02': { all: [...present('separation', 'control'), { any: present('violence', 'sexual') }] },
  'p-03': {
    all: [
      ...present('separation', 'control'),
      { any: present('violence', 'sexual') },
      { any: present('strangulation', 'weapons', 'escalation', 'stalking', 'threats') },
    ],
  },
  'p-04': { all: [...present('strangulation'), { any: present('separation', 'escalation', 'threats') }] },
  'p-05': { all: [...present('stalking', 'separation'), { any: present('escalation', 'threats') }] },
  'p-06': { all: [...present('threats', 'weapons'), recent('threats'), recent('weapons')] },
  'p-07': { all: [...present('suicidal'), recent('suicidal'), { any: present('separation', 'contact', 'work') }] },
  'p-08': { all: present('violence', 'pregnancy') },
  'p-09': { all: present('control', 'children', 'contact') },
  'p-10': { all: [...present('suicidal', 'children'), { any: present('separation', 'contact') }] },
  'p-11': { all: [...present('escalation', 'breach'), recent('breach')] },
  'p-12': {
    all: [...present('alcohol'), { any: present('violence', 'weapons', 'drugs') }, { not: is('factor.denial', 'equal', 'absent') }],
  },
  'e-01': { all: [is('person.age', 'lessThan', 16)] },
  'e-02': { all: [is('person.age', 'greaterThanInclusive', 16), is('person.age', 'lessThan', parameter('minimumAge'))] },
  'e-03': { all: [is('person.area', 'notIn', parameter('areas'))] },
  'e-04': { all: [is('person.isWilling', 'equal', false)] },
  'e-05': { all: [is('person.hasHistory', 'equal', false)] },
  'e-06': { all: [is('referral.basis', 'equal', 'criminal-court')] },
  'e-07': { all: [is('referral.receivedOn', 'lessThan', parameter('opensOn'))] },
  'e-08': { all: [is('referral.basis', 'equal', 'voluntary'), { not: is('person.isWilling', 'equal', true) }] },
  't-01': { any: [is('sign.threat', 'equal', true), { all: [...present('threats'), recent('threats')] }] },
  't-02': { any: [is('sign.weapon', 'equal', true), { all: [...present('weapons'), recent('weapons')] }] },
  't-03': { all: [is('sign.child', 'equal', true)] },
  't-04': { any: [is('sign.order', 'equal', true), { all: [...present('breach'), recent('breach')] }] },
  't-05': { all: [is('sign.missed', 'equal', true), atHighRisk] },
  't-06': { all: [is('parties.youngestAge', 'lessThan', 18)] },
  't-07': { all: [...present('pregnancy'), atHighRisk] },
  't-08': { all: [is('sign.child', 'equal', true), { any: [...present('children'), is('sign.weapon', 'equal', true)] }] },
  't-09': { all: [...present('suicidal'), { any: present('mental', 'isolation', 'work', 'money') }] },
  't-10': { all: [is('referral.sources', 'contains', 'partner')] },
  't-11': { all: [...present('stalking'), atHighRisk, { not: is('sign.order', 'equal', true) }] },
  't-12': { any: [...present('strangulation'), { all: [...present('control'), recent('control'), ...present('jealousy')] }] },
  'a-01': { all: [is('attendance.missed', 'greaterThan', 0)] },
  'a-02': { all: [is('attendance.missed', 'greaterThan', parameter('missesAllowed'))] },
  'a-03': { all: [is('attendance.missed', 'greaterThanInclusive', parameter('missesToReview')), is('attendance.held', 'lessThan', 12)] },
  'a-04': { all: [is('attendance.held', 'greaterThanInclusive', 20), is('attendance.missed', 'lessThanInclusive', 2)] },
  'a-05': { all: [is('attendance.missed', 'greaterThan', 0), atHighRisk] },
  'a-06': { all: [{ not: is('person.isWilling', 'equal', true) }, is('attendance.missed', 'greaterThan', 1)] },
  'c-01': { all: [is('factor.attitude', 'in', ['absent', 'possible']), is('attendance.held', 'greaterThan', 10)] },
  'c-02': { all: [...present('denial'), is('factor.history', 'notEqual', 'absent')] },
}

/** Three-valued by hand: 0 false, 1 unknown, 2 true. Types are taken on trust. */
const equal = (value, wanted) => (value === null || value === undefined ? 1 : value === wanted ? 2 : 0)
const below = (value, limit) => (value === null || value === undefined ? 1 : value < limit ? 2 : 0)
const least = (a, b) => (a < b ? a : b)
const greatest = (a, b) => (a > b ? a : b)
const deny = (a) => 2 - a

export function byHand(facts) {
  const has = (value) => equal(value, 'present')
  const violence = has(facts['factor.violence']),
    sexual = has(facts['factor.sexual']),
    control = has(facts['factor.control'])
  const stalking = has(facts['factor.stalking']),
    strangulation = has(facts['factor.strangulation']),
    weapons = has(facts['factor.weapons'])
  const threats = has(facts['factor.threats']),
    escalation = has(facts['factor.escalation']),
    separation = has(facts['factor.separation'])
  const jealousy = has(facts['factor.jealousy']),
    pregnancy = has(facts['factor.pregnancy']),
    children = has(facts['factor.children'])
  const contact = has(facts['factor.contact']),
    breach = has(facts['factor.breach']),
    alcohol = has(facts['factor.alcohol']),
    drugs = has(facts['factor.drugs'])
  const suicidal = has(facts['factor.suicidal']),
    mental = has(facts['factor.mental']),
    work = has(facts['factor.work']),
    money = has(facts['factor.money'])
  const denial = has(facts['factor.denial']),
    isolation = has(facts['factor.isolation'])
  const recentThreats = least(threats, equal(facts['factor.threats.window'], 'recent'))
  const recentWeapons = least(weapons, equal(facts['factor.weapons.window'], 'recent'))
  const recentBreach = least(breach, equal(facts['factor.breach.window'], 'recent'))
  const recentSuicidal = least(suicidal, equal(facts['factor.suicidal.window'], 'recent'))
  const recentControl = least(control, equal(facts['factor.control.window'], 'recent'))
  const age = facts['person.age'],
    area = facts['person.area'],
    basis = facts['referral.basis'],
    missed = facts['attendance.missed'],
    held = facts['attendance.held']
  const band = facts['risk.atMost'],
    attitude = facts['factor.attitude'],
    sources = facts['referral.sources']
  const unwilling = deny(equal(facts['person.isWilling'], true)),
    weapon = equal(facts['sign.weapon'], true),
    child = equal(facts['sign.child'], true),
    order = equal(facts['sign.order'], true)
  const highRisk = band === null || band === undefined ? 1 : band === 'high' || band === 'very-high' ? 2 : 0
  const cluster = least(least(separation, control), greatest(violence, sexual))
  const alarm = greatest(greatest(greatest(strangulation, weapons), greatest(escalation, stalking)), threats)
  const someMissed = deny(below(missed, 1))
  return [
    least(separation, control),
    cluster,
    least(cluster, alarm),
    least(strangulation, greatest(separation, greatest(escalation, threats))),
    least(least(stalking, separation), greatest(escalation, threats)),
    least(recentThreats, recentWeapons),
    least(recentSuicidal, greatest(separation, greatest(contact, work))),
    least(violence, pregnancy),
    least(control, least(children, contact)),
    least(least(suicidal, children), greatest(separation, contact)),
    least(escalation, recentBreach),
    least(least(alcohol, greatest(violence, greatest(weapons, drugs))), deny(equal(facts['factor.denial'], 'absent'))),
    below(age, 16),
    least(deny(below(age, 16)), below(age, 18)),
    area === null || area === undefined
      ? 1
      : area === 'Camden' || area === 'Hackney' || area === 'Islington' || area === 'Brent' || area === 'Barnet'
        ? 0
        : 2,
    equal(facts['person.isWilling'], false),
    equal(facts['person.hasHistory'], false),
    equal(basis, 'criminal-court'),
    below(facts['referral.receivedOn'], '2025-06-01'),
    least(equal(basis, 'voluntary'), unwilling),
    greatest(equal(facts['sign.threat'], true), recentThreats),
    greatest(weapon, recentWeapons),
    child,
    greatest(order, recentBreach),
    least(equal(facts['sign.missed'], true), highRisk),
    below(facts['parties.youngestAge'], 18),
    least(pregnancy, highRisk),
    least(child, greatest(children, weapon)),
    least(suicidal, greatest(greatest(mental, isolation), greatest(work, money))),
    sources === null || sources === undefined ? 1 : sources.includes('partner') ? 2 : 0,
    least(least(stalking, highRisk), deny(order)),
    greatest(strangulation, least(recentControl, jealousy)),
    someMissed,
    deny(below(missed, 3)),
    least(deny(below(missed, 3)), below(held, 12)),
    least(deny(below(held, 20)), below(missed, 3)),
    least(someMissed, highRisk),
    least(unwilling, deny(below(missed, 2))),
    least(
      attitude === null || attitude === undefined ? 1 : attitude === 'absent' || attitude === 'possible' ? 2 : 0,
      deny(below(held, 11)),
    ),
    least(denial, deny(equal(facts['factor.history'], 'absent'))),
  ]
}

/** Cases as they come from a database: parsed from JSON, every key there. `unknown` of each thousand values are null. */
export function cases(count, unknown) {
  let state = 12_345
  const random = (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const pick = (list) => list[random(list.length)]
  const value = (type) => {
    if (random(1000) < unknown) return null
    if (type.type === 'choice') return pick(type.choices)
    if (type.type === 'boolean') return random(2) === 1
    if (type.type === 'integer') return random(type.maximum === 130 ? 40 : 25)
    if (type.type === 'text') return pick(areas)
    if (type.type === 'day') return pick(days)
    return Array.from({ length: random(3) }, () => pick(type.of.choices))
  }
  return JSON.parse(
    JSON.stringify(
      Array.from({ length: count }, () => Object.fromEntries(Object.entries(types).map(([name, type]) => [name, value(type)]))),
    ),
  )
}
