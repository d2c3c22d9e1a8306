/** standard < medium < high < very-high in `pdv-24`; another instrument may name its bands otherwise. Lowest first. */
export type BandId = string
export type FactorId = string

/** A set of factors with points and bands. Replaceable whole: the number of factors is data. */
export type Instrument = {
  id: string
  /** Changed scoring needs a new instrument id; a changed label a new version. */
  version: string
  title: string
  source: string
  /** Id of the statement (under `statements`) that every result carries: whether it is validated. */
  statement: string
  /** `needsOtherSource`: answers here count as self-report while nobody but the person themself is named as a source. */
  domains: Readonly<Record<string, { number: number; label: string; needsOtherSource?: true }>>
  factors: Readonly<Record<FactorId, Factor>>
  bands: Readonly<Record<BandId, Band>>
  /** Unknown answers: up to `prorated` still give a score, up to `provisional` a provisional one, more give none. Inclusive. */
  missing: { prorated: number; provisional: number /** Days until review of a provisional result. */; provisionalReviewDays: number }
}

export type Band = {
  number: number
  label: string
  /** Where it begins, in whole percent of the greatest possible score; it counts. The lowest begins at 0. */
  from: number
  /** The highest score in it, in whole percent, where somebody wrote it down. It decides nothing, and `load` refuses one that is not so. */
  to?: number
  /** Days until the next review. */
  reviewDays: number
}

export type Factor = {
  number: number
  label: string
  question: string
  source: string
  domain: string
  /** Points are weight × 0 (absent), 1 (possible), 2 (present); a dynamic factor last seen outside its window counts 1. Whole, at least 1. */
  weight: number
  /** History: ignores the window for points (not for floors). */
  static?: true
  /** A critical factor: the band that its presence alone forces, recent or historic; `possible` forces the third, with a task to verify. */
  floor?: { recent: BandId; historic: BandId; possible: BandId }
  /** Parameter (whole months) that says what *recent* means for this factor. */
  recentWithin: string
}
