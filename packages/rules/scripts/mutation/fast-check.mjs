import { createRequire } from 'node:module'

const whole = createRequire(import.meta.url)('fast-check')

/** What became of properties over few cases: how many were tried, and their failures, as against those of counting cases. */
export const properties = { tried: 0, failures: new WeakSet() }

const assert = (property, parameters) => {
  properties.tried++
  const numRuns = Math.min(parameters?.numRuns ?? 100, 40)
  try {
    return whole.assert(property, { seed: 20_261_125, ...parameters, numRuns, endOnFailure: true })
  } catch (failure) {
    properties.failures.add(failure)
    throw failure
  }
}

/** Invented cases from a fixed seed, but few of them: what few notice, all notice. */
export const fewCases = { ...whole, default: { ...whole.default, assert }, assert }
