import type { Actor } from '../../platform/actor.ts'
import { builder, RefusalInterface, usualRefusals } from '../../platform/builder.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError, InvalidInput } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { addToTimeline, assertWorkableCase } from '../cases/index.ts'
import { partnerServiceOn } from '../providers/index.ts'
import { idIn, measurers } from './access.ts'
import { MeasureChangeEnum, MeasurePointEnum, MeasureSourceEnum, OutcomeReviewRef } from './graphql.ts'
import { assertReview, type OutcomeReview } from './outcome-review.ts'
import { outcomeMeasures, outcomeReviews } from './tables.ts'
import type { MeasureChange, MeasurePoint, MeasureSource } from './words.ts'

/** The partner's account is kept by the partner service, never on the participant's side; nothing was saved. */
export class MeasureFromPartner extends DomainError {
  override name = 'MeasureFromPartner'
  readonly code = 'measure-from-partner'
  readonly partnerService: string | null
  constructor(partnerService: string | null) {
    super(
      'what the partner says of a change is not kept on this side; nothing was saved',
      partnerService
        ? `tell the partner service (${partnerService}), which keeps it safe for her; leave it out here`
        : 'tell the safeguarding lead, because no partner service is named at present; leave it out here',
    )
    this.partnerService = partnerService
  }
}

export type NewMeasure = {
  measure: string
  version: string
  source: MeasureSource
  change?: MeasureChange | null | undefined
  points?: number | null | undefined
  outOf?: number | null | undefined
}

export type NewOutcomes = {
  idempotencyKey: string
  caseId: Uuid
  point: MeasurePoint
  takenOn: Day
  /** None is an answer too: somebody asked, and none could be taken. */
  measures: readonly NewMeasure[]
  note?: string | null | undefined
}

/**
 * Records a taking of outcome measures.
 * @throws NotFound, NotAllowed, MeasureFromPartner, InvalidInput (fields `takenOn`, `note`, `measures.<index>.<field>`)
 */
export async function recordOutcomes(tx: Tx, actor: Actor, input: NewOutcomes): Promise<OutcomeReview> {
  const { idempotencyKey, ...taken } = input
  await assertWorkableCase(tx, actor, input.caseId)
  return once(
    tx,
    actor,
    { operation: 'record-outcomes', key: idempotencyKey, payload: taken },
    async () => {
      await assertFits(tx, actor, input)
      return write(tx, actor, { ...input, correctsId: null, correctionReason: null })
    },
    (id) => assertReview(tx, actor, id),
  )
}

export type CorrectedOutcomes = Omit<NewOutcomes, 'caseId' | 'point'> & { reviewId: Uuid; reason: string }

/** Puts a taking right: both stay, with who, when and why. @throws as recordOutcomes, and InvalidInput (field `reviewId`) for one that was corrected already */
export async function correctOutcomes(tx: Tx, actor: Actor, input: CorrectedOutcomes): Promise<OutcomeReview> {
  const { caseId, point } = await assertReview(tx, actor, input.reviewId)
  await assertWorkableCase(tx, actor, caseId)
  const { idempotencyKey, ...taken } = input
  return once(
    tx,
    actor,
    { operation: 'correct-outcomes', key: idempotencyKey, payload: taken },
    async () => {
      // The case is locked by now: read again, a correction that was made meanwhile shows.
      const { isCorrected } = await assertReview(tx, actor, input.reviewId)
      if (isCorrected) throw new InvalidInput('reviewId', 'this taking was put right already', 'read the case again and correct the newest')
      if (!input.reason.trim()) throw new InvalidInput('reason', 'say why it is corrected')
      await assertFits(tx, actor, input)
      return write(tx, actor, { ...input, caseId, point, correctsId: input.reviewId, correctionReason: input.reason })
    },
    (id) => assertReview(tx, actor, id),
  )
}

async function assertFits(
  tx: Tx,
  actor: Actor,
  { takenOn, measures, note }: Pick<NewOutcomes, 'takenOn' | 'measures' | 'note'>,
): Promise<void> {
  if (takenOn > tx.today) throw new InvalidInput('takenOn', 'this day has not come yet')
  if (measures.length > MOST_MEASURES) throw new InvalidInput('measures', `at most ${MOST_MEASURES} measures are recorded at once`)
  if (measures.length === 0 && !note?.trim()) throw new InvalidInput('note', 'say why no measure was taken')
  const seen = new Set<string>()
  for (const [index, { measure, version, source, points, outOf }] of measures.entries()) {
    const wrong = (field: string, message: string, help?: string) => new InvalidInput(`measures.${index}.${field}`, message, help)
    if (!NAME.test(measure))
      throw wrong('measure', 'a measure is named in lower-case words joined by hyphens', 'for example "safety-from-violence"')
    if (!VERSION.test(version)) throw wrong('version', 'a version is a short text without spaces', 'for example "1"')
    if ((points ?? null) === null ? (outOf ?? null) !== null : (outOf ?? null) === null)
      throw wrong('outOf', 'a result is so many of so many: give both or neither')
    if (points != null && outOf != null && (outOf < 1 || points < 0 || points > outOf))
      throw wrong('points', `points lie from 0 to ${outOf}`)
    const key = `${measure}@${version} ${source}`
    if (seen.has(key)) throw wrong('measure', 'this measure stands here twice on the same account', 'leave one of the two out')
    seen.add(key)
  }
  if (measures.some(({ source }) => source === 'partner'))
    throw new MeasureFromPartner((await partnerServiceOn(tx, actor, tx.today))?.serviceName ?? null)
}

const MOST_MEASURES = 40
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const VERSION = /^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$/

type Taking = Omit<NewOutcomes, 'idempotencyKey'> & { correctsId: Uuid | null; correctionReason: string | null }

async function write(
  tx: Tx,
  actor: Actor,
  { measures, note, caseId, point, takenOn, correctsId, correctionReason }: Taking,
): Promise<OutcomeReview> {
  const id = tx.newId()
  await tx.orm.insert(outcomeReviews).values({
    providerId: actor.providerId,
    id,
    caseId,
    point,
    takenOn,
    note: note?.trim() || null,
    correctsId,
    correctionReason,
    recordedBy: actor.id,
    recordedAt: tx.now,
  })
  if (measures.length > 0)
    await tx.orm.insert(outcomeMeasures).values(
      measures.map(({ measure, version, source, change, points, outOf }) => ({
        providerId: actor.providerId,
        id: tx.newId(),
        reviewId: id,
        measure,
        measureVersion: version,
        // Refused above, and by the database.
        source: source as Exclude<MeasureSource, 'partner'>,
        change: change ?? null,
        points: points ?? null,
        outOf: outOf ?? null,
      })),
    )
  await addToTimeline(tx, actor, {
    caseId,
    what: correctsId ? 'outcomes-corrected' : 'outcomes-recorded',
    occurredAt: tx.now,
    summary: correctsId ? 'Outcome measures were put right' : 'Outcome measures were recorded',
    about: { type: 'outcome-review', id },
  })
  await record(tx, actor, {
    action: correctsId ? 'outcomes.corrected' : 'outcomes.recorded',
    subjectType: 'outcome-review',
    subjectId: id,
    fields: ['point', 'takenOn', 'measures', 'note'],
  })
  return assertReview(tx, actor, id)
}

builder.objectType(MeasureFromPartner, {
  name: 'MeasureFromPartner',
  interfaces: [RefusalInterface],
  description: 'What the partner says of a change is kept by the partner service, never on the participant’s side.',
  fields: (t) => ({
    partnerService: t.exposeString('partnerService', {
      nullable: true,
      description: 'Name of this provider’s partner service; null while none is named.',
    }),
  }),
})

const MeasureInput = builder.inputType('OutcomeMeasureInput', {
  description: 'One measure on one account.',
  fields: (t) => ({
    measure: t.string({ required: true, description: 'Its id, such as `safety-from-violence`. Never the text of a licensed instrument.' }),
    version: t.string({ required: true, description: 'Its version, such as `1`.' }),
    source: t.field({ type: MeasureSourceEnum, required: true, description: 'Whose account it rests on. `PARTNER` is refused here.' }),
    change: t.field({ type: MeasureChangeEnum, description: 'Change since the beginning; null while there is nothing to compare with.' }),
    points: t.int({ description: 'The result as the measure gives it, from 0 up to `outOf`. With it or not at all.' }),
    outOf: t.int({ description: 'The greatest result possible, from 1.' }),
  }),
})

const RecordOutcomesInput = builder.inputType('RecordOutcomesInput', {
  description: 'A taking of outcome measures.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one taking.' }),
    caseId: t.id({ required: true, description: 'Global id of the case.' }),
    point: t.field({ type: MeasurePointEnum, required: true, description: 'When in the case’s life.' }),
    takenOn: t.field({ type: 'Day', required: true, description: 'The day they were taken; today or earlier.' }),
    measures: t.field({
      type: [MeasureInput],
      required: true,
      description: 'At most 40. Empty: somebody asked, and none could be taken; the note says why.',
    }),
    note: t.field({ type: 'LongText', description: 'What a reader should know; required where no measure was taken.' }),
  }),
})

const CorrectOutcomesInput = builder.inputType('CorrectOutcomesInput', {
  description: 'What a taking should have said.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one correction.' }),
    reviewId: t.id({ required: true, description: 'Global id of the taking that is put right.' }),
    takenOn: t.field({ type: 'Day', required: true, description: 'The day they were taken; today or earlier.' }),
    measures: t.field({ type: [MeasureInput], required: true, description: 'All of them, as they should have stood.' }),
    note: t.field({ type: 'LongText', description: 'What a reader should know; required where no measure was taken.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why it is corrected.' }),
  }),
})

builder.mutationField('recordOutcomes', (t) =>
  t.field({
    ...calledBy(
      measurers,
      'Records a taking of outcome measures. Improvement is read from named measures on somebody else’s account than the participant’s, and from nothing else.',
    ),
    type: OutcomeReviewRef,
    args: { input: t.arg({ type: RecordOutcomesInput, required: true, description: 'What was taken.' }) },
    errors: { types: [...usualRefusals, MeasureFromPartner] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'record-outcomes', (tx, actor) =>
        recordOutcomes(tx, actor, { ...input, caseId: idIn('Case', input.caseId, 'case') }),
      ),
  }),
)

builder.mutationField('correctOutcomes', (t) =>
  t.field({
    ...calledBy(measurers, 'Puts a taking of outcome measures right; both stay, with who, when and why.'),
    type: OutcomeReviewRef,
    args: { input: t.arg({ type: CorrectOutcomesInput, required: true, description: 'Which, what and why.' }) },
    errors: { types: [...usualRefusals, MeasureFromPartner] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'correct-outcomes', (tx, actor) =>
        correctOutcomes(tx, actor, { ...input, reviewId: idIn('OutcomeReview', input.reviewId, 'outcome review') }),
      ),
  }),
)
