// Writes vectors/decisions.json: rule sets and facts with the decision they lead to, for whoever ports the library to another language.
// `node packages/rules/scripts/write-vectors.mjs`, after a build. A stale file is red (test/vectors.test.ts).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hashOf } from '../dist/index.js'
import { load } from '../dist/load.js'
import { randomFrom } from './mutate.mjs'

const at = (path) => new URL(`../${path}`, import.meta.url)
const read = (path) => readFileSync(at(path), 'utf8')
const asOf = '2026-05-01'

/** All vectors, as the object that stands in the file. */
export async function vectors() {
  const files = [
    'rule-sets/core',
    'rule-sets/cdars-phoenix',
    'rule-sets/step-by-step',
    ...names('vectors/rule-sets').map((name) => `vectors/rule-sets/${name}`),
  ]
  const loaded = new Map()
  for (const file of files) {
    const result = load(read(`${file}.json`), [read('rule-sets/core.json')])
    if (!result.ok) throw new Error(`${file}: ${JSON.stringify(result.issues)}`)
    loaded.set(result.ruleSet.id, { ruleSet: result.ruleSet, file: `../${file}.json` })
  }
  const ruleSets = {}
  for (const [id, { ruleSet, file }] of loaded) {
    const parents = ruleSet.lineage.map((parent) => parent.id)
    ruleSets[id] = { version: ruleSet.version, file, extends: parents, hash: await hashOf(ruleSet) }
  }
  const asked = [...worked(loaded), ...compared(), ...forms(loaded.get('core').ruleSet)]
  const seen = new Set()
  return {
    $schema: './decisions.schema.json',
    description:
      'Rule set and facts lead to the decision: exactly, lists in this order. `rules` says of each rule of the kind what it came to and which unknown facts could change that; where the language itself is shown, with the whole trace. `problems` are facts that count as unknown. A fact that is left out is unknown.',
    format: 1,
    ruleSets,
    vectors: asked.map((each) => vector(each, loaded.get(each.ruleSet).ruleSet, seen)),
  }
}

const names = (folder) =>
  readdirSync(at(folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -5))
    .sort()

function vector({ name, ruleSet: id, kind, asOf: day, facts, traced }, ruleSet, seen) {
  const input = { asOf: day, facts }
  const decider = ruleSet.kinds[kind]
  const unique = `${id}, ${kind}: ${name}`
  if (seen.has(unique)) throw new Error(`two vectors are called "${unique}"`)
  seen.add(unique)
  return {
    name: unique,
    ruleSet: id,
    kind,
    asOf: day,
    facts,
    decision: decider.decide(input),
    rules: decider
      .rules(input)
      .map(({ rule, result, dependsOn, conditions }) => ({ rule, result, dependsOn, ...(traced ? { conditions } : {}) })),
    problems: decider.problems(input).map(({ code, at: place }) => ({ code, at: place })),
  }
}

/** The cases of each kind and the examples in the documents: a sentence each. */
function worked(loaded) {
  const kinds = Object.keys(loaded.get('core').ruleSet.kinds)
  const cases = kinds.flatMap((kind) => JSON.parse(read(`src/kinds/${kind}/cases.json`)))
  const examples = [...loaded].flatMap(([id, { ruleSet }]) =>
    Object.entries(ruleSet.examples).map(([name, example]) => ({ name: `example, ${name}`, ruleSet: id, ...example })),
  )
  return [...cases.map(({ description, ...rest }) => ({ name: description, ...rest })), ...examples].map((each) => ({
    ...each,
    traced: false,
  }))
}

const NOTHING = Symbol('left out')
const values = {
  'vector-comparisons': {
    'custom.flag': [true, false, null, NOTHING, 'yes', 1],
    'custom.number': [-1, 0, 2, 3, 4, 10, 11, 2.5, '3', null, NOTHING],
    'custom.other': [0, 3, 4, null, NOTHING],
    'custom.colour': ['red', 'green', 'blue', 'Red', 'violet', null, NOTHING],
    'custom.text': ['a', 'A', '', 'a ', 'é', null, NOTHING, 7],
  },
  'vector-days': {
    'custom.day': [
      '2026-05-01',
      '2026-05-02',
      '2026-02-01',
      '2026-01-31',
      '2008-02-29',
      '2008-05-01',
      '2008-05-02',
      '2026-02-30',
      '2026-5-1',
      null,
      NOTHING,
    ],
    'custom.later': ['2026-05-01', '2026-02-28', '2026-03-01', '1990-01-01', null, NOTHING],
  },
  'vector-lists': {
    'custom.colours': [
      [],
      ['red'],
      ['green'],
      ['blue'],
      ['red', 'blue'],
      ['green', null],
      ['blue', null],
      [null],
      ['violet'],
      ['red', 'red'],
      'red',
      null,
      NOTHING,
    ],
    'custom.numbers': [[], [4], [3], [4, 3], [4, null], [3, null], ['4'], null, NOTHING],
  },
  'vector-items': {
    'custom.incidents': [
      [],
      null,
      NOTHING,
      {},
      [null],
      ['x'],
      [{}],
      [{ what: 'assault', points: 3, on: '2026-04-30' }],
      [{ what: 'assault', points: 2, on: '2026-04-01' }],
      [
        { what: 'assault', points: 2, on: '2026-03-31' },
        { what: 'threat', points: 3 },
      ],
      [{ what: 'assault', points: null }],
      [{ what: null, points: 3 }],
      [{ what: null, points: 1 }],
      [
        { what: 'assault', points: 9 },
        { what: 'assault', points: 3 },
      ],
      [{ what: 'assault', points: 9 }, { what: 'assault' }],
      [
        { what: 'threat', points: 5 },
        { what: 'threat', points: 4 },
      ],
      [{ what: 'threat' }, { on: '2026-05-02' }],
      [{ what: 'assault', points: 9 }, null],
      [{ what: 'wrong', points: 9, on: '2026-02-30' }],
    ],
  },
  'vector-groups': { 'custom.a': [true, false, null], 'custom.b': [true, false, NOTHING], 'custom.c': [true, false, null] },
}

/** Every value of every fact on a plain background; for the groups, every combination. */
function compared() {
  return Object.entries(values).flatMap(([ruleSet, facts]) =>
    (ruleSet === 'vector-groups' ? combinations(Object.entries(facts)) : oneByOne(facts)).map((known) => ({
      name: JSON.stringify(known),
      ruleSet,
      kind: 'eligibility',
      asOf,
      facts: known,
      traced: true,
    })),
  )
}

function oneByOne(facts) {
  const plain = Object.fromEntries(Object.entries(facts).map(([name, [first]]) => [name, first]))
  const all = Object.entries(facts).flatMap(([name, possible]) => possible.map((value) => without({ ...plain, [name]: value })))
  return [...new Map(all.map((known) => [JSON.stringify(known), known])).values()]
}

const combinations = ([first, ...others]) =>
  first ? combinations(others).flatMap((rest) => first[1].map((value) => without({ [first[0]]: value, ...rest }))) : [{}]

const without = (facts) => Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== NOTHING))

/** Forms of the instrument at random, from complete to hardly answered, the same each time. */
function forms(core) {
  const random = randomFrom(24)
  const factors = Object.keys(core.document.instrument.factors)
  return Array.from({ length: 80 }, (_, index) => {
    const open = [0, 0, 1, 3, 5, 9][index % 6]
    const facts = {}
    for (const id of factors) {
      if (random(24) < open) {
        if (random(2) === 0) facts[`factor.${id}`] = null
        continue
      }
      const answer = ['absent', 'absent', 'possible', 'present'][random(4)]
      facts[`factor.${id}`] = answer
      if (answer === 'absent') continue
      if (random(4) > 0)
        facts[`factor.${id}.lastOccurredOn`] = ['2026-04-20', '2025-05-01', '2025-04-30', '2020-02-29', '2026-02-01'][random(5)]
      facts[`factor.${id}.sources`] = [['self'], ['police'], ['self', 'police'], ['partner'], []][random(5)]
    }
    return { name: `form ${index + 1}`, ruleSet: 'core', kind: 'risk', asOf, facts, traced: false }
  })
}

/** One vector a line, so that a change shows which. */
export const asText = ({ vectors: each, ...head }) =>
  `${JSON.stringify(head, null, 2).replace(/\n\}$/, '')},\n  "vectors": [\n${each.map((one) => `    ${JSON.stringify(one)}`).join(',\n')}\n  ]\n}\n`

if (import.meta.url === `file://${process.argv[1]}`) {
  const written = await vectors()
  writeFileSync(at('vectors/decisions.json'), asText(written))
  console.log(`${written.vectors.length} vectors`)
}
