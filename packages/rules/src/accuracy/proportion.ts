/** So many of so many. Never given without its denominator. */
export type Proportion = {
  count: number
  of: number
  /** 95 % interval after Wilson (1927). Null of nobody. */
  interval: Interval | null
  /** Too few to lean on: fewer than 10 people, or fewer than 5 on either side. Below 5 a count may also name people. */
  few: boolean
}

/** From 0 to 1, both ends counted in. */
export type Interval = { from: number; to: number }

/** Quantile of the normal distribution for an interval of 95 %. */
export const Z_95 = 1.959963984540054

/**
 * Wilson's score interval: unlike the textbook one it never leaves 0 to 1, and says something of none and of all.
 *
 * @throws RangeError unless both are whole numbers, and the first from 0 up to the second
 */
export function proportion(count: number, of: number): Proportion {
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(of) || count < 0 || count > of)
    throw new RangeError(`so many of so many are needed, and this is ${count} of ${of}`)
  return { count, of, interval: of === 0 ? null : wilson(count, of), few: of < 10 || count < 5 || of - count < 5 }
}

function wilson(count: number, of: number): Interval {
  const share = count / of
  const square = Z_95 * Z_95
  const middle = share + square / (2 * of)
  const reach = Z_95 * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of))
  const whole = 1 + square / of
  // At none and at all the ends are exact; arithmetic would miss them by a hair.
  return { from: count === 0 ? 0 : (middle - reach) / whole, to: count === of ? 1 : (middle + reach) / whole }
}
