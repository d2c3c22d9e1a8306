import vm from 'node:vm'

// What the broken code asks for, by Stryker's rules: which mutant is awake, how often it was passed, and when that is too often.
const stryker = (globalThis.__stryker__ ??= {})
stryker.mutantCoverage = { static: {}, perTest: {} }

/** An endless loop passes its mutant more often than this many times what is usual. */
const tooOften = 100

export function wake(mutant, usualHits = 10) {
  stryker.activeMutant = mutant
  stryker.hitCount = 0
  stryker.hitLimit = usualHits * tooOften
}

export function sleep() {
  stryker.activeMutant = undefined
  stryker.currentTestId = 'nothing of interest'
}

/** Which mutants were passed since, with how often. */
export function hitsSince(name) {
  return new Map(Object.entries(stryker.mutantCoverage.perTest[name] ?? {}))
}

export function count(name) {
  sleep()
  delete stryker.mutantCoverage.perTest[name]
  stryker.currentTestId = name
}

export const wasPassed = () => stryker.hitCount > 0

export const isEndless = (failure) => stryker.hitCount > stryker.hitLimit || failure?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'

let step
globalThis.__step__ = () => step()
const call = new vm.Script('__step__()')

/** The last resort against an endless loop that does not come past its mutant. */
export function guarded(next) {
  step = next
  return call.runInThisContext({ timeout: 30_000 })
}
