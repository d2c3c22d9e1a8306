import type { FactorPlan, Plan } from '../kinds/risk/plan.ts'
import type { FactorId } from '../kinds/risk/instrument.ts'
import { byNumber } from '../kinds/rule.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { type AnswerColumns, OPEN } from './answer-columns.ts'
import type { Bitmap, Bitmaps } from './bitmaps.ts'
import type { FactColumns } from './fact-columns.ts'
import { FormTotals, type Totals } from './form-totals.ts'
import { planFor, rulesOf } from './rules-of-kind.ts'
import type { RuleTruths } from './rule-truths.ts'
import { hoursOf } from './standing.ts'
import { heldStanding, type StandingOfMany, type Step, type Steps, stepsOf } from './standing-of-many.ts'

/** Points, and for each band above the lowest the forms it is forced on, and those on which an open answer could force it. */
export type BasisOfBands = { totals: Totals; forced: readonly Bitmap[]; mayBeForced: readonly Bitmap[] }

/** What the patterns of one rule set come to, in the order of the plan. */
type Patterns = readonly { rule: string; band: number; yes: Bitmap; unknown: Bitmap }[]

type Published = { standing: StandingOfMany; basis: BasisOfBands }

/** How risk stands over many forms: under the published rule set, under others, and with other weights. */
export class Forms {
  private readonly bits: Bitmaps
  private readonly answers: AnswerColumns
  private readonly truths: RuleTruths
  private readonly ruleSet: RuleSet
  private readonly plan: Plan
  private readonly paceRestsOn: string
  private readonly totals: FormTotals
  private readonly openCounts = new Map<string, Int32Array>()
  private known: Published | undefined

  constructor({ bits, answers }: FactColumns, truths: RuleTruths, published: RuleSet) {
    this.bits = bits
    this.answers = answers
    this.truths = truths
    this.ruleSet = published
    this.plan = planFor(published)
    this.paceRestsOn = paceRestsOn(this.plan)
    this.totals = new FormTotals(answers, bits.cases, this.plan)
  }

  published(): Published {
    if (this.known) return this.known
    const patterns = this.patterns(this.ruleSet, this.plan)
    const { forced, mayBeForced } = this.force(this.plan, patterns)
    const basis = { totals: this.totals.of(this.plan), forced: this.held(forced), mayBeForced: this.held(mayBeForced) }
    const standing = heldStanding(this.standingFrom(this.ruleSet, this.plan, basis, patterns), this.bits)
    return (this.known = { standing, basis })
  }

  standing(ruleSet: RuleSet): StandingOfMany {
    const plan = planFor(ruleSet)
    const patterns = this.patterns(ruleSet, plan)
    return this.standingFrom(ruleSet, plan, { totals: this.totals.of(plan), ...this.force(plan, patterns) }, patterns)
  }

  /** The published rule set with other weights. */
  weighed(weights: ReadonlyMap<FactorId, number>): StandingOfMany {
    const { standing, basis } = this.published()
    const factors = this.plan.factors.map((factor) => ({ ...factor, weight: weights.get(factor.id) ?? factor.weight }))
    const plan = { ...this.plan, factors, fullOf: factors.reduce((sum, { weight }) => sum + 2 * weight, 0) }
    return { ...standing, ...this.bandsFrom(this.ruleSet, plan, { ...basis, totals: this.totals.of(plan) }) }
  }

  private standingFrom(ruleSet: RuleSet, plan: Plan, basis: BasisOfBands, patterns: Patterns): StandingOfMany {
    const bands = this.bandsFrom(ruleSet, plan, basis)
    return {
      ...bands,
      pace: this.pace(plan, bands.care),
      open: new Map(patterns.map(({ rule, unknown }) => [rule, unknown])),
    }
  }

  private bandsFrom({ document }: RuleSet, plan: Plan, basis: BasisOfBands): Pick<StandingOfMany, 'words' | 'care'> {
    const bands = this.bands(plan, basis)
    const least = this.exactly(bands.map((band) => band.least))
    const most = this.exactly(bands.map((band) => band.most))
    const range = (low: number, high: number) => ({
      text: rangeInWords(document, low, high),
      cases: this.bits.intersection([least[low]!, most[high]!]),
    })
    return {
      words: least.flatMap((_, low) => most.slice(low).map((__, above) => range(low, low + above))),
      care: new Map([['band', bands.toReversed()]]),
    }
  }

  private patterns(ruleSet: RuleSet, plan: Plan): Patterns {
    const found = this.truths.of(rulesOf(ruleSet, 'risk'))
    return plan.patterns.map(({ rule, band, index }) => ({ rule, band, yes: found[index]!.yes, unknown: this.bits.unknown(found[index]!) }))
  }

  /** What floors and patterns force. */
  private force(plan: Plan, patterns: Patterns): Omit<BasisOfBands, 'totals'> {
    const critical = plan.factors.filter(({ isCritical }) => isCritical)
    return {
      forced: this.reached(plan, [
        ...patterns.map(({ band, yes }) => ({ band, cases: yes })),
        ...critical.flatMap((factor) => this.floors(factor, plan)),
      ]),
      mayBeForced: this.reached(plan, [
        ...patterns.map(({ band, unknown }) => ({ band, cases: unknown })),
        ...critical.map(({ id, floorRecent }) => ({ band: floorRecent, cases: this.answers.with(id, null) })),
      ]),
    }
  }

  /** For each band above the lowest the cases that are in it or above. */
  private reached({ bands }: Plan, parts: readonly { band: number; cases: Bitmap }[]): Bitmap[] {
    const reached: Bitmap[] = []
    for (let band = bands.length - 1; band > 0; band--) {
      const here = parts.filter((part) => part.band === band).map(({ cases }) => cases)
      reached.unshift(this.bits.union([...(reached[0] ? [reached[0]] : []), ...here]))
    }
    return reached
  }

  /** What the answer to one factor alone forces. */
  private floors({ id, window, floorRecent, floorHistoric, floorPossible }: FactorPlan, plan: Plan): { band: number; cases: Bitmap }[] {
    const present = this.answers.with(id, 'present')
    const past = this.answers.historic(id, plan.windows[window]!)
    return [
      { band: floorPossible, cases: this.answers.with(id, 'possible') },
      { band: floorRecent, cases: past ? this.bits.without(present, past) : present },
      { band: floorHistoric, cases: past ? this.bits.intersection([present, past]) : this.bits.none },
    ]
  }

  /** The forms that reach each band above the lowest: the highest of points, floors and patterns. */
  private bands({ bands, fullOf }: Plan, { totals, forced, mayBeForced }: BasisOfBands): Step[] {
    const { bits } = this
    const points = bands.slice(1).map(({ from }) => Math.ceil((from * fullOf) / 100))
    const [lowest, highest] = [bits.reaching(totals.least, points), bits.reaching(totals.most, points)]
    return points.map((_, below) => {
      const least = bits.union([forced[below]!, lowest[below]!])
      return { value: below + 1, least, most: bits.union([least, mayBeForced[below]!, highest[below]!]) }
    })
  }

  /** By band, the forms that reach it and not the next. */
  private exactly(reached: readonly Bitmap[]): Bitmap[] {
    return [this.bits.all, ...reached].map((these, band) => (reached[band] ? this.bits.without(these, reached[band]) : these))
  }

  /**
   * How soon the next review is due, and each answer to verify. Looked at only where the bands are the same:
   * where both rest on the same as in the published rule set, they are the same there too.
   */
  private pace(plan: Plan, care: Steps): Steps {
    const { bits, answers, known } = this
    if (known && paceRestsOn(plan) === this.paceRestsOn) return known.standing.pace
    const { missing, factors, verifyWithin } = plan
    const critical = factors.filter(({ isCritical }) => isCritical)
    const isProvisional = bits.union([this.openAbove(plan, missing.prorated), ...critical.map(({ id }) => answers.with(id, null))])
    const most = this.exactly((care.get('band') ?? []).toReversed().map((band) => band.most))
    const due = (cases: Bitmap, name: string, value: number) => ({ least: cases, most: cases, raised: [[name, value]] as const })
    const reviews = most.flatMap((cases, band) => {
      const days = plan.bands[band]!.reviewDays
      const sooner = Math.min(days, missing.provisionalReviewDays)
      return [due(bits.without(cases, isProvisional), 'review', -days), due(bits.intersection([cases, isProvisional]), 'review', -sooner)]
    })
    const verifications = critical.map(({ id }) => due(answers.with(id, 'possible'), `verify ${id}`, -hoursOf(verifyWithin)))
    return stepsOf(bits, [...reviews, ...verifications])
  }

  /** With more factors without an answer than so many. */
  private openAbove({ factors }: Plan, most: number): Bitmap {
    const ids = factors.map(({ id }) => id)
    const key = ids.join('\n')
    const counts = this.openCounts.get(key) ?? this.countOpen(ids)
    this.openCounts.set(key, counts)
    return this.bits.reaching(counts, [most + 1])[0]!
  }

  private held(bitmaps: readonly Bitmap[]): readonly Bitmap[] {
    return bitmaps.map((bitmap) => this.bits.hold(bitmap))
  }

  private countOpen(factors: readonly FactorId[]): Int32Array {
    const counts = new Int32Array(this.bits.cases)
    for (const id of factors) {
      const { codes } = this.answers.answer(id)
      for (let form = 0; form < counts.length; form++) if (codes[form] === OPEN) counts[form]!++
    }
    return counts
  }
}

/** What decides how soon something is due, apart from the answers and the bands. */
const paceRestsOn = ({ bands, factors, missing, verifyWithin }: Plan): string =>
  JSON.stringify([bands.map(({ reviewDays }) => reviewDays), factors.map(({ id, isCritical }) => [id, isCritical]), missing, verifyWithin])

/** As the swap table names a range of bands. */
export function rangeInWords({ instrument }: ResolvedDocument, atLeast: number, atMost: number): string {
  const labels = byNumber(instrument?.bands ?? {}).map(([, { label }]) => label.toLowerCase())
  return atLeast === atMost ? (labels[atLeast] ?? '') : `${labels[atLeast]} to ${labels[atMost]}`
}
