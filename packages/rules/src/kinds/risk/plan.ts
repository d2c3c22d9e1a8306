import type { Program } from '../../language/program.ts'
import type { ResolvedDocument } from '../../rule-set/document.ts'
import { factsIn } from '../facts-in.ts'
import type { Duration } from '../kind.ts'
import { byNumber, type RuleId } from '../rule.ts'
import {
  ABSENT,
  type Answer,
  factorNames,
  type FactorNames,
  HISTORIC,
  NO_WINDOW,
  POSSIBLE,
  PRESENT,
  RECENT,
  type Window,
} from './evidence.ts'
import type { BandId, Factor, FactorId, Instrument } from './instrument.ts'

/** Bands are compared by their place in `bands`, lowest 0. */
export type BandIndex = number
export const NO_FLOOR = -1
/** The parameter that says by when a critical answer that is only possible is to be verified. */
export const VERIFY_WITHIN = 'verifyWithinWorkingDays'

export type FactorPlan = {
  id: FactorId
  names: FactorNames
  weight: number
  isStatic: boolean
  /** Place in `Plan.windows`. */
  window: number
  isCritical: boolean
  needsOtherSource: boolean
  floorRecent: BandIndex
  floorHistoric: BandIndex
  floorPossible: BandIndex
  /** Places among the patterns' facts; -1 where no pattern reads them. */
  answerSlot: number
  windowSlot: number
  /** Every way to answer it that can make a difference, from harmless to worst. */
  levels: readonly Level[]
}

/** One way to answer a factor, and what it weighs. */
export type Level = { answer: Answer; window: Window; points: number; floor: BandIndex }

/** `reads`: places of the factors that it looks at. */
export type PatternPlan = { rule: RuleId; index: number; band: BandIndex; bandId: BandId; action: string; reads: ReadonlySet<number> }

/** An instrument and its patterns, made ready for deciding. */
export type Plan = {
  factors: readonly FactorPlan[]
  bands: readonly { id: BandId; from: number; reviewDays: number }[]
  patterns: readonly PatternPlan[]
  /** Lengths of recent time in use, in months. */
  windows: readonly number[]
  missing: Instrument['missing']
  /** Greatest total of a complete form. */
  fullOf: number
  verifyWithin: Duration
  statement: string
  program: Program
}

export function planOf(instrument: Instrument, document: ResolvedDocument, program: Program): Plan {
  const bands = byNumber(instrument.bands).map(([id, { from, reviewDays }]) => ({ id, from, reviewDays }))
  const bandIndex = (id: BandId | undefined) => bands.findIndex((band) => band.id === id)
  const months = byNumber(instrument.factors).map(([, factor]) => monthsOf(factor, document))
  const windows = [...new Set(months)]
  const factors = byNumber(instrument.factors).map(([id, factor], index): FactorPlan => {
    const names = factorNames(id)
    const plan = {
      id,
      names,
      weight: factor.weight,
      isStatic: factor.static === true,
      window: windows.indexOf(months[index] ?? 0),
      isCritical: factor.floor !== undefined,
      needsOtherSource: instrument.domains[factor.domain]!.needsOtherSource === true,
      floorRecent: bandIndex(factor.floor?.recent),
      floorHistoric: bandIndex(factor.floor?.historic),
      floorPossible: bandIndex(factor.floor?.possible),
      answerSlot: program.slotOf(names.answer),
      windowSlot: program.slotOf(names.window),
    }
    return { ...plan, levels: levelsOf(plan) }
  })
  return {
    factors,
    bands,
    patterns: byNumber(document.risk).map(([rule, { event, conditions }]) => {
      const named = new Set(factsIn(conditions, document))
      const reads = new Set(
        [...factors.keys()].filter((index) => named.has(factors[index]!.names.answer) || named.has(factors[index]!.names.window)),
      )
      const bandId = String(event.params!['band'])
      return { rule, index: program.ids.indexOf(rule), band: bandIndex(bandId), bandId, action: String(event.params!['action']), reads }
    }),
    windows,
    missing: instrument.missing,
    fullOf: factors.reduce((sum, { weight }) => sum + 2 * weight, 0),
    verifyWithin: { amount: integerParameter(document, VERIFY_WITHIN) ?? 5, unit: 'working-days' },
    statement: document.statements[instrument.statement]!,
    program,
  }
}

type Scored = Pick<FactorPlan, 'weight' | 'isStatic' | 'floorRecent' | 'floorHistoric' | 'floorPossible'>

/** Weight × 0, 1 or 2. What changes and is past counts 1 whatever the certainty, so that real change can show; history stays history. */
export const pointsOf = (factor: Pick<Scored, 'weight' | 'isStatic'>, answer: Answer, window: Window): number =>
  answer === ABSENT ? 0 : window === HISTORIC && !factor.isStatic ? factor.weight : answer * factor.weight

/** The band that this answer alone forces. The window counts here for history too. */
export const floorOf = (factor: Scored, answer: Answer, window: Window): BandIndex =>
  answer === PRESENT
    ? window === HISTORIC
      ? factor.floorHistoric
      : factor.floorRecent
    : answer === POSSIBLE
      ? factor.floorPossible
      : NO_FLOOR

function levelsOf(factor: Scored): Level[] {
  const ways: [Answer, Window][] = [
    [ABSENT, NO_WINDOW],
    [POSSIBLE, HISTORIC],
    [POSSIBLE, RECENT],
    [PRESENT, HISTORIC],
    [PRESENT, RECENT],
  ]
  return ways.map(([answer, window]) => ({
    answer,
    window,
    points: pointsOf(factor, answer, window),
    floor: floorOf(factor, answer, window),
  }))
}

/** The highest band whose start `points` of `of` reach. Whole numbers on both sides, so nothing is rounded. */
export function bandOf(plan: Plan, points: number, of: number): BandIndex {
  let band = 0
  for (let i = 1; i < plan.bands.length; i++) if (100 * points >= plan.bands[i]!.from * of) band = i
  return band
}

const monthsOf = (factor: Factor, document: ResolvedDocument): number => integerParameter(document, factor.recentWithin) ?? 0

export function integerParameter(document: ResolvedDocument, id: string): number | undefined {
  const value = Object.hasOwn(document.parameters, id) ? document.parameters[id]!.value : undefined
  return typeof value === 'number' ? value : undefined
}
