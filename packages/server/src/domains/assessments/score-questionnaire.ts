import { type Item, type ScaleAnswers, scoreScale } from '@plumbline/rules/scales'
import type { Actor } from '../../platform/actor.ts'
import { builder, RefusalInterface, usualRefusals } from '../../platform/builder.ts'
import { dueSameDay } from '../../platform/calendar/index.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError, InvalidInput, NotFound } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertWorkableCase } from '../cases/index.ts'
import { assessors } from '../providers/index.ts'
import { NoRuleSetInForce, ruleSetOn } from '../rule-sets/index.ts'
import { cancelTaskAbout, openTask } from '../tasks/index.ts'
import { EvidenceSourceEnum } from './enums.ts'
import { OutsideResultRef } from './outside-result-graphql.ts'
import type { OutsideResult } from './outside-result.ts'
import { keptToolIds, type KeptTool } from './outside-tools.ts'
import { OutsideResultFromPartner, recordOutsideResult } from './record-outside-result.ts'
import { asResult, scoringText } from './scoring.ts'
import type { EvidenceSource } from './words.ts'

type AnswerFault = { pointer: string; message: string; help: string | null }

/** Something is no answer that the form has. Nothing was scored and nothing saved. */
export class AnswersNotUsable extends DomainError {
  override name = 'AnswersNotUsable'
  readonly code = 'answers-not-usable'
  readonly faults: AnswerFault[]
  constructor(faults: AnswerFault[]) {
    super('these answers cannot be scored; nothing was saved', 'put right what `faults` names; an item that was left out is null')
    this.faults = faults
  }
}

export type Questionnaire = {
  idempotencyKey: string
  caseId: Uuid
  /** Id of a scale of the rule set in force on that day. */
  scale: string
  takenOn: Day
  answers: ScaleAnswers
  source: EvidenceSource
  correctsId?: Uuid | null | undefined
  correctionReason?: string | null | undefined
}

/**
 * Scores a questionnaire and records the result beside the assessment. Its answers are not kept.
 * A risk item that asks, or was left out, becomes a task of the same day.
 * @throws NotFound, NotAllowed, NoRuleSetInForce, AnswersNotUsable, OutsideResultFromPartner, InvalidInput (field of the input)
 */
export async function scoreQuestionnaire(tx: Tx, actor: Actor, { answers, scale: id, ...about }: Questionnaire): Promise<OutsideResult> {
  await assertWorkableCase(tx, actor, about.caseId)
  if (about.takenOn > tx.today) throw new InvalidInput('takenOn', 'this day has not come yet')
  const { ruleSet } = await ruleSetOn(tx, actor, about.takenOn)
  const { scales } = ruleSet.document
  const scale = Object.hasOwn(scales, id) ? scales[id] : undefined
  if (!scale)
    throw new InvalidInput('scale', 'the rule set in force on that day has no such scale', `it has: ${Object.keys(scales).join(', ')}`)
  const outcome = scoreScale(ruleSet, id, answers)
  if (!outcome.ok) throw new AnswersNotUsable(outcome.issues.map(({ at, message, help }) => ({ pointer: at, message, help: help ?? null })))
  const { result } = outcome
  const isKept = (keptToolIds as readonly string[]).includes(id)
  const kept = {
    ...about,
    tool: isKept ? (id as KeptTool) : ('other' as const),
    name: isKept ? null : scale.label.slice(0, 200),
    toolVersion: scale.version,
    ...asResult(result, scale),
    scoring: scoringText(result, scale),
  }
  return recordOutsideResult(tx, actor, kept, (recorded) => askAboutRisks(tx, actor, recorded, result.risks, result.openRisks))
}

async function askAboutRisks(
  tx: Tx,
  actor: Actor,
  { id, caseId, correctsId }: OutsideResult,
  risks: readonly Item[],
  openRisks: readonly Item[],
): Promise<void> {
  const about = { type: 'outside-result', id }
  if (correctsId)
    for (const kind of ['safeguarding', 'open-questions'] as const)
      await cancelTaskAbout(tx, actor, { ...about, id: correctsId }, kind, 'the answers were put right')
  const asked = { about, caseId, ownerId: actor.id, side: 'participant', due: { by: dueSameDay(tx.now, 8) } } as const
  if (risks.length > 0)
    await openTask(tx, actor, { ...asked, kind: 'safeguarding', title: 'Ask today about the risk items that a questionnaire answers' })
  if (openRisks.length > 0)
    await openTask(tx, actor, { ...asked, kind: 'open-questions', title: 'Ask today about the risk items that a questionnaire left out' })
}

const AnswerFaultRef = builder.objectRef<AnswerFault>('AnswerFault').implement({
  description: 'What is no answer that the form has.',
  fields: (t) => ({
    pointer: t.exposeString('pointer', {
      description: 'Place in the answers, from 0: `/6` is the seventh item, `/action/0` the first of a subscale; empty for all of them.',
    }),
    message: t.exposeString('message', { description: 'What is wrong, in one line.' }),
    help: t.exposeString('help', { nullable: true, description: 'What to do; null where the message says it.' }),
  }),
})

builder.objectType(AnswersNotUsable, {
  name: 'AnswersNotUsable',
  interfaces: [RefusalInterface],
  description: 'Something is no answer that the form has. Nothing was scored and nothing saved.',
  fields: (t) => ({
    faults: t.field({ type: [AnswerFaultRef], description: 'All of them.', resolve: ({ faults }) => faults }),
  }),
})

const SubscaleAnswersInput = builder.inputType('SubscaleAnswersInput', {
  description: 'The answers of one subscale.',
  fields: (t) => ({
    subscale: t.string({ required: true, description: 'Its id, such as `action`.' }),
    answers: t.intList({
      required: { list: true, items: false },
      description: 'One for each of its items, in their order; null for one that was left out.',
    }),
  }),
})

const ScoreQuestionnaireInput = builder.inputType('ScoreQuestionnaireInput', {
  description: 'The answers to a questionnaire, as the values printed on the form. Never its questions. They are scored and not kept.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one filling.' }),
    caseId: t.id({ required: true, description: 'Global id of the case.' }),
    scale: t.string({ required: true, description: 'Id of a scale of the rule set in force on that day: `core-om`, `urica-dv`.' }),
    takenOn: t.field({ type: 'Day', required: true, description: 'The day it was filled in; today or earlier.' }),
    answers: t.intList({
      required: { list: false, items: false },
      description: 'One for each item, in the order of the form; null for one that was left out. These, or `bySubscale`.',
    }),
    bySubscale: t.field({
      type: [SubscaleAnswersInput],
      description: 'The answers by subscale, where the scale does not know which item belongs where.',
    }),
    source: t.field({
      type: EvidenceSourceEnum,
      required: true,
      description: 'Whose account it rests on: `SELF` for a form that the person filled in. `PARTNER` is refused here.',
    }),
    correctsId: t.id({ description: 'Global id of the result of this case that it puts right; both stay.' }),
    correctionReason: t.field({ type: 'LongText', description: 'Why; required with `correctsId`.' }),
  }),
})

type Sent = {
  answers?: readonly (number | null | undefined)[] | null | undefined
  bySubscale?: readonly { subscale: string; answers: readonly (number | null | undefined)[] }[] | null | undefined
}

/** Exactly one of the two, as the library takes it. @throws InvalidInput */
function answersIn({ answers, bySubscale }: Sent): ScaleAnswers {
  if (Boolean(answers) === Boolean(bySubscale))
    throw new InvalidInput('answers', 'answers come in the order of the form or by subscale', 'give one of the two')
  const asGiven = (list: readonly (number | null | undefined)[]) => list.map((answer) => answer ?? null)
  if (answers) return asGiven(answers)
  const given = bySubscale ?? []
  const twice = given.findIndex(({ subscale }, index) => given.findIndex((other) => other.subscale === subscale) < index)
  if (twice >= 0) throw new InvalidInput(`bySubscale.${twice}.subscale`, 'this subscale stands here twice', 'leave one of the two out')
  return Object.fromEntries(given.map(({ subscale, answers: list }) => [subscale, asGiven(list)]))
}

builder.mutationField('scoreQuestionnaire', (t) =>
  t.field({
    ...calledBy(
      assessors,
      'Scores a questionnaire by the rule set in force on its day, and records the result beside our own assessment. A risk item that asks, or was left out, becomes a task of the same day.',
    ),
    type: OutsideResultRef,
    args: { input: t.arg({ type: ScoreQuestionnaireInput, required: true, description: 'Which questionnaire, and its answers.' }) },
    errors: { types: [...usualRefusals, NoRuleSetInForce, AnswersNotUsable, OutsideResultFromPartner] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'score-questionnaire', (tx, actor) => {
        const { caseId, correctsId, answers, bySubscale, ...filling } = input
        const id = localId('Case', caseId)
        if (!id) throw new NotFound('case')
        const corrected = correctsId ? localId('OutsideResult', correctsId) : null
        if (correctsId && !corrected) throw new NotFound('outside result')
        return scoreQuestionnaire(tx, actor, { ...filling, caseId: id, correctsId: corrected, answers: answersIn({ answers, bySubscale }) })
      }),
  }),
)
