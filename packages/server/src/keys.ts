import type { Config } from './config.ts'
import { useAuditKey } from './domains/audit/index.ts'
import { useFieldKeys } from './platform/field-encryption.ts'

/** Hands the secrets to those who need them: once, before any row is written. */
export function useKeys(config: Config): void {
  useAuditKey(config.auditKey)
  useFieldKeys(config.fieldKeys)
}
