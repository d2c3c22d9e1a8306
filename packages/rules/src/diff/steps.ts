import { kindIds, type ResolvedDocument } from '../rule-set/document.ts'

/*
 * A difference is walked in steps, so that what comes of all changes together is what comes of each:
 * first the rules, read with the parameters and named conditions that were there; then, under the rules as they are now,
 * one named condition after another, and one parameter after another.
 */

/** With the parameters and named conditions that `after` brings besides. */
export const withNamesOf = (before: ResolvedDocument, after: ResolvedDocument): ResolvedDocument => ({
  ...before,
  parameters: { ...after.parameters, ...before.parameters },
  conditions: { ...after.conditions, ...before.conditions },
})

/** The rules of `after`, resting on what was there before. */
export const withRulesOf = (before: ResolvedDocument, after: ResolvedDocument): ResolvedDocument => ({
  ...withNamesOf(before, after),
  ...Object.fromEntries(kindIds.map((kind) => [kind, after[kind]])),
})

/** The rules and named conditions of `after`, with the parameters that were there before. */
export const withConditionsOf = (before: ResolvedDocument, after: ResolvedDocument): ResolvedDocument => ({
  ...withRulesOf(before, after),
  conditions: { ...before.conditions, ...after.conditions },
})
