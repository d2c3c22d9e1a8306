import { directions } from '@plumbline/rules/bulk'
import { kinds as ruleKinds } from '@plumbline/rules/load'
import type { Day } from '../../platform/clock.ts'
import type { Direction, KindImpact } from './impact.ts'

/** The whole impact, moves down before everything else. */
export function impactSentences(fromOn: Day, decisions: number, kinds: readonly KindImpact[]): string[] {
  if (decisions === 0) return [`No decision was stored since ${fromOn}, so nothing can be said about what would change.`]
  const of = (count: number, kind: KindImpact) => `${count} of ${counted(sum(kind), 'decision')}`
  const listed = (kind: KindImpact, direction: Direction) => {
    const found = kind.changes.filter((change) => change.direction === direction)
    return `: ${found.map(({ from, to, count }) => `${from === to ? `${from}, in its details` : `${from} → ${to}`} (${count})`).join(', ')}.`
  }
  const down = kinds
    .filter((kind) => kind.down > 0)
    .map(
      (kind) =>
        `${ruleKinds[kind.kind].title}: ${of(kind.down, kind)} would move down, ${directions[kind.kind].down}${listed(kind, 'down')}`,
    )
  const open = kinds
    .filter((kind) => kind.cannotTell > 0)
    .map((kind) => `${ruleKinds[kind.kind].title}: for ${of(kind.cannotTell, kind)} it cannot be told${listed(kind, 'cannot-tell')}`)
  const up = kinds
    .filter((kind) => kind.up > 0)
    .map((kind) => `${ruleKinds[kind.kind].title}: ${of(kind.up, kind)} would move up, ${directions[kind.kind].up}${listed(kind, 'up')}`)
  const same = kinds.reduce((total, kind) => total + kind.unchanged, 0)
  const rest = `Of ${counted(decisions, 'decision')} since ${fromOn}, ${same} would stay as ${same === 1 ? 'it is' : 'they are'}. None is changed by this: a decision stays as it was made.`
  return [...(down.length > 0 ? down : ['Nothing would move down.']), ...open, ...up, rest]
}

const sum = ({ down, cannotTell, up, unchanged }: KindImpact) => down + cannotTell + up + unchanged
const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
