import type { Actor } from '../../platform/actor.ts'
import { builder, RefusalInterface, usualRefusals } from '../../platform/builder.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError, InvalidInput, NotFound } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { addToTimeline, assertWorkableCase } from '../cases/index.ts'
import { assessors } from '../providers/index.ts'
import { afterOutsideResult } from './after-outside-result.ts'
import { EvidenceSourceEnum } from './enums.ts'
import { OutsideResultRef, OutsideToolEnum } from './outside-result-graphql.ts'
import { assertOutsideResult, type OutsideResult } from './outside-result.ts'
import { isPartners, type KeptSource, type KeptTool, type OutsideTool } from './outside-tools.ts'
import { partnerService } from './partner-only.ts'
import { outsideResults } from './tables.ts'
import type { EvidenceSource } from './words.ts'

/** The result is of a tool that the partner answers, or rests on her account. It belongs behind the wall; nothing was saved. */
export class OutsideResultFromPartner extends DomainError {
  override name = 'OutsideResultFromPartner'
  readonly code = 'outside-result-from-partner'
  readonly partnerService: string | null
  constructor(service: string | null) {
    super(
      'the result of a tool that the partner answers is not kept on this side; nothing was saved',
      service
        ? `give it to the partner service (${service}), which keeps it safe for her; leave it out here`
        : 'give it to the safeguarding lead, because no partner service is named at present; leave it out here',
    )
    this.partnerService = service
  }
}

export type NewOutsideResult = {
  idempotencyKey: string
  caseId: Uuid
  tool: OutsideTool
  /** Only with `other`, and then needed. */
  name?: string | null | undefined
  toolVersion: string
  takenOn: Day
  scoreInHundredths?: number | null | undefined
  outOf?: number | null | undefined
  band?: string | null | undefined
  source: EvidenceSource
  /** Canonical JSON of what was scored here; such a result may be unknown, without score and band. */
  scoring?: string | null | undefined
  /** The result of the same case that this one puts right, and why. Both or neither. */
  correctsId?: Uuid | null | undefined
  correctionReason?: string | null | undefined
}

/**
 * Records what another tool came to. A correction is a further result; both stay.
 * @param follow what else belongs to it, once: a repeat of the call finds what is there
 * @throws NotFound, NotAllowed, OutsideResultFromPartner, InvalidInput (field of the input)
 */
export async function recordOutsideResult(
  tx: Tx,
  actor: Actor,
  input: NewOutsideResult,
  follow: (result: OutsideResult) => Promise<void> = async () => {},
): Promise<OutsideResult> {
  const { idempotencyKey: key, ...payload } = input
  await assertWorkableCase(tx, actor, input.caseId)
  return once(
    tx,
    actor,
    { operation: 'record-outside-result', key, payload },
    async () => {
      if (isPartners(input.tool, input.name ?? null, input.source)) throw new OutsideResultFromPartner(await partnerService(tx, actor))
      assertFits(tx, input)
      await assertCorrects(tx, actor, input)
      const result = await write(tx, actor, input)
      await follow(result)
      return result
    },
    (id) => assertOutsideResult(tx, actor, id),
  )
}

function assertFits(tx: Tx, { tool, name, takenOn, scoreInHundredths, outOf, band, scoring }: NewOutsideResult): void {
  if (tool === 'other' && !name) throw new InvalidInput('name', 'say which tool it is')
  if (tool !== 'other' && name) throw new InvalidInput('name', 'only another tool has a name here', 'leave it out, or choose `OTHER`')
  if (takenOn > tx.today) throw new InvalidInput('takenOn', 'this day has not come yet')
  const [score, most] = [scoreInHundredths ?? null, outOf ?? null]
  if ((score === null) !== (most === null)) throw new InvalidInput('outOf', 'a score is so many of so many: give both or neither')
  if (most !== null && (most < 1 || most > GREATEST))
    throw new InvalidInput('outOf', `the greatest score lies from 1 to ${GREATEST} points`)
  // Some scores go below 0: readiness to change begins at −2.
  if (score !== null && most !== null && Math.abs(score) > 100 * most)
    throw new InvalidInput(
      'scoreInHundredths',
      `a score of at most ${most} points is at most ${100 * most} hundredths`,
      '14 points are written as 1400',
    )
  if (score === null && !band && !scoring) throw new InvalidInput('band', 'a result has a score, a band, or both')
}

/** Far above any tool, and far below what a column holds. */
const GREATEST = 10_000

async function assertCorrects(tx: Tx, actor: Actor, { caseId, correctsId, correctionReason }: NewOutsideResult): Promise<void> {
  if (!correctsId) {
    if (correctionReason) throw new InvalidInput('correctionReason', 'nothing is put right here', 'name the result in `correctsId`')
    return
  }
  const corrected = await assertOutsideResult(tx, actor, correctsId)
  if (corrected.caseId !== caseId) throw new NotFound('outside result')
  if (corrected.isCorrected)
    throw new InvalidInput('correctsId', 'this result was put right already', 'read the case again and correct the newest')
  if (!correctionReason) throw new InvalidInput('correctionReason', 'say why it is corrected')
}

async function write(tx: Tx, actor: Actor, input: NewOutsideResult): Promise<OutsideResult> {
  const id = tx.newId()
  const { caseId, tool, source, name, toolVersion, takenOn, scoreInHundredths, outOf, band, scoring, correctsId, correctionReason } = input
  await tx.orm.insert(outsideResults).values({
    providerId: actor.providerId,
    id,
    caseId,
    // What the partner answers was refused above, and is by the database.
    tool: tool as KeptTool,
    source: source as KeptSource,
    name: name ?? null,
    toolVersion,
    takenOn,
    scoreInHundredths: scoreInHundredths ?? null,
    outOf: outOf ?? null,
    band: band ?? null,
    scoring: scoring ?? null,
    correctsId: correctsId ?? null,
    correctionReason: correctionReason ?? null,
    recordedBy: actor.id,
    recordedAt: tx.now,
  })
  await addToTimeline(tx, actor, {
    caseId,
    what: correctsId ? 'outside-result-corrected' : 'outside-result-recorded',
    occurredAt: tx.now,
    summary: correctsId ? 'The result of another tool was put right' : 'The result of another tool was recorded',
    about: { type: 'outside-result', id },
  })
  await record(tx, actor, {
    action: correctsId ? 'outside-result.corrected' : 'outside-result.recorded',
    subjectType: 'outside-result',
    subjectId: id,
    fields: ['tool', 'takenOn', 'score', 'band', 'source'],
  })
  await afterOutsideResult(tx, actor, caseId)
  return assertOutsideResult(tx, actor, id)
}

builder.objectType(OutsideResultFromPartner, {
  name: 'OutsideResultFromPartner',
  interfaces: [RefusalInterface],
  description: 'The result of a tool that the partner answers is kept by the partner service, never on the participant’s side.',
  fields: (t) => ({
    partnerService: t.exposeString('partnerService', {
      nullable: true,
      description: 'Name of this provider’s partner service; null while none is named.',
    }),
  }),
})

const RecordOutsideResultInput = builder.inputType('RecordOutsideResultInput', {
  description: 'What another tool came to. Never its questions or the answers to them.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one result.' }),
    caseId: t.id({ required: true, description: 'Global id of the case.' }),
    tool: t.field({ type: OutsideToolEnum, required: true, description: 'Which tool. One that the partner answers is refused here.' }),
    name: t.field({ type: 'ShortText', description: 'Its name, with `OTHER`; else left out.' }),
    toolVersion: t.field({ type: 'ShortText', required: true, description: 'Its version, such as `2015`.' }),
    takenOn: t.field({ type: 'Day', required: true, description: 'The day the result is of; today or earlier.' }),
    scoreInHundredths: t.int({
      description:
        'The score in hundredths of a point, from −100 × `outOf` up to 100 × `outOf`: 14 points are 1400. With `outOf` or not at all.',
    }),
    outOf: t.int({ description: 'The greatest score possible, in whole points, 1 to 10000.' }),
    band: t.field({ type: 'ShortText', description: 'Band or rating in the tool’s own words. Required without a score.' }),
    source: t.field({ type: EvidenceSourceEnum, required: true, description: 'Whose account it rests on. `PARTNER` is refused here.' }),
    correctsId: t.id({ description: 'Global id of the result of this case that it puts right; both stay.' }),
    correctionReason: t.field({ type: 'LongText', description: 'Why; required with `correctsId`.' }),
  }),
})

builder.mutationField('recordOutsideResult', (t) =>
  t.field({
    ...calledBy(assessors, 'Records what another tool came to, beside our own assessment. It answers no factor and moves no band.'),
    type: OutsideResultRef,
    args: { input: t.arg({ type: RecordOutsideResultInput, required: true, description: 'Which tool, and its result.' }) },
    errors: { types: [...usualRefusals, OutsideResultFromPartner] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'record-outside-result', (tx, actor) => {
        const { correctsId, ...result } = input
        const caseId = localId('Case', input.caseId)
        if (!caseId) throw new NotFound('case')
        if (!correctsId) return recordOutsideResult(tx, actor, { ...result, caseId })
        const corrected = localId('OutsideResult', correctsId)
        if (!corrected) throw new NotFound('outside result')
        return recordOutsideResult(tx, actor, { ...result, caseId, correctsId: corrected })
      }),
  }),
)
