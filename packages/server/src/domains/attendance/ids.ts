import { NotFound } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'

/** @throws NotFound for what is malformed or the id of something else */
function idIn(type: string, id: string, what: string): Uuid {
  const local = localId(type, id)
  if (!local) throw new NotFound(what)
  return local
}

export const removalIdIn = (id: string): Uuid => idIn('Removal', id, 'removal')
export const sessionIdIn = (id: string): Uuid => idIn('Session', id, 'session')
export const placeIdIn = (id: string): Uuid => idIn('Place', id, 'place')
export const staffIdIn = (id: string): Uuid => idIn('Staff', id, 'staff member')
