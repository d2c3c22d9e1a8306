/** A civil day, `YYYY-MM-DD`. Days compare as text. */
export type Day = string

/** What a fact or a parameter may hold. */
export type ValueType =
  | { type: 'boolean' }
  /** Whole numbers only. Both bounds count. */
  | { type: 'integer'; unit?: string; minimum?: number; maximum?: number }
  | { type: 'text' }
  | { type: 'choice'; choices: readonly string[] }
  | { type: 'day' }
  | { type: 'list'; of: ScalarType | ItemType }

export type ScalarType = Exclude<ValueType, { type: 'list' }>

/** A list item with named fields, read by `path: "$.field"` (or `"$[*].field"` under a `someFact:` / `everyFact:` operator). */
export type ItemType = { type: 'item'; fields: Readonly<Record<string, ScalarType & { label: string }>> }

/** One entry of the fact catalogue. `null` and absent both mean unknown; `[]` means "asked, none". */
export type FactDefinition = ValueType & {
  /** Order in lists and reports. */
  number: number
  label: string
  /** Where the fact, or the need for it, comes from. */
  source: string
  /** How to ask for it, in plain words. Shown when the fact is what a decision waits for. */
  question: string
  /** Computed in this library and never supplied. */
  derived?: Derivation
}

/** The closed list of computations a catalogue may ask for. */
export type Derivation =
  /** Whole years between the two days. Born on 29 February: a year older on 1 March in common years. */
  | { by: 'years-between'; from: string; to: string }
  /** Whole days from one day to the other; 0 for the same day. */
  | { by: 'days-between'; from: string; to: string }
  /** Whole numbers added up. Unknown while one of them is. */
  | { by: 'sum'; of: readonly string[] }
  /** One whole number less another. */
  | { by: 'difference'; of: string; less: string }
  /** Computed by the kind of rule that brings the fact, which puts it into its slot. What is supplied is not looked at. */
  | { by: 'kind' }

export type FactValue =
  | boolean
  | number
  | string
  | null
  | readonly (boolean | number | string | null | Readonly<Record<string, boolean | number | string | null | undefined>>)[]

/** Flat, dotted names from the catalogue, one spelling each: `{ "person.ageOnReceipt": 34 }`. */
export type Facts = Readonly<Record<string, FactValue | undefined>>

/** What every decision is asked with. The clock is always an argument. */
export type DecisionInput<Supplied extends object = Facts> = { asOf: Day; facts: Supplied }
