export { useAuditKey } from './chain.ts'
export { record, recordReads, recordRefusal, type AuditEvent } from './record.ts'
export { verifyChain, type ChainReport } from './verify.ts'
import './graphql.ts'
