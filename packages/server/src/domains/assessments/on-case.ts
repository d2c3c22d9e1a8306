import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { connection, dayKey, type PageQuery } from '../../platform/page.ts'
import { CaseRef } from '../cases/index.ts'
import { mayReadAssessments } from './access.ts'
import { assessmentsOfCase, latestAssessment, pageKey, type Assessment } from './assessment.ts'
import { AssessmentRef } from './graphql.ts'

const cursorOf = ({ assessedOn, id }: Assessment) => ({ key: assessedOn, id })

builder.objectField(CaseRef, 'latestAssessment', (t) =>
  t.field({
    type: AssessmentRef,
    nullable: true,
    description: 'The assessment that counts: signed, of the latest day. Null before the first is signed, and for referrers.',
    resolve: (row, _, context) => {
      const { actor, operation } = signedIn(context)
      return mayReadAssessments(actor, row) ? operation.load(latestAssessment, row.id) : null
    },
  }),
)

builder.objectField(CaseRef, 'assessments', (t) =>
  t.connection(
    {
      type: AssessmentRef,
      nullable: false,
      description: 'Every assessment of the case, drafts included, by the day it speaks of, the newest first; empty for referrers.',
      resolve: (row, page, context) => {
        const { actor, operation } = signedIn(context)
        const query = async (asked: PageQuery) =>
          mayReadAssessments(actor, row) ? operation.load(assessmentsOfCase, pageKey(row.id, dayKey(asked))) : []
        return connection(page, cursorOf, query)
      },
    },
    { name: 'AssessmentConnection', description: 'A page of assessments, the newest first.' },
    { name: 'AssessmentEdge', description: 'One assessment and its place in the list.' },
  ),
)
