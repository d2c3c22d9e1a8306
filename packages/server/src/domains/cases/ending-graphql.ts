import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { globalId } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { readsInFull } from './access.ts'
import { caseById } from './case.ts'
import { endingById, endingsOfCase, stepOf, type Ending, type PartnerServiceStep } from './ending.ts'
import { CaseRef } from './graphql.ts'
import { endings, endingWords, type EndingWord } from './states.ts'

const EndingWordEnum = builder.enumType('CaseEndingKind', {
  description: 'What ended.',
  values: Object.fromEntries(
    endingWords.map((word) => [word.toUpperCase().replaceAll('-', '_'), { value: word, description: `${endings[word]}.` }]),
  ) as Record<string, { value: EndingWord; description: string }>,
})

const StepEnum = builder.enumType('PartnerServiceStep', {
  description: 'Whether the partner service was heard first. The step is the same in every case, whether or not a partner is known.',
  values: {
    AWAITED: { value: 'awaited', description: 'It has not acknowledged the ending yet: the referrer is told nothing.' },
    ACKNOWLEDGED: { value: 'acknowledged', description: 'It has heard of the ending: the referrer may be told.' },
    GONE_ON_WITHOUT: {
      value: 'gone-on-without',
      description: 'The safeguarding lead has gone on, with a reason: the referrer may be told, and the partner service is still asked.',
    },
  } satisfies Record<string, { value: PartnerServiceStep; description: string }>,
})

export const EndingRef = builder.objectRef<Ending>('CaseEnding').implement({
  description:
    'A refusal, a withdrawal, a removal or another ending before completion, or that one was taken back. The partner service hears of it first.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('CaseEnding', row.id) }),
    what: t.expose('what', { type: EndingWordEnum, description: 'What ended.' }),
    case: t.field({
      type: CaseRef,
      nullable: true,
      description: 'The case; null where this person may not read it.',
      resolve: (row, _, context) => signedIn(context).operation.load(caseById, row.caseId),
    }),
    endedAt: t.expose('endedAt', { type: 'Instant', description: 'When.' }),
    takenBackAt: t.expose('takenBackAt', { type: 'Instant', nullable: true, description: 'When it was taken back; null while it stands.' }),
    partnerService: t.field({ type: StepEnum, description: 'Whether the partner service was heard first.', resolve: stepOf }),
    wentOnReason: t.exposeString('wentOnReason', {
      nullable: true,
      description: 'Why the safeguarding lead went on without the partner service; null where they did not.',
    }),
    version: t.exposeInt('version', { description: 'Name it when acknowledging, or when going on.' }),
  }),
})

refetchable('CaseEnding', (operation, id) => operation.load(endingById, id))

builder.objectField(CaseRef, 'endings', (t) =>
  t.field({
    type: [EndingRef],
    nullable: true,
    description:
      'What ended in it before completion, oldest first; null for referrers. Nothing here depends on whether a partner is known.',
    resolve: (row, _, context) => {
      const { actor, operation } = signedIn(context)
      if (!readsInFull(actor, row)) return null
      operation.noteRead({
        subjectType: 'case',
        subjectId: row.id,
        fields: ['endings'],
        allowedBy: row.allowedBy || [...actor.roles].sort().join(' '),
      })
      return operation.load(endingsOfCase, row.id)
    },
  }),
)
