import { basesOf, isComputation } from '../language/derivation.ts'
import { addMonths } from '../language/civil-day.ts'
import type { FactValue } from '../language/facts.ts'
import { isConstant, referencesOf } from '../language/node.ts'
import { FALSE, TRUE, UNKNOWN } from '../language/truth.ts'
import type { SeenForm } from './finding.ts'
import type { Formula } from './formula.ts'
import type { Space } from './space.ts'
import { answerAsFacts, seen } from './forms.ts'
import { answeredWays, worseSteps } from './groups.ts'
import { isBelow, type RiskSpace, riskSpaceOf } from './risk-space.ts'
import { factsOf, search, type Wanted } from './search.ts'
import type { CheckedRule, Subject } from './subject.ts'

/** Two complete forms of which the worse one comes to less. */
export type CounterExample = { factor: string; better: SeenForm; worse: SeenForm }

/**
 * Whether a worse answer on a complete form can lower the final band, and settling an unknown one can lower `atLeast` or raise `atMost`.
 * `proven`: it cannot, on no form whatever; `questions` is how many were asked of whole sets of forms.
 * A pattern that could not be settled stands in `open`.
 */
export type Monotony = {
  is: 'proven' | 'disproved' | 'not-decided'
  questions: number
  counterExamples: { pattern: CheckedRule | undefined; example: CounterExample }[]
  open: { pattern: CheckedRule | undefined; what: string }[]
}

type Pattern = RiskSpace['patterns'][number]

/**
 * The final band is the highest of three. Points and floors never fall when an answer becomes worse: that is looked up for every factor and step.
 * So it can only fall where some pattern stops holding and nothing else keeps the band up. For each pattern, factor and step
 * the search looks for such a form among all there are; where it finds none there is none.
 * While answers are open, `atLeast` takes them as absent and `atMost` as present and recent, and patterns in three values;
 * these ends are the least and the most by the same look-up, so that settling an answer only narrows the range.
 * Undefined without an instrument.
 */
export function monotonyOf(subject: Subject): Monotony | undefined {
  const risk = riskSpaceOf(subject)
  if (!risk) return undefined
  const found: Monotony = { is: 'proven', questions: 0, counterExamples: [], open: [] }
  lookUpLevels(subject, risk, found)
  for (const pattern of risk.patterns) {
    if (pattern.band <= 0) continue
    if (readsLastDay(pattern, subject, risk))
      found.open.push({ pattern: pattern.rule, what: 'it looks at a last day itself, from which recent and historic follow' })
    else if (comparesAnswers(pattern, risk))
      found.open.push({ pattern: pattern.rule, what: 'it compares an answer with another fact, so that neither can be chosen by itself' })
    else lookAtPattern(pattern, subject, risk, found)
  }
  found.is = found.counterExamples.length > 0 ? 'disproved' : found.open.length > 0 ? 'not-decided' : 'proven'
  return found
}

/** Points and floors along every step, and bands in order. A loaded rule set cannot fail here; the proof rests on it, so it is not taken for granted. */
function lookUpLevels(subject: Subject, risk: RiskSpace, found: Monotony): void {
  const { plan, brought } = risk
  plan.factors.forEach(({ id }, factor) => {
    for (const [better, worse] of worseSteps) {
      found.questions++
      const [one, other] = [brought[factor]?.[better], brought[factor]?.[worse]]
      if (one && other && one.points <= other.points && one.floor <= other.floor) continue
      const example = exampleOf(subject, risk, factor, better, worse, {})
      if (example) found.counterExamples.push({ pattern: undefined, example })
      else found.open.push({ pattern: undefined, what: `the points or floors of "${id}" fall where the answer becomes worse` })
    }
  })
  plan.bands.forEach(({ id, from }, band) => {
    const below = plan.bands[band - 1]
    if (below && below.from >= from) found.open.push({ pattern: undefined, what: `the band "${id}" does not begin above the one below it` })
  })
}

function lookAtPattern(pattern: Pattern, subject: Subject, risk: RiskSpace, found: Monotony): void {
  const { plan, space, variableOfFactor } = risk
  const read = new Set(leafVariables(pattern.formula, space.variableOf))
  for (const [factor, variable] of variableOfFactor.entries()) {
    if (!read.has(variable)) continue
    for (const [better, worse] of worseSteps) {
      for (const end of ends(pattern, risk)) {
        found.questions++
        if (onlyRises(pattern.formula, space, variable, better, worse)) continue
        // A complete form: every factor is answered. Other facts may be unknown.
        const allows = (each: number, way: number) => (risk.factorOfVariable[each] ?? -1) < 0 || way < answeredWays.length
        const { holds, stops, nothingElse } = wantedFor(pattern, risk, variable, better, worse, end)
        const answer = search(space, [holds, stops, ...nothingElse], subject.budget, {
          allows,
          isStillPossible: (chosen) => isBelow(plan, leastPoints(risk, chosen, factor, worse), pattern.band),
        })
        if (answer.found === 'none') continue
        if (answer.found === 'not-decided')
          return void found.open.push({ pattern: pattern.rule, what: 'there are too many forms to look at' })
        const chosen = answer.chosen.map((way, each) => (each === variable ? -1 : way))
        const example = exampleOf(subject, risk, factor, better, worse, factsAsSupplied(subject, risk, chosen), answersIn(risk, chosen))
        if (example) found.counterExamples.push({ pattern: pattern.rule, example })
        else
          found.open.push({
            pattern: pattern.rule,
            what: 'it may stop holding where an answer becomes worse, and no form was found that shows it',
          })
        return
      }
    }
  }
}

/** Where nothing but answers is read, both ends of a complete form are one. */
const ends = ({ formula }: Pattern, { space, factorOfVariable }: RiskSpace): readonly ('atLeast' | 'atMost')[] =>
  leafVariables(formula, space.variableOf).every((variable) => (factorOfVariable[variable] ?? -1) >= 0)
    ? ['atLeast']
    : ['atLeast', 'atMost']

/** The pattern holds with the better answer. With the worse one it does not, and neither does another that forces as much, nor a floor. */
function wantedFor(
  pattern: Pattern,
  { patterns, floors }: RiskSpace,
  variable: number,
  better: number,
  worse: number,
  end: 'atLeast' | 'atMost',
): { holds: Wanted; stops: Wanted; nothingElse: Wanted[] } {
  const least = end === 'atLeast' ? TRUE : UNKNOWN
  const most = end === 'atLeast' ? UNKNOWN : FALSE
  const withWorse = { variable, way: worse }
  const others = patterns.filter((each) => each !== pattern && each.band >= pattern.band)
  const floor = floors[pattern.band]
  return {
    holds: { formula: pattern.formula, atLeast: least, as: { variable, way: better } },
    stops: { formula: pattern.formula, atMost: most, as: withWorse },
    nothingElse: [
      ...others.map(({ formula }): Wanted => ({ formula, atMost: most, as: withWorse })),
      ...(floor ? [{ formula: floor, atMost: FALSE, as: withWorse } satisfies Wanted] : []),
    ],
  }
}

/**
 * Every comparison of this answer becomes at least as true with the worse one, or at most as true where it stands under "not".
 * Then so does the pattern, whatever the other facts are: "all", "any" and "atLeast" never fall when their parts rise.
 */
function onlyRises(formula: Formula, { variables, variableOf }: Space, variable: number, better: number, worse: number): boolean {
  const rises = (part: Formula, isDenied: boolean): boolean => {
    if (part.is === 'not') return rises(part.of, !isDenied)
    if (part.is !== 'leaf') return part.of.every((each) => rises(each, isDenied))
    if (variableOf[part.leaf] !== variable) return true
    const truth = (way: number) => variables[variable]?.ways[way]?.truths.get(part.leaf) ?? UNKNOWN
    return isDenied ? truth(better) >= truth(worse) : truth(better) <= truth(worse)
  }
  return rises(formula, false)
}

const leafVariables = (formula: Pattern['formula'], variableOf: readonly number[]): number[] =>
  leavesIn(formula).map((leaf) => variableOf[leaf] ?? -1)

/** What is chosen, and every other answer absent. */
function leastPoints({ brought, factorOfVariable }: RiskSpace, chosen: readonly number[], factor: number, worse: number): number {
  let points = brought[factor]?.[worse]?.points ?? 0
  factorOfVariable.forEach((each, variable) => {
    const way = chosen[variable] ?? -1
    if (each >= 0 && each !== factor && way >= 0) points += brought[each]?.[way]?.points ?? 0
  })
  return points
}

/** A pattern that looks at the last day of an answer, from which its window is computed: the two cannot be chosen apart. */
function readsLastDay({ rule }: Pattern, { ruleSet }: Subject, { plan }: RiskSpace): boolean {
  const lastDays = new Set(plan.factors.map(({ names }) => names.lastOccurredOn))
  return [...rule.reads].some((name) => {
    const derived = ruleSet.facts[name]?.derived
    return lastDays.has(name) || (isComputation(derived) && basesOf(derived).some((base) => lastDays.has(base)))
  })
}

/** A pattern that compares an answer, or its window, with something that is no constant: as the answer becomes worse the comparison may come out either way. */
function comparesAnswers({ formula }: Pattern, { plan, space }: RiskSpace): boolean {
  const answers = new Set(plan.factors.flatMap(({ names }) => [names.answer, names.window]))
  return leavesIn(formula).some((leaf) => {
    const read = referencesOf(space.leaves[leaf]!).flatMap((each) => (isConstant(each) ? [] : [each.name]))
    return read.length > 1 && read.some((name) => answers.has(name))
  })
}

const leavesIn = (formula: Formula): number[] =>
  formula.is === 'leaf' ? [formula.leaf] : formula.is === 'not' ? leavesIn(formula.of) : formula.of.flatMap(leavesIn)

function answersIn({ factorOfVariable }: RiskSpace, chosen: readonly number[]): ReadonlyMap<number, number> {
  return new Map(
    chosen.flatMap((way, variable) =>
      (factorOfVariable[variable] ?? -1) >= 0 && way >= 0 ? [[factorOfVariable[variable] ?? -1, way] as const] : [],
    ),
  )
}

/** Facts other than answers. A number of years is supplied as two days. */
function factsAsSupplied(
  { ruleSet, asOf }: Subject,
  { space, factorOfVariable }: RiskSpace,
  chosen: readonly number[],
): Record<string, FactValue> {
  const others = chosen.map((way, variable) => ((factorOfVariable[variable] ?? -1) >= 0 ? -1 : way))
  return Object.fromEntries(
    Object.entries(factsOf(space, others)).flatMap(([name, value]): [string, FactValue][] => {
      const derived = ruleSet.facts[name]?.derived
      if (derived?.by !== 'years-between') return [[name, value]]
      return typeof value === 'number'
        ? [
            [derived.from, addMonths(asOf, -12 * value)],
            [derived.to, asOf],
          ]
        : []
    }),
  )
}

/** Both forms, decided as people's are. Nothing where the worse one does not come to less after all. */
function exampleOf(
  subject: Subject,
  { plan }: RiskSpace,
  factor: number,
  better: number,
  worse: number,
  others: Readonly<Record<string, FactValue>>,
  answers: ReadonlyMap<number, number> = new Map(),
): CounterExample | undefined {
  const { ruleSet, asOf } = subject
  const form = (way: number) =>
    seen(
      ruleSet,
      asOf,
      Object.assign(
        { ...others },
        ...plan.factors.map(({ id, window }, index) =>
          answerAsFacts(id, index === factor ? way : (answers.get(index) ?? 0), plan.windows[window] ?? 0, asOf),
        ),
      ) as Record<string, FactValue>,
    )
  const [one, other] = [form(better), form(worse)]
  const height = (band: string) => plan.bands.findIndex(({ id }) => id === band)
  const falls = (['atLeast', 'atMost'] as const).some((end) => height(other.band[end]) < height(one.band[end]))
  return falls ? { factor: plan.factors[factor]?.id ?? '', better: one, worse: other } : undefined
}
