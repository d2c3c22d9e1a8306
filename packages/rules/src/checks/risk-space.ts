import { bandOf, type FactorPlan, floorOf, type Plan, planOf, pointsOf } from '../kinds/risk/plan.ts'
import { ABSENT, type Answer, HISTORIC, NO_WINDOW, POSSIBLE, PRESENT, RECENT, type Window } from '../kinds/risk/evidence.ts'
import { compile } from '../language/compile.ts'
import type { Condition } from '../language/condition.ts'
import { answeredWays, groupsOf } from './groups.ts'
import type { Formula } from './formula.ts'
import { type Space, spaceOf } from './space.ts'
import { type CheckedRule, parsed, type Subject } from './subject.ts'

/** What one way of answering a factor brings. Bands by their place, lowest 0; -1: none. */
export type Brought = { points: number; floor: number }

/** The instrument and its patterns, laid out so that whole forms can be searched. */
export type RiskSpace = {
  plan: Plan
  space: Space
  patterns: readonly { rule: CheckedRule; formula: Formula; band: number }[]
  /** By place of the band: some answer forces it, or a higher one. Undefined where no answer does. */
  floors: readonly (Formula | undefined)[]
  /** For each factor, what each of `answeredWays` brings. */
  brought: readonly (readonly Brought[])[]
  /** The variable of a factor, and the factor of a variable; -1 where no pattern and no floor asks about it, or it is another fact. */
  variableOfFactor: readonly number[]
  factorOfVariable: readonly number[]
}

const ways: readonly (readonly [Answer, Window])[] = [
  [ABSENT, NO_WINDOW],
  [POSSIBLE, HISTORIC],
  [POSSIBLE, RECENT],
  [PRESENT, HISTORIC],
  [PRESENT, RECENT],
]

/** Laid out once for all checks that ask. Undefined without an instrument. */
export function riskSpaceOf(subject: Subject): RiskSpace | undefined {
  const known = remembered.get(subject)
  if (known) return known
  const made = laidOut(subject)
  if (made) remembered.set(subject, made)
  return made
}
const remembered = new WeakMap<Subject, RiskSpace>()

function laidOut(subject: Subject): RiskSpace | undefined {
  const { document } = subject.ruleSet
  if (!document.instrument) return undefined
  const rules = subject.rules.filter(({ kind }) => kind === 'risk')
  // Points, floors and bands are looked up in it, and nothing is decided by it.
  const plan = planOf(document.instrument, document, compile([], subject.scope))
  const brought = plan.factors.map((factor) =>
    ways.map(([answer, window]): Brought => ({ points: pointsOf(factor, answer, window), floor: floorIn(factor, answer, window) })),
  )
  const forced = plan.bands.map((_, band) => floorCondition(plan, brought, band))
  const floorNodes = forced.map((condition) => condition && parsed(condition, '', subject.scope))
  const nodes = [...rules.map(({ node }) => node), ...floorNodes.filter((node) => node !== undefined)]
  const space = spaceOf(nodes, {
    scope: subject.scope,
    asOf: subject.asOf,
    budget: subject.budget,
    groups: groupsOf(document).map((group) => ({ ...group, keepsAll: true })),
  })
  const variableOfFactor = plan.factors.map(({ names }) => space.variables.findIndex(({ facts }) => facts.includes(names.answer)))
  let next = rules.length
  return {
    plan,
    space,
    patterns: rules.map((rule, index) => ({ rule, formula: space.formulas[index]!, band: plan.patterns[index]!.band })),
    floors: floorNodes.map((node) => node && space.formulas[next++]),
    brought,
    variableOfFactor,
    factorOfVariable: space.variables.map((_, variable) => variableOfFactor.indexOf(variable)),
  }
}

const floorIn = (factor: FactorPlan, answer: Answer, window: Window) => (factor.isCritical ? floorOf(factor, answer, window) : -1)

/** That some answer forces this band or a higher one, as a rule would say it. */
function floorCondition(plan: Plan, brought: RiskSpace['brought'], band: number): Condition | undefined {
  const any = plan.factors.flatMap(({ names }, index): Condition[] =>
    (brought[index] ?? []).flatMap(({ floor }, way): Condition[] => {
      const [answer, window] = answeredWays[way]!
      if (floor < 0 || floor < band) return []
      return [
        {
          all: [
            { fact: names.answer, operator: 'equal', value: answer },
            { fact: names.window, operator: 'equal', value: window },
          ],
        },
      ]
    }),
  )
  return any.length === 0 ? undefined : { any }
}

/** Whether so many points of a complete form are below the beginning of a band. */
export const isBelow = (plan: Plan, points: number, band: number): boolean => bandOf(plan, points, plan.fullOf) < band
