import type { Outcomes } from '../kinds/index.ts'
import { levels } from '../kinds/safeguarding/index.ts'
import { byNumber } from '../kinds/rule.ts'
import type { Duration } from '../kinds/kind.ts'
import { plain } from '../explain/words.ts'
import type { KindId, ResolvedDocument } from '../rule-set/document.ts'

/** A value of which answers that are still open leave only the ends certain. A greater one is further up. */
export type Ends = readonly [atLeast: number, atMost: number]

/** An outcome made comparable. */
export type Standing = {
  /** A row or column of the swap table: `medium to high`. */
  inWords: string
  /** What moves a case. `watched`: what protects somebody; an end of it that falls is a move down, whatever else rises. */
  watched: Readonly<Record<string, Ends>>
  /** What moves a case only when it is certain to. A range that becomes wider moves nobody: it cannot be told. */
  open: Readonly<Record<string, Ends>>
  /** Looked at only when all else stands as it stood: how soon something is due. */
  pace: Readonly<Record<string, Ends>>
}

/** What up and down mean for each kind. Down is what a second person looks at. */
export const directions: Readonly<Record<KindId, { up: string; down: string }>> = {
  risk: { up: 'more danger is seen', down: 'less danger is seen' },
  eligibility: { up: 'nearer to a place', down: 'further from a place' },
  safeguarding: { up: 'more people are told, or sooner', down: 'fewer people are told, or later' },
  attendance: { up: 'the place is kept, or more is followed up', down: 'the place is lost, or less is followed up' },
  completion: { up: 'more counts as completed or improved', down: 'less counts as completed or improved' },
}

export type StandingOf<Id extends KindId> = (outcome: Outcomes[Id], document: ResolvedDocument) => Standing

/** How each kind's outcome stands. */
export const standings: { readonly [Id in KindId]: StandingOf<Id> } = { risk, eligibility, safeguarding, attendance, completion }

const certain = (value: number): Ends => [value, value]

function risk({ band, reviewWithinDays, tasks }: Outcomes['risk'], { instrument }: ResolvedDocument): Standing {
  const order = byNumber(instrument?.bands ?? {}).map(([id]) => id)
  const label = (id: string) => (instrument?.bands[id]?.label ?? id).toLowerCase()
  const words = band.atLeast === band.atMost ? label(band.atLeast) : `${label(band.atLeast)} to ${label(band.atMost)}`
  return {
    inWords: words,
    watched: { band: [order.indexOf(band.atLeast), order.indexOf(band.atMost)] },
    open: {},
    pace: { review: certain(-reviewWithinDays), ...Object.fromEntries(tasks.map((task) => [task.factor, certain(-hoursOf(task.within))])) },
  }
}

/** Refused, for a person to decide, offered. */
function eligibility({ outcome, reviewBy, undecided }: Outcomes['eligibility'], document: ResolvedDocument): Standing {
  const mayBeRefused = undecided.some((rule) => document.eligibility[rule]?.event.type === 'ineligible')
  const place: Ends =
    outcome === 'ineligible'
      ? [0, 0]
      : outcome === 'needs-information'
        ? [mayBeRefused ? 0 : 1, reviewBy.length > 0 ? 1 : 2]
        : certain(outcome === 'human-review' ? 1 : 2)
  return { inWords: plain(outcome), watched: {}, open: { place }, pace: {} }
}

/** For each person who may be told, whether and how soon. */
function safeguarding({ outcome, triggers, cannotBeRuledOut }: Outcomes['safeguarding'], document: ResolvedDocument): Standing {
  const watched: Record<string, [number, number]> = {}
  const raise = (name: string, value: number, isCertain: boolean) => {
    const ends = (watched[name] ??= [NEVER, NEVER])
    if (isCertain) ends[0] = Math.max(ends[0], value)
    ends[1] = Math.max(ends[1], value)
  }
  const possible = cannotBeRuledOut.map(({ rule }) => document.safeguarding[rule]?.event.params as (typeof triggers)[number])
  for (const [isCertain, told] of [[true, triggers] as const, [false, possible] as const]) {
    for (const { level, tell, within } of told) {
      raise('level', levels.length - levels.indexOf(level), isCertain)
      for (const whom of tell) raise(`tell ${whom}`, -hoursOf(within), isCertain)
    }
  }
  const [first] = triggers
  return { inWords: first ? `tell: ${plain(first.level)}` : outcome, watched, open: {}, pace: {} }
}

/** The place, which removal ends; and what is done about misses: contact and review, and who learns of them. */
function attendance({ outcome, consequences, undecided }: Outcomes['attendance'], document: ResolvedDocument): Standing {
  const watched: Record<string, [number, number]> = {}
  const place: [number, number] = [2, 2]
  const follows = (type: string, params: Readonly<Record<string, unknown>>, isCertain: boolean) => {
    if (type === 'removal-due') {
      const left = params['from'] === 'programme' ? 0 : 1
      if (isCertain) place[1] = Math.min(place[1], left)
      place[0] = Math.min(place[0], left)
      return
    }
    const { within, tell = [] } = params as { within?: Duration; tell?: readonly string[] }
    for (const name of [type, ...tell.map((whom) => `${type}: tell ${whom}`)]) {
      const value = within ? -hoursOf(within) : SOME_TIME
      const ends = (watched[name] ??= [NEVER, NEVER])
      if (isCertain) ends[0] = Math.max(ends[0], value)
      ends[1] = Math.max(ends[1], value)
    }
  }
  for (const { type, params } of consequences) follows(type, params, true)
  for (const rule of undecided) {
    const event = document.attendance[rule]?.event
    if (event) follows(event.type, event.params ?? {}, false)
  }
  return { inWords: plain(outcome), watched, open: { place }, pace: {} }
}

function completion({ completed, improved }: Outcomes['completion']): Standing {
  const ends = { no: [0, 0], 'cannot-tell': [0, 1], yes: [1, 1] } as const
  const words = { no: 'no', 'cannot-tell': 'cannot tell', yes: 'yes' } as const
  return {
    inWords: `completed: ${words[completed]}, improved: ${words[improved]}`,
    watched: {},
    open: { completed: ends[completed], improved: ends[improved] },
    pace: {},
  }
}

/** Who is never told stands below whoever is told late. */
export const NEVER = Number.NEGATIVE_INFINITY
const SOME_TIME = -1_000_000

/** Only for comparing: a working day is at least a day. */
const hoursOf = ({ amount, unit }: Duration): number => amount * { hours: 1, days: 24, 'working-days': 24, weeks: 168 }[unit]
