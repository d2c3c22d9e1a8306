import type { Floor, Pattern, RiskOutcome, Score } from '@plumbline/rules'
import { builder } from '../../platform/builder.ts'
import type { Day } from '../../platform/clock.ts'
import { signedIn, type Context } from '../../platform/context.ts'
import { mayReadAnswers, mayReadWhatDecides, noteAssessmentRead } from './access.ts'
import { AnswerEnum, RiskStatusEnum } from './enums.ts'
import { bandIn, type Band, type Form } from './form.ts'
import { bandInWords, isSignable, statusOf, type BandRange, type Said } from './result.ts'

/** A risk result as it is shown: what was computed, what judgement made of it, and in which words. */
export type RiskResult = { form: Form; caseId: string; said: Said<RiskOutcome>; computed: BandRange; final: BandRange; reviewDueOn: Day }

/** What only those who read single answers may see; null for the others. */
function detail<Value>(context: Context, { said, caseId }: RiskResult, field: string, read: (outcome: RiskOutcome) => Value): Value | null {
  const { actor, operation } = signedIn(context)
  if (!said.outcome || !mayReadAnswers(actor)) return null
  noteAssessmentRead(operation, actor, caseId, `risk.${field}`)
  return read(said.outcome)
}

/** What would change the result; only for those who assess. */
const whatDecides: typeof detail = (context, result, field, read) =>
  mayReadWhatDecides(signedIn(context).actor) ? detail(context, result, field, read) : null

export const BandRef = builder.objectRef<Band>('Band').implement({
  description: 'A band of the instrument.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Its id in the instrument, `very-high`.' }),
    label: t.exposeString('label', { description: 'Its name for people.' }),
    number: t.exposeInt('number', { description: 'Its place among the bands, the lowest 1.' }),
  }),
})

type ShownRange = { form: Form; range: BandRange }
const BandRangeRef = builder.objectRef<ShownRange>('BandRange').implement({
  description: 'The band as far as it is known. Sort and decide by `atMost`: what is open counts at its worst.',
  fields: (t) => ({
    atLeast: t.field({
      type: BandRef,
      description: 'No answer that is still open can bring it below this.',
      resolve: ({ form, range }) => bandIn(form, range.atLeast),
    }),
    atMost: t.field({
      type: BandRef,
      description: 'What it is if everything open turns out at its worst.',
      resolve: ({ form, range }) => bandIn(form, range.atMost),
    }),
    isSettled: t.boolean({ description: 'True when nothing open can change it.', resolve: ({ range }) => range.atLeast === range.atMost }),
    inWords: t.string({
      description: 'To be shown: `medium`, `at least medium, possibly high`; never the lowest band while it could be higher.',
      resolve: ({ form, range }) => bandInWords(form, range),
    }),
  }),
})

const ScoreRef = builder.objectRef<Score>('RiskScore').implement({
  description: 'A score as an exact fraction: 100 × points ÷ of. It is no probability.',
  fields: (t) => ({
    points: t.exposeInt('points', { description: 'Weighted points, whole, from 0.' }),
    of: t.exposeInt('of', { description: 'The greatest points that the counted factors allow.' }),
    display: t.float({
      description: 'Of 100, rounded to one decimal for display. Nothing is compared by it.',
      resolve: ({ points, of }) => (of === 0 ? 0 : Math.round((1000 * points) / of) / 10),
    }),
  }),
})

const ScoreRangeRef = builder.objectRef<RiskOutcome['scoreRange']>('RiskScoreRange').implement({
  description: 'The score of the complete form, whatever the open answers turn out to be.',
  fields: (t) => ({
    atLeast: t.field({ type: ScoreRef, description: 'Every open answer absent.', resolve: ({ atLeast }) => atLeast }),
    atMost: t.field({ type: ScoreRef, description: 'Every open answer present and recent.', resolve: ({ atMost }) => atMost }),
  }),
})

type Shown<Value> = Value & { form: Form }
const shown = <Value>(form: Form, list: readonly Value[]): Shown<Value>[] => list.map((one) => ({ ...one, form }))
const factorLabel = (form: Form, id: string) => form.factors.find((factor) => factor.id === id)?.label ?? id

const FloorRef = builder.objectRef<Shown<Floor>>('RiskFloor').implement({
  description: 'A band that one critical answer forces by itself.',
  fields: (t) => ({
    factor: t.exposeString('factor', { description: 'Id of the factor.' }),
    label: t.string({ description: 'The factor in words.', resolve: ({ form, factor }) => factorLabel(form, factor) }),
    band: t.field({ type: BandRef, description: 'The least the band is because of it.', resolve: ({ form, band }) => bandIn(form, band) }),
    toBeVerified: t.boolean({
      description: 'True when the answer is only possible and waits to be verified.',
      resolve: ({ possible }) => possible === true,
    }),
  }),
})

const PatternRef = builder.objectRef<Shown<Pattern>>('RiskPattern').implement({
  description: 'Answers that together force a band.',
  fields: (t) => ({
    rule: t.exposeString('rule', { description: 'Id of the rule.' }),
    label: t.string({ description: 'The pattern in words.', resolve: ({ form, rule }) => form.ruleLabels.get(rule) ?? rule }),
    band: t.field({ type: BandRef, description: 'The least the band is because of it.', resolve: ({ form, band }) => bandIn(form, band) }),
    action: t.exposeString('action', { description: 'What it calls for.' }),
  }),
})

const ContributionRef = builder.objectRef<Shown<RiskOutcome['contributions'][number]>>('RiskContribution').implement({
  description: 'What one factor adds to the score.',
  fields: (t) => ({
    factor: t.exposeString('factor', { description: 'Id of the factor.' }),
    label: t.string({ description: 'The factor in words.', resolve: ({ form, factor }) => factorLabel(form, factor) }),
    answer: t.field({
      type: AnswerEnum,
      nullable: true,
      description: 'The answer that was counted; null while there is none to count.',
      resolve: ({ answer }) => answer,
    }),
    window: t.string({
      nullable: true,
      description: '`recent`, `historic` or `none`, on the day of the assessment; null while there is no answer.',
      resolve: ({ window }) => window,
    }),
    weight: t.exposeInt('weight', { description: 'How much it counts, 1 to 3 in pdv-24.' }),
    points: t.exposeInt('points', { description: 'Weight × 0, 1 or 2.' }),
  }),
})

type StillOpen = RiskOutcome['mayStillFire'] & { form: Form }
const MayStillFireRef = builder.objectRef<StillOpen>('RiskMayStillFire').implement({
  description: 'What open answers could still force. Not for the participant’s ears.',
  fields: (t) => ({
    floors: t.field({
      type: [FloorRef],
      description: 'Critical factors that are open, with the band they would force.',
      resolve: ({ form, floors }) => shown(form, floors),
    }),
    patterns: t.field({
      type: [PatternRef],
      description: 'Patterns that cannot be ruled out.',
      resolve: ({ form, patterns }) => shown(form, patterns),
    }),
  }),
})

export const RiskResultRef = builder.objectRef<RiskResult>('RiskResult').implement({
  description: 'How serious the danger is, as far as the answers tell; an aid to judgement, shown on the safe side.',
  fields: (t) => ({
    status: t.field({ type: RiskStatusEnum, description: 'How much of the form it rests on.', resolve: ({ said }) => statusOf(said) }),
    band: t.field({
      type: BandRangeRef,
      description: 'The final band, judgement included.',
      resolve: ({ form, final }) => ({ form, range: final }),
    }),
    computedBand: t.field({
      type: BandRangeRef,
      description: 'The band by the rules alone: the highest of score, floors and patterns.',
      resolve: ({ form, computed }) => ({ form, range: computed }),
    }),
    reviewDueOn: t.expose('reviewDueOn', {
      type: 'Day',
      description: 'The day by which it is looked at again; by the highest band possible.',
    }),
    selfReportOnly: t.boolean({
      description: 'True when nobody but the participant is named as a source for violence and control.',
      resolve: ({ said }) => said.outcome?.selfReportOnly ?? true,
    }),
    signable: t.boolean({
      description: 'True when every factor was asked, and the lowest band does not rest on the participant’s own account alone.',
      resolve: ({ form, said }) => isSignable(form, said.outcome),
    }),
    statement: t.string({
      description: 'To be printed with the result: that the instrument is not validated.',
      resolve: ({ form }) => form.statement,
    }),
    score: t.field({
      type: ScoreRef,
      nullable: true,
      description: 'Over the answered factors; null when too few are answered.',
      resolve: (row, _, context) => detail(context, row, 'score', ({ score }) => score),
    }),
    scoreRange: t.field({
      type: ScoreRangeRef,
      nullable: true,
      description: 'Over the whole form, with the open answers at their best and at their worst.',
      resolve: (row, _, context) => detail(context, row, 'score', ({ scoreRange }) => scoreRange),
    }),
    floors: t.field({
      type: [FloorRef],
      nullable: true,
      description: 'Critical answers that force a band.',
      resolve: (row, _, context) => detail(context, row, 'floors', ({ floors }) => shown(row.form, floors)),
    }),
    patterns: t.field({
      type: [PatternRef],
      nullable: true,
      description: 'Patterns that fired.',
      resolve: (row, _, context) => detail(context, row, 'patterns', ({ patterns }) => shown(row.form, patterns)),
    }),
    contributions: t.field({
      type: [ContributionRef],
      nullable: true,
      description: 'What each factor adds, in the order of the form.',
      resolve: (row, _, context) => detail(context, row, 'contributions', ({ contributions }) => shown(row.form, contributions)),
    }),
    unknown: t.stringList({
      nullable: true,
      description: 'Ids of factors that were asked and are not known.',
      resolve: (row, _, context) => detail(context, row, 'unknown', ({ unknown }) => unknown),
    }),
    mayStillFire: t.field({
      type: MayStillFireRef,
      nullable: true,
      description: 'What open answers could still force. Only for those who assess.',
      resolve: (row, _, context) => whatDecides(context, row, 'mayStillFire', ({ mayStillFire }) => ({ ...mayStillFire, form: row.form })),
    }),
    deciding: t.stringList({
      nullable: true,
      description: 'Ids of open factors whose answer can change the final band. Only for those who assess.',
      resolve: (row, _, context) => whatDecides(context, row, 'deciding', ({ deciding }) => deciding),
    }),
  }),
})
