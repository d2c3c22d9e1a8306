import { byNumber } from '@plumbline/rules'
import type { Fraction, Item, ReliableChange, Scored } from '@plumbline/rules/scales'
import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { enumOf } from '../../platform/enum-of.ts'
import { localId } from '../../platform/ids.ts'
import { ruleSetOn } from '../rule-sets/index.ts'
import { OutsideResultRef } from './outside-result-graphql.ts'
import { outsideResultsOfCase, type OutsideResult } from './outside-result.ts'
import { changesBetween, scoringOf, type Scoring } from './scoring.ts'

const ScoreStatusEnum = enumOf<Scored['status']>('QuestionnaireScoreStatus', 'How much of the questionnaire a score rests on.', {
  complete: 'Every item was answered.',
  prorated: 'Scaled to the items answered, as the publisher allows.',
  unknown: 'Too many items were left out for a score. It is not low.',
})
const ReachesCutOffEnum = enumOf<NonNullable<Scored['reachesCutOff']>>(
  'ReachesCutOff',
  'On which side of the publisher’s cut-off a score lies.',
  {
    yes: 'At or above it.',
    no: 'Below it.',
    'cannot-tell': 'What was left out could bring it to either side.',
  },
)
const ReliableChangeEnum = enumOf<ReliableChange>('ReliableChange', 'Whether a score changed by more than the error of measurement.', {
  better: 'Better. On the person’s own account that is no evidence of safety.',
  worse: 'Worse.',
  'no-reliable-change': 'Less than the error of measurement: nothing was shown, which does not say that nothing changed.',
  'cannot-tell': 'One of the two is unknown, was scored in another way, or is rounded too far.',
})

const ExactNumberRef = builder.objectRef<Fraction>('ExactNumber').implement({
  description: 'A number as a fraction, so that it is exact.',
  fields: (t) => ({
    numerator: t.exposeInt('numerator', { description: 'What is divided.' }),
    denominator: t.exposeInt('denominator', { description: 'By what, 1 or more.' }),
    display: t.float({
      description: 'Rounded to one decimal for display. Nothing is compared by it.',
      resolve: ({ numerator, denominator }) => Math.round((10 * numerator) / denominator) / 10,
    }),
  }),
})

const ItemRef = builder.objectRef<Item>('QuestionnaireItem').implement({
  description: 'An item by its number. Its text is in no place here.',
  fields: (t) => ({
    subscale: t.exposeString('subscale', { description: 'Id of its subscale.' }),
    item: t.exposeInt('item', {
      description: 'Its number on the form; where the scale does not know that, its place in the subscale, from 1.',
    }),
  }),
})

type Score = Scoring['scores'][string] & { id: string }
const ScoreRef = builder.objectRef<Score>('QuestionnaireScore').implement({
  description: 'One score of a questionnaire. It says nothing of danger by itself.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Its id in the scale, `total`.' }),
    label: t.exposeString('label', { description: 'In words.' }),
    status: t.expose('status', { type: ScoreStatusEnum, description: 'How much it rests on.' }),
    value: t.field({ type: ExactNumberRef, nullable: true, description: 'In points; null while unknown.', resolve: ({ value }) => value }),
    atLeast: t.field({
      type: ExactNumberRef,
      description: 'The least it could be, whatever the items left out would have said.',
      resolve: ({ range }) => range.atLeast,
    }),
    atMost: t.field({ type: ExactNumberRef, description: 'The most it could be.', resolve: ({ range }) => range.atMost }),
    missing: t.field({ type: [ItemRef], description: 'The items that were left out.', resolve: ({ missing }) => missing }),
    reachesCutOff: t.field({
      type: ReachesCutOffEnum,
      nullable: true,
      description: 'On which side of the publisher’s cut-off; null where there is none.',
      resolve: ({ reachesCutOff }) => reachesCutOff,
    }),
  }),
})

type Change = { since: OutsideResult; changes: Record<string, ReliableChange> }
const ScoreChangeRef = builder.objectRef<{ score: string; change: ReliableChange }>('QuestionnaireScoreChange').implement({
  description: 'The change of one score.',
  fields: (t) => ({
    score: t.exposeString('score', { description: 'Id of the score.' }),
    change: t.expose('change', { type: ReliableChangeEnum, description: 'Whether it is one.' }),
  }),
})
const ChangeRef = builder.objectRef<Change>('QuestionnaireChange').implement({
  description: 'What changed since an earlier result, by the publisher’s own figures.',
  fields: (t) => ({
    since: t.field({ type: OutsideResultRef, description: 'The earlier result.', resolve: ({ since }) => since }),
    scores: t.field({
      type: [ScoreChangeRef],
      description: 'Each score of which the publisher names a figure; empty where there is none.',
      resolve: ({ changes }) => Object.entries(changes).map(([score, change]) => ({ score, change })),
    }),
  }),
})

type Shown = Scoring & { row: OutsideResult }
const ScoringRef = builder.objectRef<Shown>('QuestionnaireScoring').implement({
  description: 'What a questionnaire was scored as. Its answers are not kept.',
  fields: (t) => ({
    scale: t.exposeString('scale', { description: 'Id of the scale.' }),
    version: t.exposeString('version', { description: 'Version of the scoring.' }),
    scores: t.field({
      type: [ScoreRef],
      description: 'Every score, that of the whole questionnaire first.',
      resolve: ({ scores }) => byNumber(scores).map(([id, score]) => ({ ...score, id })),
    }),
    risks: t.field({ type: [ItemRef], description: 'Items that ask today, whatever any score says.', resolve: ({ risks }) => [...risks] }),
    openRisks: t.field({
      type: [ItemRef],
      description: 'Items that would ask so and were left out. Missing is not safe.',
      resolve: ({ openRisks }) => [...openRisks],
    }),
    change: t.field({
      type: ChangeRef,
      nullable: true,
      description: 'What changed since an earlier result of this questionnaire and case; null where there is none such.',
      args: { sinceId: t.arg.id({ description: 'Global id of the earlier result; the first that counts, where left out.' }) },
      resolve: async ({ row, ...scoring }, { sinceId }, context) => {
        const { actor, operation } = signedIn(context)
        const results = await operation.load(outsideResultsOfCase, row.caseId)
        const earlier = results.filter((one) => one.tool === row.tool && one.name === row.name && one.takenOn < row.takenOn)
        const since = sinceId
          ? earlier.find(({ id }) => id === localId('OutsideResult', sinceId))
          : earlier.findLast((one) => !one.isCorrected)
        if (!since) return null
        const { ruleSet } = await ruleSetOn(await operation.read(), actor, row.takenOn)
        return { since, changes: changesBetween(ruleSet, since, scoring) }
      },
    }),
  }),
})

builder.objectField(OutsideResultRef, 'scoring', (t) =>
  t.field({
    type: ScoringRef,
    nullable: true,
    description: 'Its scores, where it was scored here; null where the result was recorded as it came.',
    resolve: (row) => {
      const scoring = scoringOf(row)
      return scoring && { ...scoring, row }
    },
  }),
)
