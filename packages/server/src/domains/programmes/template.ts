import type { OneToOneReason } from './states.ts'

/** A subject that sessions are about. */
export type Theme = { id: string; title: string }

/** How sessions come to their themes: the same for every group, round and round, or as each group is planned. */
export type ThemeOrder = { order: 'fixed'; bySession: readonly string[] } | { order: 'rolling' } | { order: 'set-by-group' }

/** Where somebody may join: before the first session is over, at any session, or at the sessions with these numbers. */
export type Joining = { at: 'start' } | { at: 'any-session' } | { at: 'set-points'; sessions: readonly number[] }

/** Whether participants are seen alone as well. */
export type OneToOnes = { offered: 'weekly' } | { offered: 'with-reason'; reasons: readonly OneToOneReason[] } | { offered: 'never' }

/** A programme as its document says it, checked. Sessions are weekly. */
export type Template = {
  id: string
  version: string
  title: string
  /** Where it comes from, and what of it is the provider’s own setting. */
  source: string
  model: string
  /** Sessions of one run, or of one round of a rolling programme; minutes each. */
  sessions: { count: number; minutes: number }
  themes: readonly Theme[]
  /** How every theme is taken, in this order; empty where nothing is laid down. */
  steps: readonly string[]
  themeOrder: ThemeOrder
  /** Participants in one group. */
  capacity: { least: number; most: number }
  /** Facilitators present, at least; with fewer a session is not held. */
  facilitators: number
  joining: Joining
  oneToOnes: OneToOnes
}

type Stored = { hash: string; documentText: string }
const read = new Map<string, Template>()

/** The template a stored text says. It was checked when it was published, and its hash is its identity. */
export function templateOf({ hash, documentText }: Stored): Template {
  let template = read.get(hash)
  if (!template) {
    template = JSON.parse(documentText) as Template
    if (read.size >= 500) read.clear()
    read.set(hash, template)
  }
  return template
}

/** Behaviour change takes at least 22 weeks: Home Office standards for perpetrator interventions (2023). Below it a warning is shown; nothing is refused. */
export const leastWeeksForBehaviourChange = 22

export type Warning = { code: string; message: string; source: string }

/** What a reader should know of a programme before offering it. */
export const warningsOf = ({ sessions, themeOrder }: Template): Warning[] =>
  sessions.count >= leastWeeksForBehaviourChange || themeOrder.order === 'rolling'
    ? []
    : [
        {
          code: 'shorter-than-22-weeks',
          message: `${sessions.count} weekly sessions are fewer than the ${leastWeeksForBehaviourChange} weeks of the standard for behaviour change`,
          source: 'Home Office, Standards for domestic abuse perpetrator interventions (2023)',
        },
      ]
