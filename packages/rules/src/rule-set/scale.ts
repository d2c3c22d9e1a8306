/**
 * How the answers to an outside questionnaire are scored, as its publisher says. Its questions are nowhere here: they are licensed.
 * Whoever loads the form brings the answers, as the values printed on it, with items that count the other way round turned already.
 */
export type Scale = {
  number: number
  label: string
  /** Of the scoring. Another scoring is another scale, with an id of its own. */
  version: string
  source: string
  /** What one answer may be: a whole number, both ends included. */
  answers: { minimum: number; maximum: number }
  subscales: Readonly<Record<SubscaleId, Subscale>>
  scores: Readonly<Record<ScoreId, ScaleScore>>
}

export type ScaleId = string
export type SubscaleId = string
export type ScoreId = string
export type ScaleBandId = string

export type Subscale = {
  number: number
  label: string
  /** The numbers that its items have on the form; or how many there are, where whoever loads the form has to know which. */
  items: readonly number[] | number
  /** An answer above this is a question for safeguarding, whatever the score. */
  asksAbove?: number
}

export type ScaleScore = {
  number: number
  label: string
  formula: Formula
  /** How many items it may lack, and is then scaled to those answered. By `means`: in each of its subscales. More: unknown. */
  missingAllowed: number
  /** Where the range begins that the publisher calls clinical or high, in points; it counts. */
  cutOff?: number
  /** Ranges that the publisher names, the lowest score first: from where on, in points, and perhaps the highest score that is still in it. */
  bands?: Readonly<Record<ScaleBandId, { number: number; label: string; from: number; to?: number }>>
  /** The least change, in points, that is more than the error of measurement; it counts. And which way is better. */
  reliableChange?: { atLeast: number; better: 'higher' | 'lower' }
}

export type Formula =
  /** The mean of all items of these subscales together, so many times. */
  | { by: 'mean'; of: readonly SubscaleId[]; times: number }
  /** Their sum. */
  | { by: 'sum'; of: readonly SubscaleId[] }
  /** The mean of each subscale, added or taken away, so many times. */
  | { by: 'means'; plus: readonly SubscaleId[]; minus: readonly SubscaleId[]; times: number }

/** The subscales that a score is made of. */
export const subscalesOf = (formula: Formula): readonly SubscaleId[] =>
  formula.by === 'means' ? [...formula.plus, ...formula.minus] : formula.of

export const sizeOf = ({ items }: Subscale): number => (typeof items === 'number' ? items : items.length)

/** The least and the greatest that a score can come to, in points. */
export function reachOf(formula: Formula, { answers: { minimum, maximum }, subscales }: Scale): { least: number; most: number } {
  if (formula.by === 'mean') return { least: minimum * formula.times, most: maximum * formula.times }
  if (formula.by === 'sum') {
    const items = formula.of.reduce((sum, id) => sum + sizeOf(subscales[id]!), 0)
    return { least: minimum * items, most: maximum * items }
  }
  const [plus, minus] = [formula.plus.length, formula.minus.length]
  return { least: (plus * minimum - minus * maximum) * formula.times, most: (plus * maximum - minus * minimum) * formula.times }
}
