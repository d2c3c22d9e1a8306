import { type Answer, type AnswerRef, refOf, type Way, type Ways } from '../answers/answer.ts'
import { isCertain, isSame, type Outlook, wordsOf } from '../answers/outlook.ts'
import { Trial } from '../answers/trial.ts'
import type { DecisionInput, Facts, FactValue } from '../language/facts.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { bitsOf } from './outcome.ts'
import { counterfactualsInEnglish, type CounterfactualMessages } from './messages.ts'
import { headOf, type ForStaffOnly } from './head.ts'
import { sentencesOfChanges } from './sentences.ts'

/** **For staff only.** How near the outcome is to another one. Whoever was assessed could be coached by it. */
export type SmallestChanges = ForStaffOnly & {
  /** What can come out now, for each question the kind answers. */
  from: string[][]
  /** What was asked for. Without it any other outcome counts, a narrower range too. */
  to?: string
  /** Answers changed at most, as asked. */
  atMost: 1 | 2
  /** How many answers each change has. Null where no change of so many alters the outcome. */
  size: number | null
  changes: Change[]
  /** Changes found beyond the `MOST_CHANGES` that are listed. */
  more: number
  /** Whether every change of this size was tried. Otherwise others may exist: the limit of looks was hit, or an answer can be given in more ways than were tried. */
  isComplete: boolean
  sentences: string[]
}

export type Change = { answers: AnswerChange[]; outcome: string[][] }
/** `window`: only where it makes a difference when it last happened. Null: not known. `ANY_OTHER_TEXT`: any that no rule mentions. */
export type AnswerChange = AnswerRef & { from: FactValue; to: FactValue; window?: 'recent' | 'historic' }

export type ChangeOptions = {
  /** The outcome wanted, one of `outcomesOf`. It has to be certain. */
  to?: string
  /** Answers changed at most: 1 or 2, which is also the default. */
  atMost?: 1 | 2
  messages?: CounterfactualMessages
}

/** Looks at most: enough for every pair of answers of 24 factors with five ways each. */
const LOOKS = 20_000
/** Changes listed at most. */
export const MOST_CHANGES = 200

/**
 * **For staff only.** All smallest changes that alter the outcome: of one answer where one does, otherwise of two.
 * Each was verified by looking at the outcome again. Values stand for others that the rules cannot tell apart.
 * @throws RangeError where the rule set knows no outcome `to`
 */
export function smallestChange<Supplied extends object = Facts>(
  ruleSet: RuleSet<Supplied>,
  kind: KindId,
  input: DecisionInput<NoInfer<Supplied>>,
  options?: ChangeOptions,
): SmallestChanges
export function smallestChange(ruleSet: RuleSet, kind: KindId, input: DecisionInput, options: ChangeOptions = {}): SmallestChanges {
  const { to, atMost = 2, messages = counterfactualsInEnglish } = options
  const trial = new Trial(ruleSet, kind, input, LOOKS)
  const wanted = to === undefined ? undefined : bitsOf(trial.ladders, kind, to)
  const isAltered = (outlook: Outlook) =>
    wanted ? outlook[wanted.ladder] === wanted.bits && trial.start[wanted.ladder] !== wanted.bits : !isSame(outlook, trial.start)
  // With two answers unknown everything is possible that any way of giving them leads to.
  const cannotAlter = (outlook: Outlook) =>
    wanted ? ((outlook[wanted.ladder] ?? 0) & wanted.bits) === 0 : isCertain(trial.start) && isSame(outlook, trial.start)
  let found: Change[] = []
  for (const size of atMost === 1 ? [1] : [1, 2]) {
    found = merged(size === 1 ? changesOfOne(trial, isAltered) : changesOfTwo(trial, isAltered, cannotAlter))
    if (found.length > 0) break
  }
  const result: Omit<SmallestChanges, 'sentences'> = {
    ...headOf(ruleSet, kind, input),
    from: wordsOf(trial.start, trial.ladders),
    ...(to === undefined ? {} : { to }),
    atMost,
    size: found[0]?.answers.length ?? null,
    changes: found.slice(0, MOST_CHANGES),
    more: Math.max(0, found.length - MOST_CHANGES),
    isComplete: trial.left > 0 && trial.answers.every((answer) => (found[0]?.answers.length === 1 ? answer.alone : answer).isExhaustive),
  }
  return { ...result, sentences: sentencesOfChanges(result, ruleSet, messages) }
}

type IsAltered = (outlook: Outlook) => boolean

function changesOfOne(trial: Trial, isAltered: IsAltered): Change[] {
  return trial.answers.flatMap((answer) => {
    const found = othersOf(answer, answer.alone).flatMap((way) => {
      trial.try(way)
      const outlook = trial.left > 0 ? trial.look() : trial.start
      return isAltered(outlook) ? [{ answers: [changed(answer, way)], outcome: wordsOf(outlook, trial.ladders) }] : []
    })
    trial.restore([answer])
    return found
  })
}

function changesOfTwo(trial: Trial, isAltered: IsAltered, cannotAlter: IsAltered): Change[] {
  const found: Change[] = []
  for (const [place, one] of trial.answers.entries()) {
    for (const other of trial.answers.slice(place + 1)) {
      if (trial.left <= 0) return found
      trial.try(one.unknown)
      trial.try(other.unknown)
      if (!cannotAlter(trial.look())) found.push(...changesOfPair(trial, isAltered, one, other))
      trial.restore([one, other])
    }
  }
  return found
}

function changesOfPair(trial: Trial, isAltered: IsAltered, one: Answer, other: Answer): Change[] {
  const found: Change[] = []
  for (const first of othersOf(one, one)) {
    trial.try(first)
    for (const second of othersOf(other, other)) {
      if (trial.left <= 0) return found
      trial.try(second)
      const outlook = trial.look()
      if (isAltered(outlook))
        found.push({ answers: [changed(one, first), changed(other, second)], outcome: wordsOf(outlook, trial.ladders) })
    }
  }
  return found
}

/** Ways that differ from how it stands. */
const othersOf = ({ now }: Answer, { ways }: Ways): readonly Way[] =>
  ways.filter(({ value, window }) => !isEqual(value, now.value) || window !== now.window)
const isEqual = (one: FactValue, other: FactValue): boolean => JSON.stringify(one) === JSON.stringify(other)

const changed = (answer: Answer, { value, window }: Way): AnswerChange => ({
  ...refOf(answer),
  from: answer.now.value,
  to: value,
  ...(window ? { window } : {}),
})

/** Where an answer does the same whenever it last happened, that is one change. */
function merged(changes: readonly Change[]): Change[] {
  const byValue = new Map<string, Change[]>()
  for (const change of changes) {
    const key = JSON.stringify([change.answers.map(withoutWindow), change.outcome])
    byValue.set(key, [...(byValue.get(key) ?? []), change])
  }
  return [...byValue.values()].flatMap((alike) => {
    const windowsOf = (place: number) => new Set(alike.map(({ answers }) => answers[place]?.window)).size
    const [first] = alike
    const complete = first?.answers.reduce((product, { window }, place) => product * (window ? windowsOf(place) : 1), 1) === alike.length
    if (!first || !complete) return alike
    return [{ ...first, answers: first.answers.map((answer, place) => (windowsOf(place) > 1 ? withoutWindow(answer) : answer)) }]
  })
}

function withoutWindow({ window: _whenever, ...answer }: AnswerChange): AnswerChange {
  return answer
}
