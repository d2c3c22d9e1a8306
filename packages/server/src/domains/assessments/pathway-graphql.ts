import type { PathwayOutcome, Proposal, ProposedWhat } from '@plumbline/rules'
import { builder } from '../../platform/builder.ts'
import type { Form } from './form.ts'
import type { Said } from './result.ts'
import { DeadlineLengthRef, OpenQuestionRef } from './safeguarding-graphql.ts'

/** What else the person needs, as it is shown. */
export type PathwayResult = { form: Form; said: Said<PathwayOutcome> }

type ShownOutcome = PathwayOutcome['outcome']
const PathwayOutcomeEnum = builder.enumType('PathwayOutcome', {
  description: 'Whether more than the programme is called for.',
  values: {
    PROPOSE: { value: 'propose', description: 'At least one thing is proposed; a named person decides on each.' },
    ASK: { value: 'ask', description: 'Nothing is proposed for certain, and something cannot be told yet.' },
    NOTHING_MORE: { value: 'nothing-more', description: 'Everything was asked, and nothing more is called for.' },
    HUMAN_REVIEW: { value: 'human-review', description: 'The rules could not decide, or there are none; a person must.' },
  } satisfies Record<string, { value: ShownOutcome; description: string }>,
})

const ProposalWhatEnum = builder.enumType('ProposalWhat', {
  description: 'What is proposed beside the programme.',
  values: {
    ONE_TO_ONE: { value: 'one-to-one', description: 'One-to-one work.' },
    ONWARD_REFERRAL: { value: 'onward-referral', description: 'A referral to a specialist.' },
    PARENTING_STRAND: { value: 'parenting-strand', description: 'What is offered to parents.' },
    PROGRAMME_VARIANT: { value: 'programme-variant', description: 'A form of the programme.' },
    RETENTION_MEASURE: { value: 'retention-measure', description: 'Something that helps the person to stay.' },
  } satisfies Record<string, { value: ProposedWhat; description: string }>,
})

/** The one word that says which: the specialist, the form of the programme, the measure. */
function particularOf(proposal: Proposal): string | null {
  switch (proposal.what) {
    case 'onward-referral':
      return proposal.to
    case 'programme-variant':
      return proposal.variant
    case 'retention-measure':
      return proposal.measure
    case 'one-to-one':
    case 'parenting-strand':
      return null
  }
}

const ProposalRef = builder.objectRef<Proposal & { form: Form }>('PathwayProposal').implement({
  description: 'Something that a rule proposes beside the programme.',
  fields: (t) => ({
    rule: t.exposeString('rule', { description: 'Id of the rule.' }),
    label: t.string({ description: 'The rule in words.', resolve: ({ form, rule }) => form.pathwayLabels.get(rule) ?? rule }),
    what: t.field({ type: ProposalWhatEnum, description: 'What it proposes.', resolve: ({ what }) => what }),
    particular: t.string({
      nullable: true,
      description: 'Which specialist, form of the programme or measure; null for one-to-one work and the parenting strand.',
      resolve: particularOf,
    }),
    reason: t.exposeString('reason', {
      description:
        'Why: for one-to-one work `everybody-in-a-group`, `language`, `literacy`, `suicide-risk` or `partner-safety`, else a sentence.',
    }),
    every: t.field({
      type: DeadlineLengthRef,
      nullable: true,
      description: 'How often at the least, for one-to-one work; null where the provider does not say.',
      resolve: (proposal) => (proposal.what === 'one-to-one' ? proposal.every : null),
    }),
  }),
})

export const PathwayResultRef = builder.objectRef<PathwayResult>('PathwayResult').implement({
  description: 'What else the person needs, on the answers of the assessment, its band and what other slices know. Proposals only.',
  fields: (t) => ({
    outcome: t.field({
      type: PathwayOutcomeEnum,
      description: 'In one word.',
      resolve: ({ said }): ShownOutcome => (said.needsHumanReview || !said.outcome ? 'human-review' : said.outcome.outcome),
    }),
    proposals: t.field({
      type: [ProposalRef],
      description: 'What is proposed for certain, in the order of the rules.',
      resolve: ({ form, said }) => (said.outcome?.proposals ?? []).map((one) => ({ ...one, form })),
    }),
    undecided: t.field({
      type: [ProposalRef],
      description: 'What cannot be told yet whether to propose. Never the same as nothing to do.',
      resolve: ({ form, said }) => (said.outcome?.undecided ?? []).map((one) => ({ ...one, form })),
    }),
    needs: t.field({
      type: [OpenQuestionRef],
      description: 'What to ask so that it can be told.',
      resolve: ({ form, said }) => (said.outcome?.needs ?? []).map((fact) => ({ fact, question: form.questions.get(fact) ?? fact })),
    }),
  }),
})
