import { reasonsOf } from '../explain/reasons.ts'
import type { Outcomes, RuleTrace } from '../kinds/index.ts'
import type { DecisionInput } from '../language/facts.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { bandOf } from './band-reach.ts'
import type { Judgement } from './judge.ts'

/** One thing that became different for a case. */
export type Reason = {
  /** The edge of a band, the points of an answer, a floor, a pattern or rule, how soon something is due, or what is still open. */
  what: 'score' | 'points' | 'floor' | 'rule' | 'pace' | 'open'
  /** The factor or rule, or `score`. */
  id: string
  /** Plain English with values seen: not for the person it is about. */
  inWords: string
}

type Pair = { before: RuleSet; after: RuleSet }

/** Which rule, floor or edge made the case move, or what would have to be known to tell. */
export function reasonsFor<Id extends KindId>(
  kind: Id,
  { move, before, after }: Judgement<Id>,
  input: DecisionInput,
  pair: Pair,
): Reason[] {
  const rules = ruleReasons(kind, input, pair)
  if (kind !== 'risk') return rules.length > 0 ? rules : openReasons(kind, input, pair.after)
  const outcomes = [before.outcome, after.outcome] as readonly [Outcomes['risk'], Outcomes['risk']]
  const found = [...scoreReasons(outcomes, pair), ...pointReasons(outcomes, pair), ...floorReasons(outcomes, pair), ...rules]
  if (move === 'cannot-tell') return [...found, ...openAnswers(outcomes, pair)]
  return found.length > 0 ? found : paceReasons(outcomes)
}

/** Rules that now come to something else, that are new or gone, or that say something else. */
function ruleReasons(kind: KindId, input: DecisionInput, { before, after }: Pair): Reason[] {
  const traces = (ruleSet: RuleSet) => new Map(ruleSet.kinds[kind].rules(input).map((trace) => [trace.rule, trace]))
  const [one, other] = [traces(before), traces(after)]
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((id): Reason[] => {
    const [was, is] = [one.get(id), other.get(id)]
    const trace = is ?? was
    if (!trace || resultOf(was) === resultOf(is))
      return isEventAlike(was, is) ? [] : [{ what: 'rule', id, inWords: `${trace?.label ?? id}: something else follows from it` }]
    const seen = reasonsOf(trace.conditions, is ? after : before).join('; ')
    return [
      { what: 'rule', id, inWords: `${trace.label}: ${results[resultOf(was)]} → ${results[resultOf(is)]}${is && seen ? `. ${seen}` : ''}` },
    ]
  })
}

const resultOf = (trace: RuleTrace | undefined) => trace?.result ?? 'none'
const results = { true: 'holds', false: 'does not hold', unknown: 'cannot be told', none: 'no such rule' } as const
const isEventAlike = (one: RuleTrace | undefined, other: RuleTrace | undefined) =>
  one?.result !== 'true' || JSON.stringify(one.event) === JSON.stringify(other?.event)

/** Rules that nothing known decides, with what they wait for. */
function openReasons(kind: KindId, input: DecisionInput, ruleSet: RuleSet): Reason[] {
  return ruleSet.kinds[kind]
    .rules(input)
    .filter(({ result }) => result === 'unknown')
    .map(({ rule, label, dependsOn }) => {
      const waits = dependsOn.map((fact) => ruleSet.facts[fact]?.label ?? fact).join('; ')
      return { what: 'open', id: rule, inWords: `${label}: depends on what is not known (${waits})` }
    })
}

type Outcome = Outcomes['risk']
type Two = readonly [before: Outcome, after: Outcome]

/** The score, and the edge it stands at. Where there is none, its ends. */
function scoreReasons([one, other]: Two, pair: Pair): Reason[] {
  const lines = [one, other].map((outcome, index) => scoreInWords(outcome, index === 0 ? pair.before : pair.after))
  const [was = '', is = ''] = lines
  return was === is ? [] : [{ what: 'score', id: 'score', inWords: `${is}; was ${was}${edgesInWords(pair)}` }]
}

function scoreInWords({ score, scoreRange: { atLeast, atMost } }: Outcome, { document }: RuleSet): string {
  const bands = Object.entries(document.instrument?.bands ?? {}).sort(([, one], [, other]) => one.number - other.number)
  const band = (points: number, of: number) => (bands[bandOf(points, of, document)]?.[1].label ?? '').toLowerCase()
  const share = (points: number, of: number) => (of === 0 ? '0' : String(Math.round((1000 * points) / of) / 10))
  const full = atLeast.of
  const whole =
    atLeast.points === atMost.points
      ? `${share(atLeast.points, full)} in 100, ${band(atLeast.points, full)}`
      : `${share(atLeast.points, full)} (${band(atLeast.points, full)}) to ${share(atMost.points, full)} (${band(atMost.points, full)}) in 100`
  return score && score.of !== full ? `${share(score.points, score.of)} in 100 of what is answered; the complete form ${whole}` : whole
}

function edgesInWords({ before, after }: Pair): string {
  const [one, other] = [before.document.instrument?.bands ?? {}, after.document.instrument?.bands ?? {}]
  const moved = Object.entries(other).flatMap(([id, { label, from }]) => {
    const was = one[id]?.from
    return was === undefined || was === from ? [] : [`${label.toLowerCase()} begins at ${from}, was ${was}`]
  })
  return moved.length > 0 ? ` (${moved.join('; ')})` : ''
}

function pointReasons([one, other]: Two, { after }: Pair): Reason[] {
  const before = new Map(one.contributions.map((each) => [each.factor, each]))
  return other.contributions.flatMap(({ factor, points }): Reason[] => {
    const was = before.get(factor)?.points ?? 0
    return was === points ? [] : [{ what: 'points', id: factor, inWords: `${factorLabel(factor, after)}: ${points} points, was ${was}` }]
  })
}

function floorReasons([one, other]: Two, { before, after }: Pair): Reason[] {
  const forced = (outcome: Outcome) => new Map(outcome.floors.map(({ factor, band }) => [factor, band]))
  const [was, is] = [forced(one), forced(other)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((factor): Reason[] => {
    if (was.get(factor) === is.get(factor)) return []
    const said = (band: string | undefined) => (band === undefined ? 'no band' : `at least ${band}`)
    return [
      {
        what: 'floor',
        id: factor,
        inWords: `${factorLabel(factor, is.has(factor) ? after : before)} forces ${said(is.get(factor))}, was ${said(was.get(factor))}`,
      },
    ]
  })
}

function paceReasons([one, other]: Two): Reason[] {
  if (one.reviewWithinDays !== other.reviewWithinDays)
    return [{ what: 'pace', id: 'review', inWords: `review within ${other.reviewWithinDays} days, was ${one.reviewWithinDays}` }]
  const soonest = (outcome: Outcome) => outcome.tasks.map(({ within }) => `${within.amount} ${within.unit}`).join()
  return soonest(one) === soonest(other)
    ? []
    : [{ what: 'pace', id: 'verify-answer', inWords: 'answers to verify are due at another time' }]
}

const openAnswers = ([, { unknown, unanswered }]: Two, { after }: Pair): Reason[] =>
  [...unknown, ...unanswered].map((factor) => ({
    what: 'open',
    id: factor,
    inWords: `${factorLabel(factor, after)}: not known, and may decide`,
  }))

const factorLabel = (factor: string, { document }: RuleSet): string => document.instrument?.factors[factor]?.label ?? factor
