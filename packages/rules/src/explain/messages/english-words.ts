import { operators } from '../../language/operators.ts'

/** The small words that sentences are put together from. */
export const words = {
  notKnown: () => 'not known',
  yes: () => 'yes',
  no: () => 'no',
  none: () => 'none',
  /** One entry of a list that is too long to write out. */
  entry: () => 'an entry',
  entries: ({ count }: { count: number }) => counted(count, 'entry', 'entries'),
  /** `a`, `a and b`, `a, b and c`; `joined` says whether all of them are meant or any. */
  series: ({ items, joined }: { items: readonly string[]; joined: 'and' | 'or' }) =>
    items.length < 2 ? (items[0] ?? 'none') : `${items.slice(0, -1).join(', ')} ${joined} ${items.at(-1)}`,
  /** Questions, one after the other. */
  questions: ({ questions }: { questions: readonly string[] }) => questions.join(' '),
  /** An id as people say it: `partner-service` is the partner service. What a provider has written comes through here too. */
  plain: ({ id }: { id: string }) => plain(id),
  /** `month` counts from 1. */
  day: ({ year, month, day }: { year: number; month: number; day: number }) => `${day} ${months[month - 1]} ${year}`,
  duration: ({ amount, unit }: { amount: number; unit: 'hours' | 'working-days' | 'days' | 'weeks' }) =>
    counted(amount, plain(unit).replace(/s$/, '')),
  days: ({ count }: { count: number }) => counted(count, 'day'),
  sentence: ({ text }: { text: string }) => {
    const trimmed = text.trim()
    const ended = /[.?!]$/.test(trimmed) ? trimmed : `${trimmed}.`
    return ended.charAt(0).toUpperCase() + ended.slice(1)
  },
  /** A word that the library brings: how an answer reads, when it last happened, or who says so. */
  answer: ({ word }: { word: AnswerWords }) => plain(word),
  /** What comes with an answer of the instrument, by its label. */
  evidence: ({ factor, of }: { factor: string; of: 'window' | 'lastOccurredOn' | 'sources' }) =>
    `${factor}: ${{ window: 'recent or historic', lastOccurredOn: 'last day', sources: 'sources' }[of]}`,
  /** The label of a fact that the library computes. */
  computedFact: ({ label }: { fact: string; label: string }) => label,
  /** The question behind a fact that the library computes or brings. */
  computedQuestion: ({ question }: { fact: string; question: string }) => question,
  unknownFact: ({ fact }: { fact: string }) => `What is known of "${fact}"?`,
  asOf: () => 'The day of the decision',
  /** A text that was tried in place of all that no rule mentions. */
  anyOtherText: () => 'any other text',
  /** A value that whoever reads may not look at. */
  hidden: () => 'hidden',
} as const

/** The words of the instrument that come with the library. */
export type AnswerWords =
  | 'absent'
  | 'possible'
  | 'present'
  | 'none'
  | 'recent'
  | 'historic'
  | 'self'
  | 'partner'
  | 'police'
  | 'court'
  | 'social-services'
  | 'probation'
  | 'health'
  | 'other-agency'
  | 'record'
  | 'observation'

/** How a value seen stands to the value needed. `denied`: it does not. Every way a rule may ask is here. */
export const relations = {
  equal: ({ denied }: Denied) => (denied ? operators.notEqual.inWords : operators.equal.inWords),
  notEqual: ({ denied }: Denied) => (denied ? operators.equal.inWords : operators.notEqual.inWords),
  in: ({ denied }: Denied) => (denied ? operators.notIn.inWords : operators.in.inWords),
  notIn: ({ denied }: Denied) => (denied ? operators.in.inWords : operators.notIn.inWords),
  contains: ({ denied }: Denied) => (denied ? operators.doesNotContain.inWords : operators.contains.inWords),
  doesNotContain: ({ denied }: Denied) => (denied ? operators.contains.inWords : operators.doesNotContain.inWords),
  lessThan: ({ denied, isDay }: Denied) => ordered(denied ? 'greaterThanInclusive' : 'lessThan', isDay),
  lessThanInclusive: ({ denied, isDay }: Denied) => ordered(denied ? 'greaterThan' : 'lessThanInclusive', isDay),
  greaterThan: ({ denied, isDay }: Denied) => ordered(denied ? 'lessThanInclusive' : 'greaterThan', isDay),
  greaterThanInclusive: ({ denied, isDay }: Denied) => ordered(denied ? 'lessThan' : 'greaterThanInclusive', isDay),
  withinDays: ({ denied }: Denied) => (denied ? 'is not within' : 'is within'),
} as const
/** `isDay`: days are compared, of which one is earlier and not less. */
type Denied = { denied: boolean; isDay: boolean }

const ordered = (operator: keyof typeof orderOfDays, isDay: boolean): string =>
  isDay ? orderOfDays[operator] : operators[operator].inWords

/** How days stand to one another. */
export const orderOfDays = {
  lessThan: 'is before',
  lessThanInclusive: 'is not after',
  greaterThan: 'is after',
  greaterThanInclusive: 'is not before',
} as const

type Result = 'true' | 'false' | 'unknown'
const holds = (result: Result) => (result === 'unknown' ? 'not known' : result)

/** What a comparison saw. `needed` has the name of the parameter behind it, where there is one. */
export const comparisons = {
  seen: ({ reasons }: { reasons: readonly string[] }) => `Seen: ${reasons.join('; ')}`,
  fact: ({ label, said }: { label: string; said: string }) => `${label}: ${said}`,
  neededBy: ({ needed, name }: { needed: string; name: string }) => `${needed} (${name})`,
  daysBack: ({ needed }: { needed: string }) => `${needed} ${needed === '1' ? 'day' : 'days'} up to the day of the decision`,
  related: ({ seen, relation, needed }: { seen: string; relation: string; needed: string }) => `${seen}, which ${relation} ${needed}`,
  elements: (said: { seen: string; result: Result; quantifier: 'some' | 'every'; denied: boolean; relation: string; needed: string }) => {
    const quantifier = `${said.denied ? 'not ' : ''}${said.quantifier === 'some' ? 'at least one' : 'every one'}`
    return `${said.seen}, and it is ${holds(said.result)} that ${quantifier} ${said.relation} ${said.needed}`
  },
  entriesThatFit: ({ fitting, of, isOpen }: { fitting: number; of: number; isOpen: boolean }) =>
    `${fitting} of ${counted(of, 'entry', 'entries')} fit${isOpen ? ', and others are not known' : ''}`,
  entriesBetween: ({ atLeast, atMost }: { atLeast: number; atMost: number }) =>
    atLeast === atMost ? counted(atLeast, 'entry', 'entries') : `${atLeast} to ${atMost} entries`,
  notYetKnown: ({ seen, relation, needed }: { seen: string; relation: string; needed: string }) =>
    `${seen}, not yet known whether that ${relation} ${needed}`,
} as const

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

export const plain = (id: string): string => id.replaceAll(/(?<=\p{L})-(?=\p{L})/gu, ' ')
