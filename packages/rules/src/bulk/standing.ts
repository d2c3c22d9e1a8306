import type { Outcomes } from '../kinds/index.ts'
import { levels } from '../kinds/safeguarding/index.ts'
import { byNumber } from '../kinds/rule.ts'
import type { Duration } from '../kinds/kind.ts'
import { type Proposed, subjectOf } from '../kinds/pathway/events.ts'
import { plain } from '../explain/words.ts'
import type { KindId, ResolvedDocument } from '../rule-set/document.ts'

/** A value of which answers that are still open leave only the ends certain. A greater one is further up. */
export type Ends = readonly [atLeast: number, atMost: number]

/** An outcome made comparable. */
export type Standing = {
  /** A row or column of the swap table: `medium to high`. */
  inWords: string
  /** What protects somebody. An end of it that falls is a move down, whatever else rises. */
  care: Readonly<Record<string, Ends>>
  /** Looked at only when all else stands as it stood: how soon something is due. */
  pace: Readonly<Record<string, Ends>>
}

/**
 * What up and down mean for each kind, as one says it behind “moves up”, “moves down”.
 * Down is towards less care and less protection: it is what a second person looks at first.
 */
export const directions: Readonly<Record<KindId, { up: string; down: string }>> = {
  risk: { up: 'to a higher band, or an earlier review', down: 'to a lower band, or a later review' },
  eligibility: { up: 'towards a refusal', down: 'away from a refusal' },
  safeguarding: { up: 'to telling more people, or sooner', down: 'to telling fewer people, or later' },
  attendance: { up: 'to a graver consequence', down: 'to a milder consequence' },
  pathway: { up: 'to proposing more', down: 'to proposing less' },
  completion: { up: 'to saying “completed” or “improved” less readily', down: 'to saying “completed” or “improved” more readily' },
}

export type StandingOf<Id extends KindId> = (outcome: Outcomes[Id], document: ResolvedDocument) => Standing

/** How each kind's outcome stands. */
export const standings: { readonly [Id in KindId]: StandingOf<Id> } = { risk, eligibility, safeguarding, attendance, pathway, completion }

const certain = (value: number): Ends => [value, value]

function risk({ band, reviewWithinDays, tasks }: Outcomes['risk'], { instrument }: ResolvedDocument): Standing {
  const order = byNumber(instrument?.bands ?? {}).map(([id]) => id)
  const label = (id: string) => (instrument?.bands[id]?.label ?? id).toLowerCase()
  const words = band.atLeast === band.atMost ? label(band.atLeast) : `${label(band.atLeast)} to ${label(band.atMost)}`
  return {
    inWords: words,
    care: { band: [order.indexOf(band.atLeast), order.indexOf(band.atMost)] },
    pace: {
      review: certain(-reviewWithinDays),
      ...Object.fromEntries(tasks.map((task) => [`verify ${task.factor}`, certain(-hoursOf(task.within))])),
    },
  }
}

/** Offered, for a person to decide, refused. Not to be refused any more is less, also while something has to be found out first. */
function eligibility({ outcome, reviewBy, undecided }: Outcomes['eligibility'], document: ResolvedDocument): Standing {
  const mayBeRefused = undecided.some((rule) => document.eligibility[rule]?.event.type === 'ineligible')
  const refusal: Ends =
    outcome === 'ineligible'
      ? [2, 2]
      : outcome === 'needs-information'
        ? [reviewBy.length > 0 ? 1 : 0, mayBeRefused ? 2 : 1]
        : certain(outcome === 'human-review' ? 1 : 0)
  return { inWords: plain(outcome), care: { refusal }, pace: {} }
}

/** For each person who may be told, whether and how soon. */
function safeguarding({ outcome, triggers, cannotBeRuledOut }: Outcomes['safeguarding'], document: ResolvedDocument): Standing {
  const { care, raise } = nothingYet()
  for (const told of triggers) raise(raises.safeguarding(told), true)
  for (const { rule } of cannotBeRuledOut) raise(raises.safeguarding(document.safeguarding[rule]?.event.params as Told), false)
  const [first] = triggers
  return { inWords: first ? `tell: ${plain(first.level)}` : outcome, care, pace: {} }
}

/** What is done about misses: contact, review and removal, and who learns of it. */
function attendance({ outcome, consequences, undecided }: Outcomes['attendance'], document: ResolvedDocument): Standing {
  const { care, raise } = nothingYet()
  for (const consequence of consequences) raise(raises.attendance(consequence), true)
  for (const rule of undecided) {
    const event = document.attendance[rule]?.event
    if (event) raise(raises.attendance(event), false)
  }
  return { inWords: plain(outcome), care, pace: {} }
}

/** For each thing that may be proposed, whether it is. That one takes another's place is less of the first, and so are rules in place of a person who looks. */
function pathway({ outcome, proposals, undecided }: Outcomes['pathway']): Standing {
  const care: Record<string, Ends> = outcome === 'human-review' ? { [LOOKED_AT]: [1, 1] } : {}
  const pace: Record<string, Ends> = {}
  for (const proposed of undecided) care[subjectOf(proposed)] = [NEVER, 1]
  for (const proposed of proposals) {
    care[subjectOf(proposed)] = [1, 1]
    if (proposed.what !== 'one-to-one') continue
    for (const [name, value] of often(subjectOf(proposed), proposed)) pace[name] = certain(Math.max(value, pace[name]?.[0] ?? NEVER))
  }
  return { inWords: plain(outcome), care, pace }
}

/** To say “completed” or “improved” of more people is to be content with less. */
function completion({ completed, improved }: Outcomes['completion']): Standing {
  const ends = { yes: [0, 0], 'cannot-tell': [0, 1], no: [1, 1] } as const
  const words = { no: 'no', 'cannot-tell': 'cannot tell', yes: 'yes' } as const
  return {
    inWords: `completed: ${words[completed]}, improved: ${words[improved]}`,
    care: { 'not completed': ends[completed], 'not improved': ends[improved] },
    pace: {},
  }
}

/** What a rule raises that is true, and how high. */
export type Raised = readonly (readonly [name: string, value: number])[]
type Told = Pick<Outcomes['safeguarding']['triggers'][number], 'level' | 'tell' | 'within'>

export const raises = {
  safeguarding: ({ level, tell, within }: Told): Raised => [
    ['level', levels.length - levels.indexOf(level)],
    ...tell.flatMap((whom) => dueIn(`tell ${whom}`, within)),
  ],
  attendance: ({ type, params }: { type: string; params?: Readonly<Record<string, unknown>> }): Raised => {
    const { within, from, tell = [] } = (params ?? {}) as { within?: Duration; from?: string; tell?: readonly string[] }
    return [
      ...(type === 'removal-due' ? [[type, from === 'programme' ? 2 : 1] as const] : dueIn(type, within)),
      ...tell.flatMap((whom) => dueIn(`${type}: tell ${whom}`, within)),
    ]
  },
}

/** How often somebody is seen one to one. */
export const often = (subject: string, { every }: Proposed & { what: 'one-to-one' }): Raised => dueIn(subject, every ?? undefined)

/** A working day may be the next day, or come after a weekend with holidays. Sooner is greater, and each end counts: neither may become later unseen. */
function dueIn(name: string, within: Duration | undefined): Raised {
  const [soonest, latest] = within ? [-hoursOf(within), -hoursAtMost(within)] : [SOME_TIME, SOME_TIME]
  return [
    [name, soonest],
    [`${name}, at the latest`, latest],
  ]
}

/** Of several that raise the same the greatest counts; what is not certain raises the upper end only. */
function nothingYet() {
  const care: Record<string, [number, number]> = {}
  const raise = (raised: Raised, isCertain: boolean) => {
    for (const [name, value] of raised) {
      const ends = (care[name] ??= [NEVER, NEVER])
      if (isCertain) ends[0] = Math.max(ends[0], value)
      ends[1] = Math.max(ends[1], value)
    }
  }
  return { care, raise }
}

/** Without rules a person says what is needed. */
export const LOOKED_AT = 'a person looks'

/** Who is never told stands below whoever is told late. */
export const NEVER = Number.NEGATIVE_INFINITY
const SOME_TIME = -1_000_000

/** Only for comparing, as are the others: longer than any weekend with holidays. */
const hoursAtMost = ({ amount, unit }: Duration): number =>
  hoursOf({ unit, amount: unit === 'working-days' ? amount + 5 + 2 * Math.floor(amount / 5) : amount })

/** A working day is at least a day. */
export const hoursOf = ({ amount, unit }: Duration): number => amount * { hours: 1, days: 24, 'working-days': 24, weeks: 168 }[unit]
