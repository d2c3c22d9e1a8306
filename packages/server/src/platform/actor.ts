import type { Uuid } from './ids.ts'

/** Who somebody is, as a verified token says. What they may do stands in the database. */
export type Identity = { issuer: string; subject: string }

/** Which of the two sides of the wall a person works on. Nobody works on both. */
export type Side = 'participant' | 'partner' | 'neutral'

/** The person a request acts for, read from the database for this request. */
export type Actor = {
  providerId: Uuid
  id: Uuid
  side: Side
  roles: ReadonlySet<string>
}

export const hasRole = (actor: Actor, ...roles: readonly string[]): boolean => roles.some((role) => actor.roles.has(role))

/** The id the server acts under when no person does: at a provider's creation. */
export const nobody: Uuid = '00000000-0000-0000-0000-000000000000'
export const theServer = (providerId: Uuid, ...roles: string[]): Actor => ({
  providerId,
  id: nobody,
  side: 'neutral',
  roles: new Set(roles),
})
