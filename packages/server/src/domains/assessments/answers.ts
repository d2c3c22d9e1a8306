import { sql, type SQL } from 'drizzle-orm'
import type { FactValue } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import type { Day, Instant } from '../../platform/clock.ts'
import { toInstant } from '../../platform/db/columns.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach } from '../../platform/loader.ts'
import type { AnswerWord, EvidenceSource, SituationWord } from './words.ts'

type Said = { assessmentId: Uuid; revision: number; answeredBy: Uuid; answeredAt: Instant; note: string | null }
/** One thing said of one factor. */
export type FactorAnswer = Said & {
  factor: string
  answer: AnswerWord
  unknownReason: string | null
  sources: EvidenceSource[]
  lastOccurredOn: Day | null
}
/** One thing said of the present situation. */
export type SituationAnswer = Said & { fact: string; answer: SituationWord }

/** Everything ever said of the factors of each assessment, the newest of each factor last. Raw rows: 24 and more for each of 50 cases at once. */
export const factorAnswersOf = loader<Uuid, FactorAnswer[]>(async (tx, actor, ids) => {
  const rows = await tx.rows<FactorAnswer>(sql`
    select assessment_id as "assessmentId", revision, answered_by as "answeredBy", answered_at as "answeredAt", note,
      factor, answer, unknown_reason as "unknownReason", sources, last_occurred_on::text as "lastOccurredOn"
    from assessment_answers where ${ofThese(actor, ids)} order by factor, revision`)
  return manyEach(ids, rows.map(withInstant), (row) => row.assessmentId)
})

/** Everything ever said of the present situation in each assessment, the newest of each question last. */
export const situationAnswersOf = loader<Uuid, SituationAnswer[]>(async (tx, actor, ids) => {
  const rows = await tx.rows<SituationAnswer>(sql`
    select assessment_id as "assessmentId", revision, answered_by as "answeredBy", answered_at as "answeredAt", note, fact, answer
    from assessment_situation where ${ofThese(actor, ids)} order by fact, revision`)
  return manyEach(ids, rows.map(withInstant), (row) => row.assessmentId)
})

const ofThese = (actor: Actor, ids: readonly Uuid[]): SQL =>
  sql`provider_id = ${actor.providerId} and assessment_id in (${sql.join(
    ids.map((id) => sql`${id}::uuid`),
    sql`, `,
  )})`

const withInstant = <Row extends Said>(row: Row): Row => ({ ...row, answeredAt: toInstant(row.answeredAt) })

/** The newest of each question, with those before it, newest first. */
export type WithEarlier<Answer> = { current: Answer; earlier: Answer[] }

/** The newest of each question by its name. Rows come oldest first. */
export function newestBy<Answer>(rows: readonly Answer[], nameOf: (row: Answer) => string): Map<string, WithEarlier<Answer>> {
  const newest = new Map<string, WithEarlier<Answer>>()
  for (const row of rows) {
    const before = newest.get(nameOf(row))
    newest.set(nameOf(row), { current: row, earlier: before ? [before.current, ...before.earlier] : [] })
  }
  return newest
}

/** What an assessment says, by factor and by fact. */
export type Answers = {
  factors: ReadonlyMap<string, WithEarlier<FactorAnswer>>
  situation: ReadonlyMap<string, WithEarlier<SituationAnswer>>
}

export const answersFrom = (factors: readonly FactorAnswer[], situation: readonly SituationAnswer[]): Answers => ({
  factors: newestBy(factors, (row) => row.factor),
  situation: newestBy(situation, (row) => row.fact),
})

export async function answersOf(tx: Tx, actor: Actor, assessmentId: Uuid): Promise<Answers> {
  const [factors = []] = await factorAnswersOf.batch(tx, actor, [assessmentId])
  const [situation = []] = await situationAnswersOf.batch(tx, actor, [assessmentId])
  return answersFrom(factors, situation)
}

/** As rules read it: a factor that was not asked has no key, one that is not known is null. */
export function factsFrom({ factors, situation }: Answers): Record<string, FactValue> {
  const facts: Record<string, FactValue> = {}
  for (const [factor, { current }] of factors) {
    facts[`factor.${factor}`] = current.answer === 'unknown' ? null : current.answer
    if (current.answer === 'unknown') continue
    facts[`factor.${factor}.sources`] = current.sources
    if (current.lastOccurredOn) facts[`factor.${factor}.lastOccurredOn`] = current.lastOccurredOn
  }
  for (const [fact, { current }] of situation) facts[fact] = current.answer === 'unknown' ? null : current.answer === 'yes'
  return facts
}
