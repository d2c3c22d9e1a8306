/** Arbitraries for [fast-check](https://fast-check.dev): facts that a rule set accepts, for property tests of your own. */
export { factsFor, type FactsOptions, inputFor, type InputOptions, riskFormFor } from './facts-for.ts'
