import { factProblems } from '../language/problems.ts'
import { isItem, own } from '../language/scope.ts'
import { isRecord } from '../language/values.ts'
import { valueSchema } from './value-schema.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'

/** A [Standard Schema](https://standardschema.dev) (version 1) and Standard JSON Schema. Forms, routers and tools take it as it is. */
export type FactsSchema<Facts extends object> = {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: 'plumbline'
    /** Synchronous. What is valid comes back as it is. */
    readonly validate: (
      value: unknown,
    ) => { readonly value: Facts; readonly issues?: undefined } | { readonly issues: readonly FactsIssue[] }
    readonly types?: { readonly input: Facts; readonly output: Facts } | undefined
    /** `target`: `draft-07` or `draft-2020-12`. @throws RangeError for another */
    readonly jsonSchema: {
      readonly input: (options: { readonly target: string }) => Record<string, unknown>
      readonly output: (options: { readonly target: string }) => Record<string, unknown>
    }
  }
}

export type FactsIssue = { readonly message: string; readonly path: readonly (string | number)[] }

/**
 * Says whether facts from elsewhere are facts of this rule set: names that its catalogue has, values of their type.
 * Any of them may be missing or null, which both mean unknown. Stricter than deciding, where a mistyped fact counts as unknown.
 */
export function factsSchema<Supplied extends object>({ facts }: RuleSet<Supplied>): FactsSchema<Supplied> {
  const jsonSchema = ({ target }: { readonly target: string }): Record<string, unknown> => {
    const dialect = Object.hasOwn(dialects, target) ? dialects[target] : undefined
    if (dialect === undefined)
      throw new RangeError(`there is no JSON Schema here for "${target}", only for ${Object.keys(dialects).join(' and ')}`)
    const supplied = Object.entries(facts).filter(([, fact]) => !fact.derived)
    return {
      $schema: dialect,
      type: 'object',
      properties: Object.fromEntries(
        supplied.map(([name, fact]) => [name, { title: fact.label, description: fact.question, ...valueSchema(fact) }]),
      ),
      additionalProperties: false,
    }
  }
  const validate = (value: unknown): ReturnType<FactsSchema<Supplied>['~standard']['validate']> => {
    if (!isRecord(value))
      return { issues: [{ message: 'an object with facts is needed, such as { "person.bornOn": "1990-02-14" }', path: [] }] }
    if (!isPlain(value))
      return {
        issues: [{ message: `a plain object with facts is needed, such as { "person.bornOn": "1990-02-14" }: ${ONLY_PLAIN}`, path: [] }],
      }
    const problems = factProblems(value, facts).map(({ message, help, path }) => ({
      message: help === undefined ? message : `${message}: ${help}`,
      path,
    }))
    const issues = [...problems, ...itemsThatAreNotPlain(value, facts)]
    return issues.length > 0 ? { issues } : { value: value as Supplied }
  }
  return { '~standard': { version: 1, vendor: 'plumbline', validate, jsonSchema: { input: jsonSchema, output: jsonSchema } } }
}

/** Deciding would find no field in a Map, and take all of them as unknown. */
function itemsThatAreNotPlain(supplied: Readonly<Record<string, unknown>>, facts: RuleSet['facts']): FactsIssue[] {
  return Object.entries(supplied).flatMap(([name, list]) => {
    const fact = own(facts, name)
    if (fact?.type !== 'list' || !isItem(fact.of) || !Array.isArray(list)) return []
    return list.flatMap((item: unknown, index) =>
      isRecord(item) && !isPlain(item) ? [{ message: `a plain object is needed: ${ONLY_PLAIN}`, path: [name, index] }] : [],
    )
  })
}

/** Of this realm or another: what stands above it, if anything, has nothing above itself. */
function isPlain(value: object): boolean {
  const above: unknown = Object.getPrototypeOf(value)
  return above === null || Object.getPrototypeOf(above) === null
}

const ONLY_PLAIN = 'nothing is read from a Map, a Date or an object of another class'

const dialects: Readonly<Record<string, string>> = {
  'draft-07': 'http://json-schema.org/draft-07/schema#',
  'draft-2020-12': 'https://json-schema.org/draft/2020-12/schema',
}
