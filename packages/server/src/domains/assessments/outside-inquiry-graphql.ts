import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { globalId } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { CaseRef } from '../cases/index.ts'
import { StaffRef, staffById } from '../providers/index.ts'
import { mayReadAnswersOf, noteAssessmentRead } from './access.ts'
import { EvidenceSourceEnum, InquiryAnswerEnum, OutsideResultsKnownEnum } from './enums.ts'
import { assertOutsideInquiry, outsideInquiriesOfCase, saysNoOther, type OutsideInquiry } from './outside-inquiry.ts'
import { outsideResultsOfCase } from './outside-result.ts'

export const OutsideInquiryRef = builder.objectRef<OutsideInquiry>('OutsideInquiry').implement({
  description: 'Somebody asked whether another tool has a result, and there was none beside those recorded, or it stayed unknown.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('OutsideInquiry', row.id) }),
    answer: t.field({ type: InquiryAnswerEnum, description: 'What came of it.', resolve: (row) => row.answer }),
    askedOn: t.expose('askedOn', { type: 'Day', description: 'The day of asking.' }),
    askedOf: t.field({ type: EvidenceSourceEnum, description: 'Who was asked.', resolve: (row) => row.askedOf }),
    unknownReason: t.exposeString('unknownReason', { nullable: true, description: 'Why it is not known; null where there is none.' }),
    recordedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who recorded it.',
      resolve: (row, _, context) => signedIn(context).operation.load(staffById, row.recordedBy),
    }),
    recordedAt: t.expose('recordedAt', { type: 'Instant', description: 'When it was recorded.' }),
  }),
})

refetchable('OutsideInquiry', async (operation, id, actor) => {
  const inquiry = await assertOutsideInquiry(await operation.read(), actor, id)
  noteAssessmentRead(operation, actor, inquiry.caseId, 'outsideResults')
  return inquiry
})

builder.objectField(CaseRef, 'outsideInquiries', (t) =>
  t.field({
    type: [OutsideInquiryRef],
    description:
      'When somebody asked for results of other tools and there was none, or it stayed unknown, the newest first. Empty for those who may not read the answers of an assessment.',
    resolve: (row, _, context) => {
      const { actor, operation } = signedIn(context)
      if (!mayReadAnswersOf(actor, row)) return []
      noteAssessmentRead(operation, actor, row.id, 'outsideResults')
      return operation.load(outsideInquiriesOfCase, row.id)
    },
  }),
)

builder.objectField(CaseRef, 'outsideResultsKnown', (t) =>
  t.field({
    type: OutsideResultsKnownEnum,
    nullable: true,
    description:
      'Whether results of other tools are known, which is what rules go by. Null for those who may not read the answers of an assessment.',
    resolve: async (row, _, context) => {
      const { actor, operation } = signedIn(context)
      if (!mayReadAnswersOf(actor, row)) return null
      noteAssessmentRead(operation, actor, row.id, 'outsideResults')
      const counting = (await operation.load(outsideResultsOfCase, row.id)).filter(({ isCorrected }) => !isCorrected)
      const [latest] = await operation.load(outsideInquiriesOfCase, row.id)
      if (counting.length === 0) return latest?.answer ?? 'never-asked'
      return latest && saysNoOther(latest, counting) ? 'all-recorded' : 'recorded'
    },
  }),
)
