import type { Issue } from '../issue.ts'
import { suggestion } from '../language/did-you-mean.ts'
import { inJson } from '../language/parse-json.ts'
import { escaped } from '../language/pointer.ts'
import { isRecord } from '../language/values.ts'
import { byNumber } from '../kinds/rule.ts'
import { type Scale, sizeOf, type SubscaleId } from '../rule-set/scale.ts'

/** One answer, as printed on the form; null where the item was left out. */
export type ItemAnswer = number | null

/**
 * The answers to one questionnaire: in the order of the form, where the scale knows the numbers of its items;
 * or by subscale, each in the order of its items. One for each item; null for one that was left out.
 */
export type ScaleAnswers = readonly ItemAnswer[] | Readonly<Record<SubscaleId, readonly ItemAnswer[]>>

/** An item by its number on the form; where the scale does not know that, by its place in the subscale, from 1. */
export type Item = { subscale: SubscaleId; item: number }
export type AnsweredItem = Item & { answer: ItemAnswer }

type Refuse = (code: string, at: string, message: string, help: string) => void

/** Every item with its answer, in the order of the subscales. What cannot be an answer is reported: it is never left out and scaled away. */
export function readAnswers(scale: Scale, answers: unknown, report: (issue: Issue) => void): AnsweredItem[] {
  const refuse: Refuse = (code, at, message, help) => report({ severity: 'error', code, at, message, help })
  if (Array.isArray(answers)) return inFormOrder(scale, answers, refuse)
  if (!isRecord(answers)) {
    refuse('wrong-type', '', `answers are needed here, and this is ${inJson(answers)}`, 'give a list of them for each subscale')
    return []
  }
  for (const id of Object.keys(answers)) {
    if (!Object.hasOwn(scale.subscales, id))
      refuse(
        'unknown-subscale',
        `/${escaped(id)}`,
        `there is no subscale "${id}"`,
        suggestion(id, Object.keys(scale.subscales), 'remove it').help ?? 'remove it',
      )
  }
  return byNumber(scale.subscales).flatMap(([id, subscale]) => {
    const given = Object.hasOwn(answers, id) ? answers[id] : []
    const list: readonly unknown[] = Array.isArray(given) ? given : []
    const size = sizeOf(subscale)
    if (list.length !== size) refuse('answer-count', `/${escaped(id)}`, `"${id}" has ${size} items, and this is ${list.length}`, leaveOut)
    return Array.from({ length: size }, (_, index) => ({
      subscale: id,
      item: typeof subscale.items === 'number' ? index + 1 : subscale.items[index]!,
      answer: answerOf(list[index], scale, `/${escaped(id)}/${index}`, refuse),
    }))
  })
}

const leaveOut = 'write one for each item, and null for one that was left out'

function inFormOrder(scale: Scale, answers: readonly unknown[], refuse: Refuse): AnsweredItem[] {
  const subscales = byNumber(scale.subscales)
  if (subscales.some(([, { items }]) => typeof items === 'number')) {
    refuse('item-numbers', '', 'which item belongs to which subscale is not known here', 'give the answers by subscale')
    return []
  }
  const count = subscales.reduce((sum, [, subscale]) => sum + sizeOf(subscale), 0)
  if (answers.length !== count) refuse('answer-count', '', `the form has ${count} items, and this is ${answers.length}`, leaveOut)
  return subscales.flatMap(([subscale, { items }]) =>
    (items as readonly number[]).map((item) => ({
      subscale,
      item,
      answer: answerOf(answers[item - 1], scale, `/${item - 1}`, refuse),
    })),
  )
}

function answerOf(value: unknown, { answers: { minimum, maximum } }: Scale, at: string, refuse: Refuse): ItemAnswer {
  if (value === null || value === undefined) return null
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum && value <= maximum) return value
  refuse(
    'not-an-answer',
    at,
    `a whole number from ${minimum} to ${maximum} is needed, and this is ${typeof value === 'number' ? value : inJson(value)}`,
    'write what is printed on the form, or null where the item was left out',
  )
  return null
}
