import type { Difference } from '../diff/index.ts'
import { counted, series } from '../explain/words.ts'
import { kinds } from '../kinds/index.ts'
import type { KindResult, Simulation } from './simulate.ts'

/** What a manager takes to a meeting: `missesAllowed 0 → 1: of 212 cases 9 move up (removal due to contact); none moves down.` */
export function effectInWords(difference: Difference, simulation: Simulation): string[] {
  const change = changeInWords(difference)
  if (simulation.kinds.length === 0) return [`${change}: no past case was given to try it on.`]
  const touched = simulation.kinds.filter(({ counts, judged }) => counts.unchanged < judged)
  const stored = storedBandInWords(simulation)
  if (touched.length === 0) return [`${change}: of ${counted(simulation.cases, 'case')} none moves.`, ...stored]
  const several = simulation.kinds.length > 1
  const results = touched.map(
    (result) => `${change}${several ? `, ${kinds[result.kind].title.toLowerCase()}` : ''}: ${resultInWords(result)}.`,
  )
  return [...results, ...stored]
}

function storedBandInWords({ onStoredBand }: Simulation): string[] {
  if (onStoredBand.length === 0) return []
  const titles = series(onStoredBand.map((kind) => kinds[kind].title))
  return [`${titles}: judged with the risk band that was stored; what another band leads to there is not in these numbers.`]
}

/** The one change that can move a case by its own name; several by their number. */
function changeInWords({ changes }: Difference): string {
  const moving = changes.filter((change) => change.class !== 'wording' && change.class !== 'additive')
  const [only] = moving
  if (only && moving.length === 1) return only.inWords.replace(/ \([^()]*\)$/, '')
  return moving.length > 1 ? `${moving.length} changes together` : 'Nothing that can move a case'
}

/** `of 212 cases 9 move up (removal due → contact); 2 cannot be told; none moves down`. */
export function resultInWords({ judged, counts, swaps }: KindResult): string {
  const moved = (move: 'up' | 'down', said: string) => {
    const count = counts[move]
    if (count === 0) return ''
    const where = swaps.filter((swap) => swap.move === move && swap.before !== swap.after).sort((one, other) => other.count - one.count)
    const shown = where.slice(0, 3).map(({ before, after, count: each }) => `${where.length > 1 ? `${each} ` : ''}${before} → ${after}`)
    return `${count} ${count === 1 ? 'moves' : 'move'} ${said}${shown.length > 0 ? ` (${series(shown)}${where.length > 3 ? ' and others' : ''})` : ''}`
  }
  const parts = [
    moved('down', 'down'),
    moved('up', 'up'),
    counts['cannot-tell'] > 0 ? `${counts['cannot-tell']} cannot be told, because answers are open` : '',
    counts.unchanged > 0 ? `${counts.unchanged} ${counts.unchanged === 1 ? 'stays as it is' : 'stay as they are'}` : '',
    counts.down === 0 ? 'none moves down' : '',
  ].filter(Boolean)
  return `of ${counted(judged, 'case')} ${parts.join('; ')}`
}
