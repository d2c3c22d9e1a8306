/** A condition as json-rules-engine reads it. Its own types differ from what it accepts in whether a `not` may hold a comparison. */
export type NestedCondition =
  | { all: NestedCondition[] }
  | { any: NestedCondition[] }
  | { not: NestedCondition }
  | { fact: string; operator: string; value: unknown; path?: string }

/** What a dynamic fact may ask. */
export type AlmanacLike = { factValue<Value>(fact: string): Promise<Value> }

export type DynamicFact = (params: Record<string, unknown>, almanac: AlmanacLike) => unknown

export type ExportedRule = { name: string; conditions: NestedCondition; event: { type: string; params: Record<string, unknown> } }
