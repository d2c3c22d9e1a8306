import type { DecisionInput } from '../../language/facts.ts'
import type { Slots } from '../../language/program.ts'
import { FALSE, TRUE } from '../../language/truth.ts'
import type { Duration, Kind } from '../kind.ts'
import { readerOf } from '../reader.ts'
import { byNumber, type RuleId } from '../rule.ts'
import { type RulesInOrder, tracesOf } from '../traces.ts'
import { checkRisk } from './check.ts'
import { bandRange, decidingAnswers, decidingFactors } from './deciding.ts'
import { answerWords, type AnswerWord, POSSIBLE, PRESENT, UNANSWERED, windowWords, type WindowWord } from './evidence.ts'
import { instrumentFacts } from './facts.ts'
import { type Form, readForm } from './form.ts'
import type { BandId, FactorId } from './instrument.ts'
import { bandOf, NO_FLOOR, type PatternPlan, type Plan, planOf } from './plan.ts'

/** A score as an exact fraction: 100 × points ÷ of. Rounding is for display. */
export type Score = { points: number; of: number }
export type Pattern = { rule: RuleId; band: BandId; action: string }
/** A band that one answer forces. `possible`: by an answer that is not certain, to be verified. */
export type Floor = { factor: FactorId; band: BandId; possible?: true }

/** `answer` and `window` are null while there is no answer to use. */
export type Contribution = { factor: FactorId; answer: AnswerWord | null; window: WindowWord | null; weight: number; points: number }

export type RiskStatus = 'complete' | 'prorated' | 'provisional' | 'insufficient'

/** How serious the danger is, as far as the answers tell. Always a range while answers are open, never a guess. */
export type RiskOutcome = {
  /** By the number of answers without a value; at least provisional while a critical one is open, insufficient where none has one. */
  status: RiskStatus
  /** Nobody but the person themself is named as a source for any answer about violence or control. */
  selfReportOnly: boolean
  /** Over the answered factors. Null when insufficient. */
  score: Score | null
  /** Of the complete form: every open answer absent, and every one present. */
  scoreRange: { atLeast: Score; atMost: Score }
  /** Band of `score` alone, without floors and patterns. */
  scoreBand: BandId | null
  /** The final band: the highest of score, floors and patterns. Equal ends when nothing open can change it. */
  band: { atLeast: BandId; atMost: BandId }
  floors: Floor[]
  patterns: Pattern[]
  /** What open answers could still fire. */
  mayStillFire: { floors: Floor[]; patterns: Pattern[] }
  contributions: Contribution[]
  /** Asked, and not known. An answer that rests only on the partner's word counts here. */
  unknown: FactorId[]
  /** Not asked yet. */
  unanswered: FactorId[]
  /** Open factors whose answer can change the final band. */
  deciding: FactorId[]
  tasks: { what: 'verify-answer'; factor: FactorId; within: Duration }[]
  /** Days until the next review, by the highest band possible. */
  reviewWithinDays: number
  /** Every factor was asked, and violence and control do not rest on the person's own account alone. */
  signable: boolean
  /** That the instrument is not validated. */
  statement: string
}

type CompiledRisk = { plan: Plan; read: (input: DecisionInput) => Slots; rules: RulesInOrder }

export const risk: Kind<CompiledRisk | undefined, RiskOutcome> = {
  title: 'Risk',
  question: 'How serious is the danger?',
  events: {
    'band-at-least': {
      description: 'A pattern: these answers together put the person at least in this band.',
      params: {
        band: { type: 'text', description: 'A band of the instrument.' },
        action: { type: 'text', description: 'What the pattern calls for, for the person who reads the result.' },
      },
    },
  },
  facts: ({ instrument }) => (instrument ? instrumentFacts(instrument) : {}),
  check: checkRisk,
  compile: (document, program) => {
    if (!document.instrument) return undefined
    const plan = planOf(document.instrument, document, program)
    return { plan, read: readerOf(document, program, 'risk'), rules: byNumber(document.risk) }
  },
  decide: (compiled, input) => {
    const { plan, read } = withInstrument(compiled)
    return decide(plan, readForm(plan, input, read(input)))
  },
  explain: (compiled, input) => {
    const { plan, read, rules } = withInstrument(compiled)
    return tracesOf(rules, plan.program, readForm(plan, input, read(input)).slots, input)
  },
  plan: (compiled) => compiled?.plan,
  ends: (compiled, input) => {
    const { plan, read } = withInstrument(compiled)
    const { atLeast, atMost } = bandRange(plan, readForm(plan, input, read(input)))
    return { atLeast: plan.bands[atLeast]!.id, atMost: plan.bands[atMost]!.id }
  },
  deciding: (compiled, input) => {
    const { plan, read } = withInstrument(compiled)
    const form = readForm(plan, input, read(input))
    return decidingAnswers(plan, form).map(({ index, isCertain }) => ({
      fact: plan.factors[index]!.names.answer,
      isCertain,
    }))
  },
}

/** Only a document without an instrument, and so without risk rules, has no plan. Asking it for a risk decision is the caller's mistake. */
function withInstrument(compiled: CompiledRisk | undefined): CompiledRisk {
  if (!compiled) throw new Error('this rule set has no instrument, so it cannot decide risk')
  return compiled
}

function decide(plan: Plan, form: Form): RiskOutcome {
  const { fired, undecided, patternBand } = firePatterns(plan, form)
  const isOpen = form.open.length > 0 || undecided.length > 0
  const settled = Math.max(form.floor, patternBand, bandOf(plan, form.total, plan.fullOf))
  const range = isOpen ? bandRange(plan, form) : { atLeast: settled, atMost: settled }
  const status = statusOf(plan, form)
  const score = status === 'insufficient' ? null : { points: form.total, of: form.answeredOf }
  const { unknown, unanswered } = openFactors(plan, form)
  return {
    status,
    selfReportOnly: form.selfReportOnly,
    score,
    scoreRange: {
      atLeast: { points: form.total, of: plan.fullOf },
      atMost: { points: form.total + plan.fullOf - form.answeredOf, of: plan.fullOf },
    },
    scoreBand: score && plan.bands[bandOf(plan, score.points, score.of)]!.id,
    band: { atLeast: plan.bands[range.atLeast]!.id, atMost: plan.bands[range.atMost]!.id },
    floors: form.floor === NO_FLOOR ? [] : floorsOf(plan, form),
    patterns: fired,
    mayStillFire: { floors: form.isCriticalOpen ? floorsStillOpen(plan, form) : [], patterns: undecided },
    contributions: contributionsOf(plan, form),
    unknown,
    unanswered,
    deciding: isOpen ? decidingFactors(plan, form).map((index) => plan.factors[index]!.id) : [],
    tasks: form.floor === NO_FLOOR ? [] : verifications(plan, form),
    reviewWithinDays: reviewWithin(plan, status, range.atMost),
    signable: unanswered.length === 0 && !form.selfReportOnly,
    statement: plan.statement,
  }
}

function firePatterns(plan: Plan, form: Form) {
  const fired: Pattern[] = []
  const undecided: Pattern[] = []
  let patternBand = NO_FLOOR
  for (const pattern of plan.patterns) {
    const truth = plan.program.truth(form.slots, pattern.index)
    if (truth === FALSE) continue
    if (truth === TRUE) {
      fired.push(shown(pattern))
      patternBand = Math.max(patternBand, pattern.band)
    } else undecided.push(shown(pattern))
  }
  return { fired, undecided, patternBand }
}

const shown = ({ rule, bandId, action }: PatternPlan): Pattern => ({ rule, band: bandId, action })

/** Of no answers at all there is no score, whatever number may be missing: nothing of nothing is no share. */
function statusOf({ factors, missing }: Plan, { open, isCriticalOpen }: Form): RiskStatus {
  if (open.length === 0) return 'complete'
  if (open.length > missing.provisional || open.length === factors.length) return 'insufficient'
  return open.length > missing.prorated || isCriticalOpen ? 'provisional' : 'prorated'
}

function floorsOf(plan: Plan, form: Form): Floor[] {
  const floors: Floor[] = []
  plan.factors.forEach((factor, index) => {
    if (!factor.isCritical) return
    const answer = form.answers[index]
    const historic = windowWords[form.windows[index]!] === 'historic'
    if (answer === PRESENT) floors.push({ factor: factor.id, band: plan.bands[historic ? factor.floorHistoric : factor.floorRecent]!.id })
    else if (answer === POSSIBLE) floors.push({ factor: factor.id, band: plan.bands[factor.floorPossible]!.id, possible: true })
  })
  return floors
}

function floorsStillOpen(plan: Plan, form: Form): Floor[] {
  return form.open
    .map((index) => plan.factors[index]!)
    .filter(({ isCritical }) => isCritical)
    .map(({ id, floorRecent }) => ({ factor: id, band: plan.bands[floorRecent]!.id }))
}

function verifications(plan: Plan, form: Form): RiskOutcome['tasks'] {
  return plan.factors
    .filter(({ isCritical }, index) => isCritical && form.answers[index] === POSSIBLE)
    .map(({ id }) => ({ what: 'verify-answer', factor: id, within: { ...plan.verifyWithin } }))
}

function contributionsOf(plan: Plan, form: Form): Contribution[] {
  const contributions: Contribution[] = []
  for (let i = 0; i < plan.factors.length; i++) {
    const { id, weight } = plan.factors[i]!
    const answer = form.answers[i]!
    const isKnown = answer <= PRESENT
    contributions.push({
      factor: id,
      answer: isKnown ? answerWords[answer as 0 | 1 | 2] : null,
      window: isKnown ? windowWords[form.windows[i]!] : null,
      weight,
      points: form.points[i]!,
    })
  }
  return contributions
}

function openFactors(plan: Plan, form: Form) {
  const unknown: FactorId[] = []
  const unanswered: FactorId[] = []
  for (const index of form.open) (form.answers[index] === UNANSWERED ? unanswered : unknown).push(plan.factors[index]!.id)
  return { unknown, unanswered }
}

/** Half-known risk is looked at again sooner. */
function reviewWithin(plan: Plan, status: RiskStatus, atMost: number): number {
  const days = plan.bands[atMost]!.reviewDays
  return status === 'provisional' || status === 'insufficient' ? Math.min(days, plan.missing.provisionalReviewDays) : days
}
