import type { AnswerWord, EvidenceSource } from '../kinds/risk/evidence.ts'
import type { Day, FactValue } from '../language/facts.ts'

/**
 * The facts that documents name, as a type: the nearest document first, then those it builds on.
 * Of a literal every value is typed. Of an imported JSON file, in which TypeScript takes each text for any text, the names are.
 */
export type FactsOf<Documents extends readonly unknown[]> = Flat<OwnFacts<Documents> & InstrumentFacts<InstrumentOf<Documents>>>

type Flat<Facts> = { [Name in keyof Facts]: Facts[Name] }

type OwnFacts<Documents extends readonly unknown[]> = Documents extends readonly [infer First, ...infer Rest]
  ? (First extends { facts: infer Facts } ? Supplied<Facts> : unknown) & OwnFacts<Rest>
  : unknown

/** Without what is computed here and never supplied. */
type Supplied<Facts> = { [Name in keyof Facts as Facts[Name] extends { derived: unknown } ? never : Name]?: ValueOf<Facts[Name]> | null }

/** An instrument is replaced whole, so that the nearest counts. */
type InstrumentOf<Documents extends readonly unknown[]> = Documents extends readonly [infer First, ...infer Rest]
  ? First extends { instrument: infer Instrument }
    ? Instrument
    : InstrumentOf<Rest>
  : unknown

type InstrumentFacts<Instrument> = Instrument extends { factors: infer Factors; bands: infer Bands }
  ? { [Id in keyof Factors & string as `factor.${Id}`]?: AnswerWord | null } & {
      [Id in keyof Factors & string as `factor.${Id}.lastOccurredOn`]?: Day | null
    } & { [Id in keyof Factors & string as `factor.${Id}.sources`]?: readonly (EvidenceSource | null)[] | null } & {
      [Name in 'risk.atLeast' | 'risk.atMost']?: (keyof Bands & string) | null
    }
  : unknown

type ValueOf<Type> = Type extends { type: infer Name }
  ? string extends Name
    ? NonNullable<FactValue>
    : Type extends { type: 'list'; of: infer Of }
      ? readonly (ItemOf<Of> | null)[]
      : ScalarOf<Type>
  : never

type ItemOf<Type> = Type extends { type: 'item'; fields: infer Fields }
  ? { [Field in keyof Fields]?: ScalarOf<Fields[Field]> | null }
  : ScalarOf<Type>

type ScalarOf<Type> = Type extends { type: 'boolean' }
  ? boolean
  : Type extends { type: 'integer' }
    ? number
    : Type extends { type: 'choice'; choices: readonly (infer Choice)[] }
      ? Choice
      : string
