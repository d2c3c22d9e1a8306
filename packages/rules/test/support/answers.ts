import type { AnswerRef } from '../../src/why/index.ts'
import { decide, explain, type DecisionInput, type Facts, type FactValue, type KindId, type RuleSet } from '../../src/index.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Chance } from './random-cases.ts'

type Loose = Record<string, FactValue | undefined>
type Entry = Record<string, boolean | number | string | null>

/** What a decision leaves possible, question by question, by the words of `outcomesOf`: read from the decision alone. */
export function outcomesIn(ruleSet: RuleSet, kind: KindId, input: DecisionInput): string[][] {
  switch (kind) {
    case 'risk': {
      const bands = Object.entries(ruleSet.document.instrument?.bands ?? {}).sort(([, one], [, other]) => one.number - other.number)
      const order = bands.map(([id]) => id)
      const { atLeast, atMost } = decide(ruleSet, kind, input).band
      return [order.slice(order.indexOf(atLeast), order.indexOf(atMost) + 1)]
    }
    case 'eligibility': {
      const { outcome, undecided, reviewBy } = decide(ruleSet, kind, input)
      if (outcome !== 'needs-information') return [[outcome]]
      const typesOpen = undecided.map((rule) => ruleSet.document.eligibility[rule]?.event.type)
      const review = reviewBy.length > 0 || typesOpen.includes('human-review')
      return [
        [
          ...(reviewBy.length > 0 ? [] : ['eligible']),
          ...(review ? ['human-review'] : []),
          ...(typesOpen.includes('ineligible') ? ['ineligible'] : []),
        ],
      ]
    }
    case 'safeguarding': {
      const order = ['nothing', 'next-working-day', 'same-day', 'emergency']
      const { triggers, cannotBeRuledOut } = decide(ruleSet, kind, input)
      const least = order.indexOf(triggers[0]?.level ?? 'nothing')
      const open = cannotBeRuledOut.map(({ rule }) => order.indexOf(String(ruleSet.document.safeguarding[rule]?.event.params?.['level'])))
      return [order.filter((_, step) => step === least || (step > least && open.includes(step)))]
    }
    case 'attendance': {
      const order = ['in-good-standing', 'contact', 'review', 'removal-due']
      const { consequences, undecided } = decide(ruleSet, kind, input)
      const least = Math.max(0, ...consequences.map(({ type }) => order.indexOf(type)))
      const open = undecided.map((rule) => order.indexOf(String(ruleSet.document.attendance[rule]?.event.type)))
      return [order.filter((_, step) => step === least || (step > least && open.includes(step)))]
    }
    case 'completion': {
      const { completed, improved } = decide(ruleSet, kind, input)
      const words = {
        yes: (word: string) => [word],
        no: (word: string) => [`not-${word}`],
        'cannot-tell': (word: string) => [`not-${word}`, word],
      }
      return [words[completed]('completed'), words[improved]('improved')]
    }
    default: {
      const rules = explain(ruleSet, kind, input).rules
      const types = Object.keys(kinds[kind].events).filter((type) => rules.some(({ event }) => event.type === type))
      return types.map((type) => {
        const results = rules.filter(({ event }) => event.type === type).map(({ result }) => result)
        return results.includes('true') ? [type] : results.includes('unknown') ? [`not-${type}`, type] : [`not-${type}`]
      })
    }
  }
}

export const isFactor = (fact: string) => fact.startsWith('factor.')
const factsOf = (fact: string) => (isFactor(fact) ? [fact, `${fact}.lastOccurredOn`, `${fact}.sources`] : [fact])

/** The facts with one answer given otherwise. `window`: whether it is recent by its day. */
export function answered(
  { asOf, facts }: DecisionInput,
  { fact, entry }: AnswerRef,
  value: FactValue,
  window: 'recent' | 'historic' = 'recent',
): DecisionInput {
  const changed: Loose = { ...facts }
  if (entry) {
    const list = facts[fact] as readonly Entry[]
    changed[fact] = list.map((each, index) => (index === entry.index ? { ...each, [entry.field]: value as string } : each))
  } else {
    changed[fact] = value
    if (isFactor(fact)) {
      changed[`${fact}.lastOccurredOn`] = window === 'recent' ? asOf : '2001-01-01'
      const sources = facts[`${fact}.sources`]
      if (Array.isArray(sources) && sources.every((source) => source === 'partner')) delete changed[`${fact}.sources`]
    }
  }
  return { asOf, facts: changed }
}

/** Only these answers; every other that the facts hold is as `others` says, or not known. Entries of a list stay, and lose what they say. */
export function only({ asOf, facts }: DecisionInput, kept: readonly AnswerRef[], others: Facts = {}, chance?: Chance): DecisionInput {
  const changed: Loose = {}
  for (const [name, value] of Object.entries({ ...facts, ...others })) {
    const list = facts[name]
    changed[name] = isListOfEntries(list) ? list.map((entry) => emptied(entry, chance)) : name in others ? others[name] : undefined
    if (!(name in others) && !isListOfEntries(list)) delete changed[name]
    void value
  }
  for (const { fact, entry } of kept) {
    if (entry) {
      const list = changed[fact] as readonly Entry[]
      const original = (facts[fact] as readonly Entry[])[entry.index]
      changed[fact] = list.map((each, index) =>
        index === entry.index ? { ...each, [entry.field]: original?.[entry.field] ?? null } : each,
      )
    } else {
      for (const name of factsOf(fact)) changed[name] = facts[name]
    }
  }
  return { asOf, facts: changed }
}

const isListOfEntries = (value: FactValue | undefined): value is readonly Entry[] =>
  Array.isArray(value) && value.some((each) => typeof each === 'object' && each !== null)

/** What identifies an entry stays; what was answered about it goes, or becomes something else. */
function emptied(entry: Entry, chance?: Chance): Entry {
  const says: Record<string, readonly string[]> = {
    outcome: ['attended', 'late', 'left-early', 'excused', 'absent', 'not-held'],
    change: ['significantly-better', 'no-significant-change', 'significantly-worse'],
    source: ['self', 'worker', 'partner', 'record'],
  }
  return Object.fromEntries(
    Object.entries(entry).map(([field, value]) => {
      const values = says[field]
      return values ? [field, chance ? chance.pick(values) : null] : [field, value]
    }),
  )
}
