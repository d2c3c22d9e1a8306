import { canonicalJson } from './canonical-json.ts'
import type { RuleSet } from './rule-set.ts'

// The two things of the platform that are used, declared here because the package is compiled without any.
declare const TextEncoder: new () => { encode(text: string): Uint8Array }
declare const crypto: { subtle: { digest(algorithm: 'SHA-256', data: Uint8Array): Promise<ArrayBuffer> } }

/**
 * SHA-256 of the canonical text of the resolved document, as lower-case hexadecimal.
 * Examples, `$schema` and the order of keys do not count; whatever an inherited document says does.
 */
export async function hashOf(ruleSet: Pick<RuleSet, 'document'>): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson(ruleSet.document))
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
