import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'node:util'
import { besides } from './bundle.mjs'

const { chai, ...vitest } = await besides('vitest', '@vitest/expect/dist/index.js')

let suite
chai.use(vitest.JestExtend)
chai.use(vitest.JestChaiExpect)
chai.use(vitest.JestAsymmetricMatchers)
chai.use(({ Assertion }) => {
  Assertion.addMethod('toMatchFileSnapshot', function (path) {
    expect(this._obj).toBe(readFileSync(join('test', path), 'utf8'))
  })
})
const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect, globalThis[vitest.ASYMMETRIC_MATCHERS_OBJECT])
vitest.setState({ assertionCalls: 0, testPath: '', currentTestName: '' }, expect)
globalThis[vitest.GLOBAL_EXPECT] = expect

const each = (declare) => (table) => (name, run, options) => {
  for (const [index, row] of table.entries()) {
    const values = Array.isArray(row) ? row : [row]
    declare(titled(name, values, index), () => run(...values), options)
  }
}

const titled = (name, values, index) => {
  const [first] = values
  const named = name.replace(/\$([\w.]+)/g, (whole, path) =>
    path === '#' ? index : (path.split('.').reduce((at, key) => at?.[key], first) ?? whole),
  )
  return named.includes('%') ? format(named, ...values.slice(0, named.split(/%[a-z]/).length - 1)) : named
}

const describe = (name, declare) => {
  const outer = suite
  suite = { ...outer, path: [...outer.path, name], before: [...outer.before] }
  declare()
  suite = outer
}
const it = (name, ...rest) => {
  const title = [...suite.path, name].join(' > ')
  const times = (suite.names.get(title) ?? 0) + 1
  suite.names.set(title, times)
  suite.tests.push({
    name: times > 1 ? `${title} (${times})` : title,
    run: rest.find((each) => typeof each === 'function'),
    before: suite.before,
  })
}
describe.each = each(describe)
it.each = each(it)

/** What the test files use of Vitest, so that a file can be gone through in a millisecond. The comparisons are Vitest's own. */
export const shim = {
  describe,
  it,
  test: it,
  expect,
  beforeAll: (run) => suite.before.push({ run }),
  afterAll: () => {},
}

/** The tests that a file declares: `{ name, run, before: [{ run }] }` each. */
export function collect(declare) {
  suite = { path: [], before: [], names: new Map(), tests: [] }
  const { tests } = suite
  declare()
  return tests
}
