import { hasRole, type Actor } from './actor.ts'
import { InvalidInput, InvalidMove, NotAllowed } from './errors.ts'

/** One line of a status table: who may move what from where to where, and whether they must say why. */
export type Move<State extends string> = { from: State; to: State; by: readonly string[]; reason: 'required' | 'optional' }

/**
 * Refuses what the table does not have, naming what it has.
 * @throws InvalidMove, NotAllowed, InvalidInput (field `reason`)
 */
export function assertMove<State extends string>(
  what: string,
  table: readonly Move<State>[],
  actor: Actor,
  from: State,
  to: State,
  reason?: string | null,
): void {
  const fromHere = table.filter((move) => move.from === from)
  const moves = fromHere.filter((move) => move.to === to)
  if (moves.length === 0) throw new InvalidMove(what, from, to, [...new Set(fromHere.map((move) => move.to))])
  const mine = moves.find((move) => hasRole(actor, ...move.by))
  if (!mine)
    throw new NotAllowed(`a ${what} is moved from ${from} to ${to} by: ${[...new Set(moves.flatMap((move) => move.by))].join(', ')}`)
  if (mine.reason === 'required' && !reason?.trim()) throw new InvalidInput('reason', `say why this ${what} becomes ${to}`)
}
