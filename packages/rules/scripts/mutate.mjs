/** Whole numbers below `below`, the same for the same seed (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const pick = (random, list) => list[random(list.length)]

/** A document near one of these: one to four changes of its tree, sometimes one of its text. */
export function mutated(random, texts) {
  const trees = texts.map((text) => JSON.parse(text))
  let tree = pick(random, trees)
  for (let changes = 1 + random(4); changes > 0; changes--) tree = changeTree(random, tree, pick(random, trees))
  const text = write(tree, random(3) === 0 ? 1 : 0)
  return random(4) === 0 ? changeText(random, text) : text
}

/** As JSON.stringify, but members may be written twice: `Twice` holds what stands where a key stands again. */
function write(value, indent) {
  const text = JSON.stringify(value, null, indent)
  return text.replaceAll(/"twice:([a-zA-Z.$-]+)"/g, '"$1"')
}

function changeTree(random, tree, other) {
  const places = placesIn(tree)
  const { parent, key } = pick(random, places)
  const held = parent[key]
  switch (random(8)) {
    case 0:
      parent[key] = oddValue(random)
      break
    case 1:
      if (Array.isArray(parent)) parent.splice(key, 1)
      else delete parent[key]
      break
    case 2:
      if (!Array.isArray(parent)) {
        delete parent[key]
        put(parent, oddKey(random, other), held)
      }
      break
    case 3:
      put(isObject(held) ? held : parent, oddKey(random, other), oddValue(random))
      break
    case 4:
      parent[key] = random(2) === 0 ? [held] : { all: [held] }
      break
    case 5: {
      // A part of another document of the family, where it may or may not belong.
      const from = pick(random, placesIn(other))
      parent[key] = structuredClone(from.parent[from.key])
      break
    }
    case 6:
      if (typeof held === 'number') parent[key] = held + pick(random, [-1, 1, 0.5, 1e9, -1e9])
      else if (typeof held === 'string') parent[key] = pick(random, [held.slice(1), `${held}x`, held.toUpperCase(), held + held])
      else parent[key] = oddValue(random)
      break
    default:
      if (isObject(parent)) put(parent, `twice:${String(key)}`, held)
  }
  return tree
}

/** Every member and item, at any depth. */
function placesIn(tree) {
  const places = []
  const walk = (parent) => {
    for (const key of Array.isArray(parent) ? parent.keys() : Object.keys(parent)) {
      places.push({ parent, key })
      if (typeof parent[key] === 'object' && parent[key] !== null) walk(parent[key])
    }
  }
  const root = { root: tree }
  walk(root)
  return places.length > 1 ? places.slice(1) : places
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
// Assigning to __proto__ would change the object instead of adding a member.
const put = (parent, key, value) =>
  !Array.isArray(parent) && Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true })

const keys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '0',
  '-1',
  '',
  'a/b',
  'a~b',
  'é',
  'length',
  'all',
  'any',
  'not',
  'condition',
  'fact',
  'operator',
  'value',
  'path',
  'priority',
  'params',
  'replaces',
  'extends',
  'remove',
  'event',
  'number',
  'label',
  'source',
  'locked',
  'derived',
  'some',
  'count',
  'atLeast',
  'onSuccess',
]
const oddKey = (random, other) => (random(3) === 0 ? String(pick(random, placesIn(other)).key) : pick(random, keys))

const values = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  2 ** 53,
  '',
  'x',
  'constructor',
  '$..*',
  '2026-02-30',
  '2026-05-01',
  'parameter.',
  'a'.repeat(300),
  [],
  {},
  [[]],
  [null],
  { fact: 'x' },
  { all: [] },
  { any: [] },
  { not: {} },
  { condition: 'c' },
  { fact: 'person.age', operator: 'equal', value: null },
  { type: 'list' },
  { toString: 1 },
]
const oddValue = (random) => structuredClone(pick(random, values))

const pieces = [
  '',
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\\u0000',
  '\\ud800',
  '\ud800',
  '\0',
  'null',
  '1e999',
  '"__proto__":1,',
  '//',
  '/*',
  "'",
  '\ufeff',
  '-',
  '01',
  '+1',
  'NaN',
  '\t',
  '\n',
  '\u2028',
  '.5',
]
function changeText(random, text) {
  const at = random(text.length + 1)
  return text.slice(0, at) + pick(random, pieces) + text.slice(at + random(6))
}
