import type { Floor, RiskOutcome, Score } from '../kinds/index.ts'
import type { Teller } from './sentences.ts'
import { seen } from './reasons.ts'
import { counted, durationInWords, series } from './words.ts'

/** The band first, then what made it so, what is open, and what follows. */
export const tellRisk: Teller<'risk'> = (decision, rules, ruleSet) => {
  const { instrument, statements } = ruleSet.document
  const factor = (id: string) => instrument?.factors[id]?.label ?? id
  const band = (id: string) => (instrument?.bands[id]?.label ?? id).toLowerCase()
  const labels = (ids: readonly string[]) => ids.map(factor).join('; ')
  const floor = ({ factor: id, band: forced, possible }: Floor) =>
    possible
      ? `${factor(id)}: possible, so until it is verified the band is at least ${band(forced)}`
      : `${factor(id)}: present, which by itself makes the band at least ${band(forced)}`
  const pattern = ({ rule, band: forced, action }: RiskOutcome['patterns'][number]) => {
    const trace = rules.find((each) => each.rule === rule)
    return `${trace?.label ?? rule}: together these make the band at least ${band(forced)}. ${trace ? `${seen(trace.conditions, ruleSet)}. ` : ''}${action}`
  }
  const { mayStillFire } = decision
  return [
    bandInWords(decision, band),
    openInWords(decision),
    scoreInWords(decision, band),
    ...decision.floors.map(floor),
    ...decision.patterns.map(pattern),
    ...mayStillFire.floors.map(
      ({ factor: id, band: forced }) => `${factor(id)}: still open; if present, the band is at least ${band(forced)}`,
    ),
    ...mayStillFire.patterns.map(
      ({ rule, band: forced }) =>
        `Cannot be ruled out: ${rules.find((each) => each.rule === rule)?.label ?? rule}, which would make the band at least ${band(forced)}`,
    ),
    decision.deciding.length > 0 ? `Answers that can still change the band: ${labels(decision.deciding)}` : '',
    ...decision.tasks.map(({ factor: id, within }) => `To be verified within ${durationInWords(within)}: ${factor(id)}`),
    decision.selfReportOnly && decision.contributions.some(({ answer }) => answer !== null)
      ? 'The answers about violence and control rest on the person’s own account alone, so this cannot be signed off'
      : '',
    decision.unanswered.length > 0 ? `Not asked yet, so this cannot be signed: ${labels(decision.unanswered)}` : '',
    `Review within ${counted(decision.reviewWithinDays, 'day')}`,
    instrument ? (statements[instrument.statement] ?? '') : '',
  ]
}

function bandInWords({ band: { atLeast, atMost } }: RiskOutcome, band: (id: string) => string): string {
  if (atLeast === atMost) return `The risk band is ${band(atLeast)}`
  return `The risk band is at least ${band(atLeast)} and may be ${band(atMost)}`
}

function openInWords({ unknown, unanswered, deciding }: RiskOutcome): string {
  const open = [
    unknown.length > 0 ? `${counted(unknown.length, 'answer')} not known` : '',
    unanswered.length > 0 ? `${counted(unanswered.length, 'question')} not asked yet` : '',
  ].filter(Boolean)
  if (open.length === 0) return 'Every question is answered'
  return `${series(open)}${deciding.length === 0 ? '; none of them can change the band' : ''}`
}

function scoreInWords({ score, scoreRange, scoreBand, status }: RiskOutcome, band: (id: string) => string): string {
  if (!score || scoreBand === null)
    return `Too much is open for a score; the complete form would give ${percent(scoreRange.atLeast)} to ${percent(scoreRange.atMost)} in 100`
  const kind = {
    complete: 'The score is',
    prorated: 'Scaled to what is answered, the score is',
    provisional: 'Provisionally, the score is',
    insufficient: 'The score is',
  }[status]
  return `${kind} ${score.points} of ${score.of} points, ${percent(score)} in 100: ${band(scoreBand)} by the score alone`
}

/** For reading: one decimal. Bands are decided by the exact fraction. */
const percent = ({ points, of }: Score): string => (of === 0 ? '0' : String(Math.round((1000 * points) / of) / 10))
