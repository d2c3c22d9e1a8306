import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { enumOf } from '../../platform/enum-of.ts'
import { globalId } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { CaseRef } from '../cases/index.ts'
import { StaffRef, staffById } from '../providers/index.ts'
import { mayReadAnswersOf, noteAssessmentRead } from './access.ts'
import { EvidenceSourceEnum } from './enums.ts'
import { assertOutsideResult, outsideResultsOfCase, type OutsideResult } from './outside-result.ts'
import { outsideTools, type OutsideTool } from './outside-tools.ts'

export const OutsideToolEnum = enumOf<OutsideTool>(
  'OutsideTool',
  'A tool of somebody else, whose result is kept and whose questions never are.',
  outsideTools,
)

export const OutsideResultRef = builder.objectRef<OutsideResult>('OutsideResult').implement({
  description: 'What another tool came to. It stands beside our own assessment: it answers no factor and moves no band.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('OutsideResult', row.id) }),
    tool: t.field({ type: OutsideToolEnum, description: 'Which tool.', resolve: (row) => row.tool }),
    name: t.exposeString('name', { nullable: true, description: 'Its name, where the tool is `OTHER`; else null.' }),
    toolVersion: t.exposeString('toolVersion', { description: 'Its version. Results of two versions are not compared.' }),
    takenOn: t.expose('takenOn', { type: 'Day', description: 'The day the result is of.' }),
    scoreInHundredths: t.exposeInt('scoreInHundredths', {
      nullable: true,
      description: 'The score in hundredths of a point: 1400 is 14 points. Null for a tool without one.',
    }),
    outOf: t.exposeInt('outOf', { nullable: true, description: 'The greatest score possible, in whole points; null without a score.' }),
    band: t.exposeString('band', { nullable: true, description: 'Band or rating in the tool’s own words; null without one.' }),
    source: t.field({ type: EvidenceSourceEnum, description: 'Whose account it rests on.', resolve: (row) => row.source }),
    isCorrected: t.exposeBoolean('isCorrected', { description: 'A further result put this one right; it counts for nothing.' }),
    correctionReason: t.exposeString('correctionReason', {
      nullable: true,
      description: 'Why this one puts an earlier one right; null where it does not.',
    }),
    recordedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who recorded it.',
      resolve: (row, _, context) => signedIn(context).operation.load(staffById, row.recordedBy),
    }),
    recordedAt: t.expose('recordedAt', { type: 'Instant', description: 'When it was recorded.' }),
  }),
})

refetchable('OutsideResult', async (operation, id, actor) => {
  const result = await assertOutsideResult(await operation.read(), actor, id)
  noteAssessmentRead(operation, actor, result.caseId, 'outsideResults')
  return result
})

builder.objectField(CaseRef, 'outsideResults', (t) =>
  t.field({
    type: [OutsideResultRef],
    description:
      'Results of other tools, the newest first; empty for those who may not read the answers of an assessment. That none is recorded does not say that there is none: see `outsideResultsKnown`.',
    resolve: (row, _, context) => {
      const { actor, operation } = signedIn(context)
      if (!mayReadAnswersOf(actor, row)) return []
      noteAssessmentRead(operation, actor, row.id, 'outsideResults')
      return operation.load(outsideResultsOfCase, row.id)
    },
  }),
)
