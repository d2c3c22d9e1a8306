import type { Role } from '../providers/index.ts'

/** Who may write a new version of the provider's rules. */
export const proposers: Role[] = ['rules-author', 'programme-manager']
/** Who may put it in force: somebody who answers for cases, and never the one who proposed it. */
export const approvers: Role[] = ['programme-manager', 'safeguarding-lead']
/** Who reads proposals and what they would change. The auditor reads that it was done properly. */
export const proposalReaders: Role[] = ['rules-author', 'programme-manager', 'safeguarding-lead', 'auditor']
