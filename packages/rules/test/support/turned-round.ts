/** The same document with everything that is keyed by an id written in the other order. */
export function turnedRound<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(turnedRound) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turnedRound(each)]),
  ) as Value
}
