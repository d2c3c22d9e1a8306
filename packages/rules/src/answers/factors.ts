import {
  answerOf,
  answerWords,
  basisOf,
  type FactorNames,
  factorNames,
  firstRecentDay,
  HISTORIC,
  PRESENT,
  type Window,
  windowOf,
} from '../kinds/risk/evidence.ts'
import { addDays } from '../language/civil-day.ts'
import type { Day, DecisionInput } from '../language/facts.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import type { Answer, Way, Ways } from './answer.ts'

/** The answers of the instrument of which a kind reads some, in its order: `names` as `factor.<id>`, or all. `read`: what its rules look at. */
export function factorAnswers(ruleSet: RuleSet, input: DecisionInput, read: ReadonlySet<string>, names?: ReadonlySet<string>): Answer[] {
  const { instrument, parameters } = ruleSet.document
  return Object.entries(instrument?.factors ?? {})
    .sort(([, one], [, other]) => one.number - other.number)
    .filter(([id]) => !names || names.has(factorNames(id).answer))
    .map(([id, { recentWithin }]) =>
      factorAnswer(factorNames(id), input, firstRecentDay(input.asOf, Number(parameters[recentWithin]?.value)), read),
    )
}

/**
 * An answer that rests only on the partner's word is one that was never given.
 * Where rules look at its day or its sources by themselves, these go with the answer, and its ways do not stand for every day and source.
 */
function factorAnswer(names: FactorNames, input: DecisionInput, recentFrom: Day, read: ReadonlySet<string>): Answer {
  const { facts, asOf } = input
  const answer = answerOf(facts, names)
  const isKnown = answer <= PRESENT
  const written = [names.answer, names.lastOccurredOn, names.sources].map((name) => [name, facts[name]] as const)
  const now: Way = {
    value: isKnown ? answerWords[answer as 0 | 1 | 2] : null,
    ...windowShown(isKnown ? windowOf(answer, facts[names.lastOccurredOn], recentFrom) : 0),
    write: (draft) => {
      for (const [name, value] of written) draft[name] = value
    },
  }
  const sources = basisOf(facts[names.sources]) === 'only-partner' ? undefined : facts[names.sources]
  const isDayRead = read.has(names.lastOccurredOn)
  const areSourcesRead = read.has(names.sources)
  const past = recentFrom === '' ? undefined : addDays(recentFrom, -1)
  const way = (word: (typeof answerWords)[number], window: 'recent' | 'historic' | undefined): Way => ({
    value: word,
    ...(window === undefined ? {} : { window }),
    write: (draft) => {
      draft[names.answer] = word
      draft[names.lastOccurredOn] = window === 'recent' ? asOf : window === 'historic' ? past : undefined
      draft[names.sources] = sources
    },
  })
  const ways: Ways = {
    ways: [
      way('absent', undefined),
      ...(past === undefined ? [] : [way('possible', 'historic')]),
      way('possible', 'recent'),
      ...(past === undefined ? [] : [way('present', 'historic')]),
      way('present', 'recent'),
    ],
    isExhaustive: !isDayRead && !areSourcesRead,
  }
  return {
    id: names.answer,
    fact: names.answer,
    isKnown,
    now,
    unknown: {
      value: null,
      write: (draft) => {
        draft[names.answer] = undefined
        draft[names.lastOccurredOn] = isDayRead && !isKnown ? facts[names.lastOccurredOn] : undefined
        draft[names.sources] = !areSourcesRead ? sources : isKnown ? undefined : facts[names.sources]
      },
    },
    ...ways,
    alone: ways,
  }
}

const windowShown = (window: Window): Pick<Way, 'window'> => (window === 0 ? {} : { window: window === HISTORIC ? 'historic' : 'recent' })

export const isFactor = (name: string): boolean => name.startsWith('factor.')
/** `factor.separation` for that fact and for its window, its day and its sources. */
export const factorOf = (name: string): string => name.split('.').slice(0, 2).join('.')
