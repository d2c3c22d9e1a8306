import { localId, type Uuid } from '../../platform/ids.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Role } from '../providers/index.ts'

/** Who takes a case through intake. */
export const intakeRoles: Role[] = ['intake-worker', 'programme-manager']
/** Who confirms that a case is refused. */
export const confirmers: Role[] = ['intake-worker', 'programme-manager', 'safeguarding-lead']
/** Who decides about people of 16 and 17. */
export const minorsDecidedBy: Role[] = ['safeguarding-lead']
/** Who decides where the rules leave it to a person, or could not decide. */
export const reviewers: Role[] = ['programme-manager', 'safeguarding-lead']

/** @throws NotFound for what is malformed or of another type */
export function idIn(type: string, id: string, what: string): Uuid {
  const local = localId(type, id)
  if (!local) throw new NotFound(what)
  return local
}
