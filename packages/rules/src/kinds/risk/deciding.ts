import { FALSE, TRUE, UNKNOWN } from '../../language/truth.ts'
import type { Slots } from '../../language/program.ts'
import { NO_WINDOW, UNKNOWN_ANSWER } from './evidence.ts'
import { putAnswer, type Form } from './form.ts'
import { bandOf, type BandIndex, type FactorPlan, type Level, type PatternPlan, type Plan } from './plan.ts'

/** The lowest and the highest final band that the open answers leave possible. */
export type BandRange = { atLeast: BandIndex; atMost: BandIndex }

/**
 * What the final band can still become. Floors and patterns that an open answer could fire are included.
 * Exact for patterns in which a worse answer never undoes the pattern; otherwise never narrower than the truth.
 */
export function bandRange(plan: Plan, form: Form): BandRange {
  return new OpenForm(plan, form).range()
}

/**
 * The places of the open factors that matter: those for which some way of answering all open ones exists
 * in which answering this one otherwise changes the final band. In the order of the form.
 */
export function decidingFactors(plan: Plan, form: Form): number[] {
  return decidingAnswers(plan, form).map(({ index }) => index)
}

/** The same, each with whether such a way was found, or the search for it given up. */
export function decidingAnswers(plan: Plan, form: Form): { index: number; isCertain: boolean }[] {
  const open = new OpenForm(plan, form)
  const candidates = open.candidates()
  return candidates.flatMap((position) => {
    if (!open.matters(position, candidates)) return []
    return [{ index: form.open[position]!, isCertain: !open.gaveUp }]
  })
}

/** Enough for every form tried; a factor whose search would take longer is listed, never left out. */
const MAXIMUM_STEPS = 200_000

/** A form whose open answers are tried out. */
class OpenForm {
  private readonly open: readonly FactorPlan[]
  /** For each open factor the level tried, or none. */
  private readonly tried: (Level | undefined)[]
  private readonly undecided: readonly PatternPlan[]
  private readonly slots: Slots
  /** What known answers, and patterns that fire in any case, force. */
  private readonly fixed: BandIndex
  private steps = 0
  private readonly plan: Plan
  private readonly form: Form

  constructor(plan: Plan, form: Form) {
    this.plan = plan
    this.form = form
    this.slots = [...form.slots]
    this.open = form.open.map((index) => plan.factors[index]!)
    this.tried = this.open.map(() => undefined)
    const truths = plan.patterns.map(({ index }) => plan.program.truth(this.slots, index))
    this.undecided = plan.patterns.filter((_, position) => truths[position] === UNKNOWN)
    this.fixed = Math.max(form.floor, ...plan.patterns.flatMap(({ band }, position) => (truths[position] === TRUE ? band : [])))
  }

  /** The ends with what is tried, and everything else open; and the greatest total behind the upper one. */
  range(): BandRange & { most: number } {
    const { plan, open, tried } = this
    let least = this.form.total
    let most = least
    let atLeast = this.fixed
    let atMost = this.fixed
    for (let i = 0; i < open.length; i++) {
      const levels = open[i]!.levels
      const lowest = tried[i] ?? levels[0]!
      const highest = tried[i] ?? levels.at(-1)!
      least += lowest.points
      most += highest.points
      atLeast = Math.max(atLeast, lowest.floor)
      atMost = Math.max(atMost, highest.floor)
    }
    for (const { index, band } of this.undecided) {
      const truth = plan.program.truth(this.slots, index)
      if (truth === TRUE) atLeast = Math.max(atLeast, band)
      if (truth !== FALSE) atMost = Math.max(atMost, band)
    }
    return {
      atLeast: Math.max(atLeast, bandOf(plan, least, plan.fullOf)),
      atMost: Math.max(atMost, bandOf(plan, most, plan.fullOf)),
      most,
    }
  }

  /** The open factors that touch a band in question, by floor, points or pattern. Of the others none matters. */
  candidates(): number[] {
    return [...this.open.keys()].filter((position) => this.canStillTip(position))
  }

  /** Whether the last search took too long. */
  get gaveUp(): boolean {
    return this.steps > MAXIMUM_STEPS
  }

  /** Whether answering this one can change the final band, for some way of answering the others. */
  matters(position: number, candidates: readonly number[]): boolean {
    this.steps = 0
    const patterns = (each: number) => this.undecided.filter(({ reads }) => reads.has(this.form.open[each]!)).length
    const others = candidates
      .filter((each) => each !== position)
      .sort((one, other) => patterns(other) - patterns(one) || this.open[other]!.weight - this.open[one]!.weight)
    const found = this.search(position, others)
    for (const each of others) this.try(each, undefined)
    return found
  }

  /** Every way of answering the others, cut short where this one can tip nothing whatever follows. */
  private search(position: number, [next, ...others]: readonly number[]): boolean {
    if (++this.steps > MAXIMUM_STEPS) return true
    if (!this.canStillTip(position)) return false
    if (next === undefined) return this.differs(position)
    for (const level of this.open[next]!.levels) {
      this.try(next, level)
      if (this.search(position, others)) return true
    }
    this.try(next, undefined)
    return false
  }

  /** With what is tried: by floor, by points, or by a pattern that is still undecided. */
  private canStillTip(position: number): boolean {
    const { atLeast, most } = this.range()
    const { floorRecent } = this.open[position]!
    if (floorRecent > atLeast || bandOf(this.plan, most, this.plan.fullOf) > atLeast) return true
    const place = this.form.open[position]!
    return this.undecided.some(
      ({ band, reads, index }) => band > atLeast && reads.has(place) && this.plan.program.truth(this.slots, index) === UNKNOWN,
    )
  }

  /** With all others tried: does the band depend on this one? */
  private differs(position: number): boolean {
    const bands = this.open[position]!.levels.map((level) => {
      this.try(position, level)
      const { atLeast, atMost } = this.range()
      return `${atLeast} ${atMost}`
    })
    this.try(position, undefined)
    return new Set(bands).size > 1
  }

  private try(position: number, level: Level | undefined): void {
    this.tried[position] = level
    putAnswer(this.slots, this.open[position]!, level?.answer ?? UNKNOWN_ANSWER, level?.window ?? NO_WINDOW)
  }
}
