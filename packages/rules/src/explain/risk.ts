import type { Floor, RiskOutcome, Score } from '../kinds/index.ts'
import { factorNames } from '../kinds/risk/evidence.ts'
import { seen } from './reasons.ts'
import type { Teller, Told } from './sentences.ts'
import { durationInWords } from './words.ts'

/** The band first, then what made it so, what is open, and what follows. */
export const tellRisk: Teller<'risk'> = (told) => {
  const { decision, rules, ruleSet, messages, isHidden } = told
  const { risk: say } = messages
  const { instrument, statements } = ruleSet.document
  const { factor, band } = namesIn(told)
  const floor = ({ factor: id, band: forced, possible }: Floor) =>
    possible ? say.floorIfVerified({ factor: factor(id), band: band(forced) }) : say.floor({ factor: factor(id), band: band(forced) })
  const pattern = ({ rule, band: forced, action }: RiskOutcome['patterns'][number]) => {
    const trace = rules.find((each) => each.rule === rule)
    return say.pattern({
      label: trace?.label ?? rule,
      band: band(forced),
      action,
      ...(trace ? { seen: seen(trace.conditions, ruleSet, messages) } : {}),
    })
  }
  const { mayStillFire } = decision
  const isAnswered = decision.contributions.some(({ answer }) => answer !== null)
  const isScoreHidden = Object.keys(instrument?.factors ?? {}).some((id) => isHidden(factorNames(id).window))
  return [
    bandInWords(told),
    isScoreHidden ? '' : openInWords(told),
    isScoreHidden ? say.scoreHidden({}) : scoreInWords(told),
    ...decision.floors.map(floor),
    ...decision.patterns.map(pattern),
    ...mayStillFire.floors.map(({ factor: id, band: forced }) => say.floorOpen({ factor: factor(id), band: band(forced) })),
    ...mayStillFire.patterns.map(({ rule, band: forced }) =>
      say.patternOpen({ label: rules.find((each) => each.rule === rule)?.label ?? rule, band: band(forced) }),
    ),
    decision.deciding.length > 0 ? say.deciding({ factors: decision.deciding.map(factor) }) : '',
    ...decision.tasks.map(({ factor: id, within }) => say.toVerify({ factor: factor(id), within: durationInWords(within, messages) })),
    decision.selfReportOnly && isAnswered ? say.selfReportOnly({}) : '',
    decision.unanswered.length > 0 ? say.unanswered({ factors: decision.unanswered.map(factor) }) : '',
    say.review({ days: decision.reviewWithinDays }),
    instrument ? (statements[instrument.statement] ?? '') : '',
  ]
}

function namesIn({ ruleSet }: Told<'risk'>) {
  const { instrument } = ruleSet.document
  return {
    factor: (id: string) => instrument?.factors[id]?.label ?? id,
    band: (id: string) => (instrument?.bands[id]?.label ?? id).toLowerCase(),
  }
}

function bandInWords(told: Told<'risk'>): string {
  const { atLeast, atMost } = told.decision.band
  const { band } = namesIn(told)
  const { risk: say } = told.messages
  return atLeast === atMost ? say.band({ band: band(atLeast) }) : say.bandBetween({ atLeast: band(atLeast), atMost: band(atMost) })
}

function openInWords({ decision: { unknown, unanswered, deciding }, ruleSet, isHidden, messages: { risk: say } }: Told<'risk'>): string {
  if (unknown.length + unanswered.length === 0) return say.everythingAnswered({})
  // What can still change the band is left out where something is hidden.
  const canChange = deciding.length > 0 || Object.keys(ruleSet.facts).some(isHidden)
  return say.open({ unknown: unknown.length, unanswered: unanswered.length, canChange })
}

function scoreInWords(told: Told<'risk'>): string {
  const { score, scoreRange, scoreBand, status } = told.decision
  const { risk: say } = told.messages
  if (!score || scoreBand === null) return say.noScore({ atLeast: share(scoreRange.atLeast), atMost: share(scoreRange.atMost) })
  return say.score({ status, ...score, share: share(score), band: namesIn(told).band(scoreBand) })
}

/** For reading: one decimal. Bands are decided by the exact fraction. */
const share = ({ points, of }: Score): string => (of === 0 ? '0' : String(Math.round((1000 * points) / of) / 10))
