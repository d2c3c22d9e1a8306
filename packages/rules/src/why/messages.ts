import { english, type Messages, type Translated } from '../explain/messages/index.ts'

/** What a sufficient reason says, in English, beside the words of every explanation. */
export const whyInEnglish = {
  ...english,
  why: {
    /** An outcome of a kind. `label`: of a band. */
    outcome: ({ outcome, label }: { kind: string; outcome: string; label?: string }) =>
      `“${label ?? outcomes[outcome] ?? outcome.replaceAll('-', ' ')}”`,
    forced: ({ outcomes: named, count }: { outcomes: readonly string[]; count: number }) =>
      `${count === 1 ? 'This answer alone makes' : `These ${count} answers alone make`} the outcome ${named.join('; ')}, whatever the other answers are`,
    forcedAtLeast: ({ outcomes: named, count }: { outcomes: readonly string[]; count: number }) =>
      `${count === 1 ? 'This answer alone makes' : `These ${count} answers alone make`} the outcome at least ${named.join('; ')}, whatever the other answers are`,
    nothingNeeded: () => 'The rules come to this whatever is answered',
    nothingForced: () => 'No known answer rules out the lowest outcome',
    answer: ({ label, value, window }: { label: string; value: string; window?: string }) =>
      `${label}: ${value}${window === undefined ? '' : `, ${window}`}`,
    entry: ({ list, place, field }: { list: string; place: number; field: string }) => `${list}, entry ${place}: ${field}`,
    notMinimal: () => 'A shorter list may do: not every one could be tried',
  },
} as const

export type WhyMessages = Translated<typeof whyInEnglish> & Messages

/** Words of the library for outcomes. Bands go by their labels. */
const outcomes: Readonly<Record<string, string>> = {
  'human-review': 'a person decides',
  nothing: 'nobody to tell',
  'next-working-day': 'tell by the next working day',
  'same-day': 'tell the same day',
  emergency: 'tell at once',
  'in-good-standing': 'in good standing',
  contact: 'contact due',
  review: 'review due',
}
