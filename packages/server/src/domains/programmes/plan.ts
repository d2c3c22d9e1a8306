import { Temporal } from 'temporal-polyfill'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Actor } from '../../platform/actor.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Group } from './access.ts'
import { isTimeOfDay, type Meeting } from './series.ts'
import { sessions } from './tables.ts'
import type { Template } from './template.ts'

/** The most that is planned for one group: two years of weeks. */
export const greatestSessionCount = 104

export type WantedThemes = {
  /** The theme of the first session, where they are rolling. */
  firstTheme?: string | null | undefined
  /** The theme of each session, where the group sets them. */
  themes?: readonly string[] | null | undefined
}

/** How many sessions a new group has. @throws InvalidInput (field `sessionCount`) */
export function sessionCountOf({ sessions: { count }, themeOrder }: Template, wanted: number | null | undefined): number {
  if (wanted == null || wanted === count) return count
  if (themeOrder.order !== 'rolling')
    throw new InvalidInput(
      'sessionCount',
      `this programme has ${count} sessions`,
      'leave it out; only a rolling programme has as many as you like',
    )
  if (wanted < 1 || wanted > greatestSessionCount)
    throw new InvalidInput('sessionCount', `1 to ${greatestSessionCount} sessions can be planned`)
  return wanted
}

/** The themes of a new group’s sessions, in order. @throws InvalidInput (fields `themes`, `firstTheme`) */
export function themesOf(template: Template, count: number, { firstTheme, themes }: WantedThemes): string[] {
  const { themeOrder } = template
  if (firstTheme != null && themeOrder.order !== 'rolling')
    throw new InvalidInput('firstTheme', 'only a rolling programme begins with any theme', 'leave it out')
  if (themes != null && themeOrder.order !== 'set-by-group')
    throw new InvalidInput('themes', 'this programme lays its themes down', 'leave them out')
  if (themeOrder.order === 'fixed') return [...themeOrder.bySession]
  if (themeOrder.order === 'rolling') return rollingFrom(template, firstTheme ?? template.themes[0]!.id, count)
  return assertThemes(template, themes, count)
}

/** The themes of further sessions, after the last there is: a rolling programme goes on by itself. @throws InvalidInput (field `themes`) */
export function furtherThemes(template: Template, last: string | null, count: number, themes: WantedThemes['themes']): string[] {
  if (template.themeOrder.order !== 'rolling') return assertThemes(template, themes, count)
  if (themes != null) throw new InvalidInput('themes', 'this programme goes round by itself', 'leave them out')
  const following = template.themes.findIndex(({ id }) => id === last) + 1
  return rollingFrom(template, template.themes[following % template.themes.length]!.id, count)
}

function rollingFrom({ themes }: Template, first: string, count: number): string[] {
  const start = themes.findIndex(({ id }) => id === first)
  if (start < 0) throw new InvalidInput('firstTheme', 'this programme has no such theme', `its themes: ${known(themes)}`)
  return Array.from({ length: count }, (_, index) => themes[(start + index) % themes.length]!.id)
}

function assertThemes({ themes: there }: Template, themes: WantedThemes['themes'], count: number): string[] {
  if (themes == null || themes.length !== count)
    throw new InvalidInput('themes', `a theme is needed for each of the ${count} sessions`, `in order; its themes: ${known(there)}`)
  themes.forEach((id, index) => {
    if (!there.some((theme) => theme.id === id))
      throw new InvalidInput(`themes.${index}`, 'this programme has no such theme', `its themes: ${known(there)}`)
  })
  return [...themes]
}

const known = (themes: Template['themes']) => themes.map(({ id }) => id).join(', ')

/** @throws InvalidInput (the field named) */
export function assertTimeOfDay(field: string, value: string): void {
  if (!isTimeOfDay(value)) throw new InvalidInput(field, 'a time of day is needed', 'in London, with two digits each: 18:30')
}

/** Late recording is normal, and nobody plans for years ahead. @throws InvalidInput (the field named) */
export function assertPlannable(field: string, day: Day, today: Day): void {
  const now = Temporal.PlainDate.from(today)
  const [from, until] = [now.subtract({ years: 2 }).toString(), now.add({ years: 2 }).toString()]
  if (day < from || day > until) throw new InvalidInput(field, `a day between ${from} and ${until} is needed`)
}

/** Puts meetings of the group into the calendar, numbered from `after` on. */
export async function planMeetings(
  tx: Tx,
  actor: Actor,
  group: Pick<Group, 'id'>,
  meetings: readonly Meeting[],
  themes: readonly string[],
  after: number,
): Promise<void> {
  await tx.orm.insert(sessions).values(
    meetings.map((meeting, index) => ({
      providerId: actor.providerId,
      id: tx.newId(),
      groupId: group.id,
      kind: 'group' as const,
      number: after + index + 1,
      themeId: themes[index]!,
      ...meeting,
      status: 'planned' as const,
      facilitatedBy: [],
    })),
  )
}
