import { canonicalJson } from '@plumbline/rules'
import { createHmac } from 'node:crypto'
import type { Instant } from '../../platform/clock.ts'

/** What an entry says, apart from its place in the chain. */
export type AuditContent = {
  providerId: string
  number: number
  at: Instant
  actorId: string | null
  action: string
  subjectType: string
  subjectId: string
  allowedBy: string
  fields: string[]
}

export const beginning = 'beginning'

let key: Buffer | undefined

/** Sets the key of the chain, once, at start. It is kept outside the database, so that whoever can write rows cannot rebuild the chain. */
export function useAuditKey(secret: string): void {
  key = Buffer.from(secret, 'utf8')
}

/** HMAC-SHA-256 over the entry before and the canonical bytes of this one. */
export function macOf(previousMac: string, content: AuditContent): string {
  if (!key) throw new Error('the audit key is not set')
  return createHmac('sha256', key).update(previousMac).update('\n').update(canonicalJson(content)).digest('hex')
}
