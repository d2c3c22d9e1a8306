import type { Actor } from '../../platform/actor.ts'
import { builder, RefusalInterface } from '../../platform/builder.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError, InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { record } from '../audit/index.ts'
import { addToTimeline } from '../cases/index.ts'
import { partnerServiceOn } from '../providers/index.ts'
import { MeasureChangeEnum, MeasureSourceEnum } from './graphql.ts'
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

/** What somebody took on a day. */
export type Taken = {
  takenOn: Day
  /** None is an answer too: somebody asked, and none could be taken. */
  measures: readonly NewMeasure[]
  note?: string | null | undefined
}

/** @throws MeasureFromPartner, InvalidInput (fields `takenOn`, `note`, `measures.<index>.<field>`) */
export async function assertFits(tx: Tx, actor: Actor, { takenOn, measures, note }: Taken): Promise<void> {
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

type Taking = Taken & { caseId: Uuid; point: MeasurePoint; correctsId: Uuid | null; correctionReason: string | null }

/** Writes a taking that fits. One that puts another right is a further one; both stay. */
export async function writeTaking(
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

export const MeasureInput = builder.inputType('OutcomeMeasureInput', {
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
