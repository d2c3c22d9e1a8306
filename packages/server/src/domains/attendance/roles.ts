import { oversight, type Role } from '../providers/index.ts'

/** Who records what happened: in the groups they lead and the one-to-ones of their cases. */
export const leadersOfGroups: Role[] = ['facilitator', 'one-to-one-worker', ...oversight]
