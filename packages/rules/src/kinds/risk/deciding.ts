import { TRUE, FALSE } from '../../language/truth.ts'
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
export function decidingFactors(plan: Plan, form: Form, range: BandRange): number[] {
  return decidingAnswers(plan, form, range).map(({ index }) => index)
}

/** The same, each with whether such a way was found, or the search for it given up. */
export function decidingAnswers(plan: Plan, form: Form, range: BandRange): { index: number; isCertain: boolean }[] {
  if (range.atLeast === range.atMost) return []
  const open = new OpenForm(plan, form)
  const candidates = open.candidates(range)
  return form.open.flatMap((index, position) => {
    if (!candidates.includes(position) || !open.matters(position, candidates, range)) return []
    return [{ index, isCertain: !open.gaveUp }]
  })
}

/** Enough for every instrument tried; a factor whose search would take longer is listed, never left out. */
const MAXIMUM_STEPS = 20_000

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
  /** Greatest total with what is tried, as of the last `range()`. */
  private most = 0
  /** For each open factor the answers worth trying. */
  private levels: (readonly Level[])[] = []
  private readonly plan: Plan
  private readonly form: Form

  constructor(plan: Plan, form: Form) {
    this.plan = plan
    this.form = form
    this.slots = [...form.slots]
    this.open = form.open.map((index) => plan.factors[index]!)
    this.tried = this.open.map(() => undefined)
    const undecided: PatternPlan[] = []
    let fixed = form.floor
    for (const pattern of plan.patterns) {
      const truth = plan.program.truth(this.slots, pattern.index)
      if (truth === TRUE) fixed = Math.max(fixed, pattern.band)
      else if (truth !== FALSE) undecided.push(pattern)
    }
    this.undecided = undecided
    this.fixed = fixed
  }

  /** With what is tried, and everything else open. */
  range(): BandRange {
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
      if (lowest.floor > atLeast) atLeast = lowest.floor
      if (highest.floor > atMost) atMost = highest.floor
    }
    this.most = most
    for (const pattern of this.undecided) {
      if (pattern.band <= atLeast) continue
      const truth = plan.program.truth(this.slots, pattern.index)
      if (truth === TRUE) atLeast = pattern.band
      if (truth !== FALSE && pattern.band > atMost) atMost = pattern.band
    }
    return {
      atLeast: Math.max(atLeast, bandOf(plan, least, plan.fullOf)),
      atMost: Math.max(atLeast, atMost, bandOf(plan, most, plan.fullOf)),
    }
  }

  /** The open factors that touch a band in question, by floor, pattern or points. Of the others none matters. */
  candidates({ atLeast }: BandRange): number[] {
    const most = this.form.total + this.open.reduce((sum, { levels }) => sum + levels.at(-1)!.points, 0)
    const byPoints = bandOf(this.plan, most, this.plan.fullOf) > atLeast
    const positions = this.open.map((_, position) => position)
    return positions.filter((position) => byPoints || this.open[position]!.floorRecent > atLeast || this.isInPattern(position, atLeast))
  }

  private isInPattern(position: number, above: BandIndex): boolean {
    const place = this.form.open[position]!
    return this.undecided.some(({ band, reads }) => band > above && reads.has(place))
  }

  /** Whether the last search took too long. */
  get gaveUp(): boolean {
    return this.steps > MAXIMUM_STEPS
  }

  /** Whether answering this one can change the final band, for some way of answering the others. */
  matters(position: number, candidates: readonly number[], whole: BandRange): boolean {
    this.steps = 0
    this.levels = this.open.map(({ levels, scoredLevels }, index) => (this.isInPattern(index, whole.atLeast) ? levels : scoredLevels))
    const others = candidates.filter((index) => index !== position)
    const found = this.onTheEdge(position, others, whole) || this.search(position, others)
    for (const index of [position, ...others]) this.try(index, undefined)
    return found
  }

  /** Raises the others one by one, as far as they go without reaching a band by themselves; then this one may tip it. Without this some searches take too long. */
  private onTheEdge(position: number, others: readonly number[], whole: BandRange): boolean {
    const lightFirst = others.toSorted((one, other) => this.open[one]!.weight - this.open[other]!.weight)
    for (const order of [lightFirst, lightFirst.toReversed()]) {
      for (let band = whole.atLeast + 1; band <= whole.atMost; band++) {
        this.try(position, this.levels[position]![0])
        for (const index of others) this.try(index, this.levels[index]![0])
        for (const index of order) this.raiseBelow(index, band)
        if (this.differs(position)) return true
      }
    }
    return false
  }

  private raiseBelow(index: number, band: BandIndex): void {
    const levels = this.levels[index]!
    for (let i = levels.length - 1; i >= 0; i--) {
      this.try(index, levels[i])
      if (this.range().atMost < band) return
    }
  }

  /** Every way of answering the others, cut short where the band is settled whatever follows. */
  private search(position: number, rest: readonly number[]): boolean {
    for (const index of [position, ...rest]) this.try(index, undefined)
    const patterns = (index: number) => this.undecided.filter(({ reads }) => reads.has(this.form.open[index]!)).length
    const order = rest.toSorted((one, other) => patterns(other) - patterns(one) || this.open[other]!.weight - this.open[one]!.weight)
    return this.descend(position, order)
  }

  private descend(position: number, rest: readonly number[]): boolean {
    if (++this.steps > MAXIMUM_STEPS) return true
    const { atLeast, atMost } = this.range()
    if (atLeast === atMost || !this.canStillTip(position, atLeast)) return false
    const [next, ...others] = rest
    if (next === undefined) return this.differs(position)
    for (const level of this.levels[next]!) {
      this.try(next, level)
      if (this.descend(position, others)) return true
    }
    this.try(next, undefined)
    return false
  }

  /** With some others tried: by floor, by points, or by a pattern that is still undecided. */
  private canStillTip(position: number, atLeast: BandIndex): boolean {
    if (this.open[position]!.floorRecent > atLeast || bandOf(this.plan, this.most, this.plan.fullOf) > atLeast) return true
    const place = this.form.open[position]!
    return this.undecided.some(({ band, reads, index }) => {
      if (band <= atLeast || !reads.has(place)) return false
      const truth = this.plan.program.truth(this.slots, index)
      return truth !== TRUE && truth !== FALSE
    })
  }

  /** With all others tried: does the band depend on this one? */
  private differs(position: number): boolean {
    let first: BandRange | undefined
    let different = false
    for (const level of this.levels[position]!) {
      this.try(position, level)
      const range = this.range()
      first ??= range
      if (range.atLeast !== first.atLeast || range.atMost !== first.atMost) {
        different = true
        break
      }
    }
    this.try(position, undefined)
    return different
  }

  private try(position: number, level: Level | undefined): void {
    this.tried[position] = level
    putAnswer(this.slots, this.open[position]!, level?.answer ?? UNKNOWN_ANSWER, level?.window ?? NO_WINDOW)
  }
}
