import type { Issue } from '../issue.ts'
import { segmentsOf, valueAt } from './shape-at.ts'

/** What was put right so far, so that nothing is said of it a second time. */
export type PutRight = {
  /** Pointers to what is ours now. */
  places: Set<string>
  /** Facts, parameters (`parameter.x`) and named conditions that were taken out with their mistakes. */
  lost: Set<string>
}

/** Whether an issue only follows from one that was reported already. */
export function isEcho({ at, code }: Issue, document: unknown, { places, lost }: PutRight): boolean {
  // A named condition with a mistake has its own issue, where it is written.
  if (code === 'faulty-condition') return true
  if (naming.has(code) && lost.has(nameIn(at, document))) return true
  if (
    lost.has('instrument') &&
    (at.startsWith('/instrument') ||
      at.startsWith('/locked/instrument/') ||
      code === 'no-instrument' ||
      code === 'unknown-band' ||
      /^factor\.|^risk\./.test(nameIn(at, document)))
  )
    return true
  return [...places].some((place) => at === place || at.startsWith(`${place}/`) || restsOn(at, code, place))
}

const naming: ReadonlySet<string> = new Set(['unknown-fact', 'unknown-parameter', 'unknown-condition'])

/** The name that is unknown: the value there, or, where facts are listed, the key. */
function nameIn(at: string, document: unknown): string {
  const segments = segmentsOf(at)
  const value = valueAt(document, segments)
  return segments.at(-2) === 'facts' ? (segments.at(-1) ?? '') : typeof value === 'string' ? value : ''
}

/** A rule as a whole rests on its conditions, a parameter on its value, scoring on every part of the instrument. */
function restsOn(at: string, code: string, place: string): boolean {
  if (code === 'instrument-scoring' || code === 'instrument-version') return place.startsWith('/instrument/')
  // Where one band begins decides where the others end.
  if (code === 'band-gap' || code === 'band-overlap' || code === 'empty-bounds') {
    const bands = /^(.*\/bands)\//.exec(at)?.[1]
    return bands !== undefined && place.startsWith(`${bands}/`) && /\/(?:from|to)$/.test(place)
  }
  const isPart = place.startsWith(`${at}/`)
  return isPart && (place === `${at}/conditions` || code === 'parameter-value' || code === 'floor-order')
}
