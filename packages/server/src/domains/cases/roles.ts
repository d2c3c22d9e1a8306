import { caseReaders, type Role } from '../providers/index.ts'

/** What somebody can be on a case. Participant side only: an assignment of partner support would tell that there is a partner to support. */
export const assignableRoles = [
  'intake-worker',
  'facilitator',
  'one-to-one-worker',
  'social-worker',
  'referrer',
] as const satisfies readonly Role[]
export type AssignableRole = (typeof assignableRoles)[number]

/** Who may open any case at all. Commissioners, auditors and rules authors never do. */
export const caseOpeners: Role[] = [...caseReaders, 'referrer']
/** Who changes things in a case they may open; the others only read. */
export const caseWorkers: Role[] = ['intake-worker', 'facilitator', 'one-to-one-worker', 'programme-manager', 'safeguarding-lead']
/** Who gives cases to workers and takes them away. */
export const assigners: Role[] = ['intake-worker', 'programme-manager', 'safeguarding-lead']
