import { canonicalJson } from '@plumbline/rules'

/** One place where two results differ; a side that has nothing there is null. */
export type Difference = {
  /** JSON pointer into the result, `/band/atMost`. */
  at: string
  /** JSON. */
  stored: string | null
  /** JSON. */
  now: string | null
}

/** The smallest places that differ, in the order of the stored result. */
export function differencesBetween(stored: unknown, now: unknown, at = ''): Difference[] {
  const [before, after] = [json(stored), json(now)]
  if (before === after) return []
  if (!isRecord(stored) || !isRecord(now) || Array.isArray(stored) !== Array.isArray(now)) return [{ at, stored: before, now: after }]
  const keys = [...new Set([...Object.keys(stored), ...Object.keys(now)])]
  return keys.flatMap((key) => differencesBetween(stored[key], now[key], `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`))
}

const json = (value: unknown): string | null => (value === undefined ? null : canonicalJson(value))
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
