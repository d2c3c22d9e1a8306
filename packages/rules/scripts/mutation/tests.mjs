import { join } from 'node:path'
import { bundled } from './bundle.mjs'
import { fewCases, properties } from './fast-check.mjs'
import { count, guarded, hitsSince, isEndless, sleep, wake, wasPassed } from './mutants.mjs'
import { collect, shim } from './vitest.mjs'

/** All test files over one bundle of the code they use. */
export class Tests {
  /** `{ name, path, loading, tests }` each: the mutants passed while it loads, and what each of its tests did with the code whole. */
  files
  #run
  #kept

  static async of(folder, names) {
    const tests = new Tests()
    tests.files = names.map((name) => ({
      name,
      path: join(folder, `test/${name}.test.ts`),
      loading: new Map(),
      tests: [],
      byName: new Map(),
      passing: new Map(),
    }))
    const paths = tests.files.map(({ path }) => path)
    tests.#run = await bundled(paths, { counts: true })
    for (const file of tests.files) await tests.#rehearse(file)
    tests.#run = await bundled(paths, { counts: false })
    return tests
  }

  /** Runs a file with the code whole, alone, and sees what comes past where. */
  async #rehearse(file) {
    count('loading')
    const declared = this.#instance()(file)
    file.loading = hitsSince('loading')
    for (const test of declared.values()) {
      count('test')
      const began = performance.now()
      const tried = properties.tried
      const found = await failureOf(test)
      const milliseconds = performance.now() - began
      const onlyCounts = found !== undefined && properties.tried > tried && !properties.failures.has(found)
      const failure = onlyCounts ? undefined : found
      file.tests.push({ id: `${file.name}: ${test.name}`, name: test.name, failure, onlyCounts, milliseconds, hits: hitsSince('test') })
    }
    sleep()
    file.byName = new Map(file.tests.map((test) => [test.name, test]))
    for (const test of file.tests.toSorted((one, other) => one.milliseconds - other.milliseconds))
      for (const mutant of test.hits.keys()) {
        const passing = file.passing.get(mutant)
        if (passing) passing.push(test.name)
        else file.passing.set(mutant, [test.name])
      }
  }

  /** `{ failure, isEndless, killer, count }`; no failure when the tests notice nothing. */
  async against(mutant) {
    let count = 0
    const doubtful = []
    try {
      for (const file of this.files) {
        const names = file.passing.get(mutant)
        if (file.loading.has(mutant)) doubtful.push(file)
        else if (names) {
          const result = await this.#inKept(file, names, mutant)
          count += result.count
          if (result.failure !== undefined) return { ...result, count }
          if (result.isDoubtful) doubtful.push(file)
        }
      }
      if (doubtful.length === 0) return { count }
      const load = this.#instance()
      for (const file of doubtful) {
        const result = await this.#afresh(load, file, mutant)
        count += result.count
        if (result.failure !== undefined) return { ...result, count }
      }
      return { count }
    } finally {
      sleep()
    }
  }

  /** In what is loaded already. Doubtful when something was remembered of an earlier run, so that the mutant was not passed. */
  async #inKept(file, names, mutant) {
    this.#kept ??= this.#instance()
    const declared = this.#kept(file)
    let count = 0
    for (const name of first(file.lastKiller, names)) {
      const test = declared.get(name)
      const known = file.byName.get(name)
      count++
      wake(mutant, known.hits.get(mutant))
      const failure = await judged(test, known)
      const [passed, endless] = [wasPassed(), isEndless(failure)]
      sleep()
      if (failure === undefined && passed) continue
      const isSpoilt = (await judged(test, known)) !== undefined
      if (isSpoilt) this.#kept = undefined
      return isSpoilt || failure === undefined ? { isDoubtful: true, count } : killed(file, name, failure, endless, count)
    }
    return { count }
  }

  /** Loads the file with the mutant awake. What is broken then can change any of its tests. */
  async #afresh(load, file, mutant) {
    wake(mutant, file.loading.get(mutant))
    let declared
    try {
      declared = load(file)
    } catch (failure) {
      return killed(file, file.tests[0].name, failure, isEndless(failure), 0)
    }
    let count = 0
    for (const name of first(file.lastKiller, [...(file.passing.get(mutant) ?? []), ...declared.keys()])) {
      const test = declared.get(name)
      if (!test) continue
      const known = file.byName.get(name)
      count++
      wake(mutant, known?.hits.get(mutant))
      const failure = await judged(test, known)
      if (failure !== undefined) return killed(file, known ? name : file.tests[0].name, failure, isEndless(failure), count)
    }
    return { count }
  }

  /** All code from nothing: a function that loads a file, and gives its tests by name. */
  #instance() {
    const loads = guarded(() => this.#run({ vitest: shim, 'fast-check': fewCases }))
    const loaded = new Map()
    return (file) => {
      if (!loaded.has(file)) loaded.set(file, new Map(collect(() => guarded(loads[file.path])).map((test) => [test.name, test])))
      return loaded.get(file)
    }
  }
}

/** Those names, each once, with this one in front if it is among them. */
const first = (name, names) => new Set(names.includes(name) ? [name, ...names] : names)

function killed(file, name, failure, endless, count) {
  file.lastKiller = name
  return { failure, isEndless: endless, killer: file.byName.get(name).id, count }
}

/** A failure that counts: a test that wants more cases than it is given is not heard on their number. */
async function judged(test, known) {
  const failure = await failureOf(test)
  return known?.onlyCounts && !properties.failures.has(failure) ? undefined : failure
}

/** Nothing when the test passes. */
async function failureOf({ run, before }) {
  try {
    for (const step of [...before, { run }]) {
      if (step.isDone) continue
      const answer = step.run()
      if (typeof answer?.then === 'function') await answer
      step.isDone = true
    }
    return undefined
  } catch (failure) {
    return failure ?? new Error('failed')
  }
}
