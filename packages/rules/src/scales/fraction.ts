/** An exact number: whole over whole, in lowest terms, with a denominator of 1 or more. Rounding is for showing it. */
export type Fraction = { numerator: number; denominator: number }

export function fraction(numerator: number, denominator: number): Fraction {
  const divisor = commonDivisor(Math.abs(numerator), denominator)
  return { numerator: numerator / divisor, denominator: denominator / divisor }
}

export const plus = (one: Fraction, other: Fraction): Fraction =>
  fraction(one.numerator * other.denominator + other.numerator * one.denominator, one.denominator * other.denominator)

export const minus = (one: Fraction, other: Fraction): Fraction => plus(one, { ...other, numerator: -other.numerator })

/** Below 0, 0 or above 0, as `one` is less than, equal to or greater than `other`: multiplied crosswise, nothing is divided. */
export function compare(one: Fraction, other: Fraction): number {
  const difference = BigInt(one.numerator) * BigInt(other.denominator) - BigInt(other.numerator) * BigInt(one.denominator)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function commonDivisor(one: number, other: number): number {
  let [greater, less] = [one, other]
  while (less !== 0) [greater, less] = [less, greater % less]
  return greater
}
