import type { SafeguardingOutcome, Trigger } from '@plumbline/rules'
import { builder } from '../../platform/builder.ts'
import { SafeguardingLevelEnum } from '../safeguarding/index.ts'
import type { Form } from './form.ts'
import type { Said } from './result.ts'

/** Whether somebody must be told, as it is shown. */
export type SafeguardingResult = { form: Form; said: Said<SafeguardingOutcome> }

type ShownOutcome = SafeguardingOutcome['outcome'] | 'needs-human-review'
const SafeguardingOutcomeEnum = builder.enumType('SafeguardingOutcome', {
  description: 'Whether somebody must be told.',
  values: {
    TELL: { value: 'tell', description: 'At least one trigger fired.' },
    ASK: { value: 'ask', description: 'None fired, and at least one cannot be ruled out.' },
    NOTHING: { value: 'nothing', description: 'Every trigger was ruled out.' },
    NEEDS_HUMAN_REVIEW: { value: 'needs-human-review', description: 'The rules could not decide; a person must.' },
  } satisfies Record<string, { value: ShownOutcome; description: string }>,
})

export const DeadlineLengthRef = builder.objectRef<Trigger['within']>('DeadlineLength').implement({
  description: 'A length of time: a deadline, whose concern has the instant, or how often something happens.',
  fields: (t) => ({
    amount: t.exposeInt('amount', { description: 'How many.' }),
    unit: t.exposeString('unit', { description: '`hours`, `working-days`, `days` or `weeks`.' }),
  }),
})

const TriggerRef = builder.objectRef<Trigger & { form: Form }>('SafeguardingTrigger').implement({
  description: 'A danger that was found, and who must be told.',
  fields: (t) => ({
    rule: t.exposeString('rule', { description: 'Id of the rule.' }),
    label: t.string({ description: 'The danger in words.', resolve: ({ form, rule }) => form.ruleLabels.get(rule) ?? rule }),
    level: t.field({ type: SafeguardingLevelEnum, description: 'How urgent it is.', resolve: ({ level }) => level }),
    tell: t.exposeStringList('tell', { description: 'Whom to tell, the first first.' }),
    within: t.field({ type: DeadlineLengthRef, description: 'By when, from the moment it is known.', resolve: ({ within }) => within }),
  }),
})

type Question = { fact: string; question: string }
export const OpenQuestionRef = builder.objectRef<Question>('OpenQuestion').implement({
  description: 'A question whose answer would settle something.',
  fields: (t) => ({
    fact: t.exposeString('fact', { description: 'Name of the fact it asks for.' }),
    question: t.exposeString('question', { description: 'How to ask, in plain words.' }),
  }),
})

const NotRuledOutRef = builder.objectRef<SafeguardingOutcome['cannotBeRuledOut'][number] & { form: Form }>('NotRuledOut').implement({
  description: 'A danger that cannot be ruled out.',
  fields: (t) => ({
    rule: t.exposeString('rule', { description: 'Id of the rule.' }),
    label: t.string({ description: 'The danger in words.', resolve: ({ form, rule }) => form.ruleLabels.get(rule) ?? rule }),
    questions: t.field({ type: [OpenQuestionRef], description: 'What would settle it.', resolve: ({ questions }) => questions }),
  }),
})

export const SafeguardingResultRef = builder.objectRef<SafeguardingResult>('SafeguardingResult').implement({
  description: 'Whether somebody must be told, on what was said of the present situation and the band of the assessment.',
  fields: (t) => ({
    outcome: t.field({
      type: SafeguardingOutcomeEnum,
      description: 'In one word.',
      resolve: ({ said }): ShownOutcome => (said.needsHumanReview || !said.outcome ? 'needs-human-review' : said.outcome.outcome),
    }),
    triggers: t.field({
      type: [TriggerRef],
      description: 'All that fired, the most urgent first.',
      resolve: ({ form, said }) => (said.outcome?.triggers ?? []).map((one) => ({ ...one, form })),
    }),
    cannotBeRuledOut: t.field({
      type: [NotRuledOutRef],
      description: 'What was never asked or is not known, and could matter; the most urgent first.',
      resolve: ({ form, said }) => (said.outcome?.cannotBeRuledOut ?? []).map((one) => ({ ...one, form })),
    }),
  }),
})
