import { NotFound } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import type { Role } from '../providers/index.ts'

/** Who takes measures: whoever works on the case. */
export const measurers: Role[] = ['intake-worker', 'facilitator', 'one-to-one-worker', 'programme-manager', 'safeguarding-lead']
/** @throws NotFound for what is malformed or of another type */
export function idIn(type: string, id: string, what: string): Uuid {
  const local = localId(type, id)
  if (!local) throw new NotFound(what)
  return local
}
