import { FALSE, TRUE } from '../language/truth.ts'
import type { Check } from './check.ts'
import type { Witness } from './finding.ts'
import { isBelow, type RiskSpace, riskSpaceOf } from './risk-space.ts'
import { type Answer, search, type SearchOptions, type Wanted } from './search.ts'
import type { Subject } from './subject.ts'

/** No complete form ends in this band: neither by its points, nor by a floor, nor by a pattern. */
export const unreachableBand: Check = {
  code: 'unreachable-band',
  severity: 'warning',
  title: 'A band that nobody can be in',
  check: (subject, report) => {
    const risk = riskSpaceOf(subject)
    if (!risk) return
    risk.plan.bands.forEach(({ id }, band) => {
      const found = reaches(subject, risk, band)
      const label = subject.ruleSet.document.instrument?.bands[id]?.label ?? id
      if (found === 'not-decided')
        subject.givenUp.push({ at: `/instrument/bands/${id}`, what: `whether anybody can be in the band “${label}”` })
      if (found !== 'none') return
      const witness = witnessOf(risk, band)
      report({
        at: `/instrument/bands/${id}`,
        message: `no complete form ends in the band “${label}”`,
        help:
          witness.is === 'totals'
            ? 'move the beginning of a band, or leave this one out'
            : 'look at the floors and patterns above it, or leave it out',
        witness,
      })
    })
  },
}

function reaches(subject: Subject, risk: RiskSpace, band: number): Answer['found'] {
  const { plan, patterns, brought, space, variableOfFactor, factorOfVariable } = risk
  const allowed = (factor: number, way: number) => (brought[factor]?.[way]?.floor ?? band + 1) <= band
  const allows = (variable: number, way: number) => (factorOfVariable[variable] ?? -1) < 0 || allowed(factorOfVariable[variable] ?? -1, way)
  const nothingHigher = patterns.filter((pattern) => pattern.band > band).map(({ formula }): Wanted => ({ formula, atMost: FALSE }))
  const isTop = band === plan.bands.length - 1
  const fits = (points: number) => isTop || isBelow(plan, points, band + 1)
  const isStillPossible = (chosen: readonly number[]) => fits(leastOf(risk, chosen))
  const ask = (wanted: Wanted[], options: SearchOptions) =>
    search(space, [...nothingHigher, ...wanted], subject.budget, { isKnown: true, ...options }).found

  const byPoints = () =>
    ask([], {
      allows,
      isStillPossible,
      isEnough: (chosen) => {
        const sums = totals(risk, (factor, way) => {
          const fixed = chosen[variableOfFactor[factor] ?? -1] ?? -1
          return fixed >= 0 ? fixed === way : allowed(factor, way)
        })
        return [...sums].some((points) => fits(points) && !isBelow(plan, points, band)) ? chosen : undefined
      },
    })
  const byFloor = plan.factors.flatMap((_, factor) =>
    (brought[factor] ?? []).some(({ floor }) => floor === band)
      ? [
          () =>
            ask([], {
              isStillPossible,
              allows: (variable, way) =>
                variable === variableOfFactor[factor] ? brought[factor]?.[way]?.floor === band : allows(variable, way),
              isEnough: (chosen) => (fits(leastOf(risk, chosen) + cheapest(risk, chosen, factor, band)) ? chosen : undefined),
            }),
        ]
      : [],
  )
  const byPattern = patterns
    .filter((pattern) => pattern.band === band)
    .map(
      ({ formula }) =>
        () =>
          ask([{ formula, atLeast: TRUE }], { allows, isStillPossible }),
    )
  let result: Answer['found'] = 'none'
  for (const way of [...byFloor, ...byPattern, byPoints]) {
    const found = way()
    if (found === 'some') return 'some'
    if (found === 'not-decided') result = found
  }
  return result
}

/** The least points by which a factor that is still open can force the band. */
function cheapest({ brought, variableOfFactor }: RiskSpace, chosen: readonly number[], factor: number, band: number): number {
  if ((chosen[variableOfFactor[factor] ?? -1] ?? -1) >= 0) return 0
  return Math.min(...(brought[factor] ?? []).filter(({ floor }) => floor === band).map(({ points }) => points))
}

function leastOf({ brought, factorOfVariable }: RiskSpace, chosen: readonly number[]): number {
  return chosen.reduce(
    (points, way, variable) => points + (way >= 0 ? (brought[factorOfVariable[variable] ?? -1]?.[way]?.points ?? 0) : 0),
    0,
  )
}

/** Every total that a complete form can come to. */
function totals({ brought }: RiskSpace, allowed: (factor: number, way: number) => boolean): Set<number> {
  let sums = new Set([0])
  brought.forEach((ways, factor) => {
    const points = new Set(ways.flatMap((each, way) => (allowed(factor, way) ? [each.points] : [])))
    sums = new Set([...sums].flatMap((sum) => [...points].map((each) => sum + each)))
  })
  return sums
}

function witnessOf(risk: RiskSpace, band: number): Witness {
  const { plan } = risk
  const from = plan.bands[band]?.from ?? 0
  const next = plan.bands[band + 1]?.from
  const sums = [...totals(risk, () => true)].toSorted((one, other) => one - other)
  const below = sums.findLast((points) => isBelow(plan, points, band)) ?? null
  const above = sums.find((points) => next !== undefined && !isBelow(plan, points, band + 1)) ?? null
  const inside = sums.some((points) => !isBelow(plan, points, band) && (next === undefined || isBelow(plan, points, band + 1)))
  const reach = next === undefined ? `from ${from} % on` : `from ${from} % up to ${next} %`
  if (inside) return { is: 'text', text: reach, inWords: `whoever scores ${reach} is lifted higher by a floor or a pattern` }
  const beside = [below, above]
    .filter((points) => points !== null)
    .map((points) => `${points} of ${plan.fullOf} (${percent(points, plan.fullOf)} %)`)
  return { is: 'totals', below, above, of: plan.fullOf, inWords: `no total lies ${reach}: the nearest are ${beside.join(' and ')}` }
}

const percent = (points: number, of: number): string => String(Math.round((10_000 * points) / of) / 100)
