import { whyInEnglish, type WhyMessages } from '../why/messages.ts'
import type { Translated } from '../explain/messages/index.ts'

/** What the functions here say, in English. They describe rules and answers: never what anybody is to do about them. */
export const counterfactualsInEnglish = {
  ...whyInEnglish,
  counterfactuals: {
    forStaffOnly: () =>
      'For staff only: not for the person it is about, nor for reports, referrers, courts or answers to subject-access requests',

    noSmallChange: ({ atMost }: { atMost: number }) =>
      `${atMost === 1 ? 'No other way of giving one answer' : 'No other way of giving one or two answers'} alters the outcome`,
    noSmallChangeTo: ({ atMost, outcome }: { atMost: number; outcome: string }) =>
      `${atMost === 1 ? 'No other way of giving one answer' : 'No other way of giving one or two answers'} leads to ${outcome}`,
    alters: ({ count, size }: { count: number; size: number }) =>
      size === 1
        ? `${count} ${count === 1 ? 'change of one answer alters' : 'changes of one answer alter'} the outcome`
        : `No change of one answer alters the outcome; ${count} ${count === 1 ? 'change of two answers does' : 'changes of two answers do'}`,
    altersTo: ({ count, size, outcome }: { count: number; size: number; outcome: string }) =>
      size === 1
        ? `${count} ${count === 1 ? 'change of one answer leads' : 'changes of one answer lead'} to ${outcome}`
        : `No change of one answer leads to ${outcome}; ${count} ${count === 1 ? 'change of two answers does' : 'changes of two answers do'}`,
    change: ({ answers, outcome }: { answers: readonly string[]; outcome: string }) => `${answers.join('; ')} → ${outcome}`,
    changedAnswer: ({ label, from, to, window }: { label: string; from: string; to: string; window?: string }) =>
      `${label}: ${to}${window === undefined ? '' : `, ${window}`} instead of ${from}`,
    outcomes: ({ outcomes }: { outcomes: readonly string[] }) => outcomes.join(' or '),
    more: ({ count }: { count: number }) => `and ${count} more`,
    incomplete: () => 'Not everything could be tried, so there may be others',

    settled: ({ outcome }: { outcome: string }) => `The outcome is certain: ${outcome}`,
    canBe: ({ outcomes }: { outcomes: readonly string[] }) => `Open answers leave this possible: ${outcomes.join(' or ')}`,
    toAsk: ({ count, isShortest }: { count: number; isShortest: boolean }) => {
      const questions = `${count} ${count === 1 ? 'question settles' : 'questions settle'} it, whatever the answers are`
      return isShortest ? `${questions}; no shorter list does` : `At most ${questions}; a shorter list may do as well`
    },
    nothingToAsk: () => 'No question that is open settles it: an answer that was given cannot be right',
    question: ({ question }: { question: string }) => question,
    questionAgain: ({ question }: { question: string }) => `${question} (what was answered cannot be right)`,
    questionOnEntry: ({ label, question }: { label: string; question: string }) => `${label} (${question})`,

    nothingNear: () => 'No rule is one answer away from holding',
    near: ({ count }: { count: number }) => `${count} ${count === 1 ? 'rule is' : 'rules are'} one answer away from holding`,
    nearRule: ({ label, changes }: { label: string; changes: readonly string[] }) =>
      `${label}. It would hold with ${changes.join(', or with ')}`,

    isSo: ({ outcome }: { outcome: string }) => `The outcome is ${outcome}`,
    notSo: ({ wanted, possible, mayBe }: { wanted: string; possible: readonly string[]; mayBe: boolean }) =>
      mayBe
        ? `The outcome is not yet certain to be ${wanted}: open answers leave ${possible.join(' or ')} possible`
        : `The outcome is not ${wanted}, but ${possible.join(' or ')}`,
    inTheWay: ({ count }: { count: number }) =>
      `${count} ${count === 1 ? 'thing stands' : 'things stand'} in the way${count === 1 ? '' : ', each by itself'}`,
    ruleHolds: ({ label, seen }: { label: string; seen: string }) => `${label}: holds. ${seen}`,
    ruleOpen: ({ label, seen }: { label: string; seen: string }) => `${label}: may hold, while something is open. ${seen}`,
    floor: ({ factor, band }: { factor: string; band: string }) => `${factor}: by itself makes the band at least ${band}`,
    floorOpen: ({ factor, band }: { factor: string; band: string }) => `${factor}: still open; if present, the band is at least ${band}`,
    pointsOver: ({ points, of, over }: { points: number; of: number; over: number }) =>
      `The points: ${points} of ${of}, ${over} more than this band has room for`,
    pointsOpen: ({ points, of, over }: { points: number; of: number; over: number }) =>
      `The points: with everything open present ${points} of ${of}, ${over} more than this band has room for`,
    oneOf: ({ count }: { count: number }) => (count === 1 ? 'This would have to hold' : `One of these ${count} would have to hold`),
    nothingGives: () => 'No rule of this rule set leads there',
    ruleMissing: ({ label, seen }: { label: string; seen: string }) => `${label}: does not hold. ${seen}`,
    floorMissing: ({ factor, band }: { factor: string; band: string }) => `${factor}: an answer that by itself makes the band ${band}`,
    pointsShort: ({ points, of, short }: { points: number; of: number; short: number }) =>
      `The points: ${points} of ${of}, ${short} short of this band`,
  },
} as const

export type CounterfactualMessages = Translated<typeof counterfactualsInEnglish> & WhyMessages
