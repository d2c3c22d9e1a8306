import type { Rule } from '../kinds/rule.ts'
import type { Duration } from '../kinds/kind.ts'
import { proposedBy, subjectOf } from '../kinds/pathway/events.ts'
import { levels } from '../kinds/safeguarding/index.ts'
import { byNumber } from '../kinds/rule.ts'
import { kindIds, type KindId, type ResolvedDocument } from '../rule-set/document.ts'
import { formOf } from './form.ts'
import { bySets, flipped, type Reach, reachOf, type Shifts, together } from './reach.ts'

/** Where a change can move a case: `wider` is up, `narrower` down. Up and down mean what `directions` says of each kind. */
export type Effect = Reach
/** By kind; kinds that are not touched are left out. */
export type Effects = Partial<Record<KindId, Effect>>

/** What would come of it if the document were changed from one to the other and the rules stayed the same in number. */
export function effectsOf(
  before: ResolvedDocument,
  after: ResolvedDocument,
  shiftsFor: (kind: KindId) => Shifts = () => new Map(),
): Effects {
  const effects: Effects = {}
  for (const kind of kindIds) {
    const shifts = shiftsFor(kind)
    const reaches = Object.entries(before[kind]).map(([id, rule]) => {
      const other = after[kind][id]
      return other ? ruleEffect(kind, [rule, before], [other, after], shifts) : 'unclear'
    })
    const effect = together(reaches)
    if (effect !== 'same') effects[kind] = effect
  }
  return effects
}

/** With what it comes to in rules of other kinds that ask for the risk band: where the band of a case may become another, and how, is `band`. */
export function withBandRead(band: Effect, effects: Effects, document: ResolvedDocument): Effects {
  if (band === 'same') return effects
  const along = byNumber(document.instrument?.bands ?? {}).map(([id]) => id)
  const shifts: Shifts = new Map(bandFacts.map((fact) => [fact, { along, reach: band }]))
  const read = effectsOf(document, document, () => shifts)
  return Object.fromEntries(kindIds.map((kind) => [kind, together([effects[kind] ?? 'same', read[kind] ?? 'same'])]))
}

const bandFacts = ['risk.atLeast', 'risk.atMost']

type Placed = readonly [rule: Rule, document: ResolvedDocument]

/** Of one rule that is in both. */
export function ruleEffect(kind: KindId, before: Placed, after: Placed, shifts: Shifts = new Map()): Effect {
  const reach = reachOf(formOf(before[0].conditions, before[1]), formOf(after[0].conditions, after[1]), shifts)
  const sense = senseOf(kind)
  const byConditions = sense === 'up' ? reach : flipped(reach)
  const byEvent = eventEffect(kind, before, after)
  return together([byConditions, byEvent])
}

/** Where a rule that holds more often moves cases: to more care, unless it is content with something. */
export const senseOf = (kind: KindId): 'up' | 'down' => (kind === 'completion' ? 'down' : 'up')

/** By what follows when the rule holds. A text that only explains is wording. */
function eventEffect(kind: KindId, before: Placed, after: Placed): Effect {
  const [one, other] = [before[0].event, after[0].event]
  if (one.type !== other.type) return typeEffect(kind, other.type)
  const [was, is] = [one.params ?? {}, other.params ?? {}]
  const within = () => speedEffect(was['within'] as Duration | undefined, is['within'] as Duration | undefined)
  const tell = () => bySets((was['tell'] as string[] | undefined) ?? [], (is['tell'] as string[] | undefined) ?? [])
  switch (kind) {
    case 'risk':
      return byRank(bandRank(before[1], was['band']), bandRank(after[1], is['band']))
    case 'safeguarding':
      return together([within(), tell(), byRank(levelRank(was['level']), levelRank(is['level']))])
    case 'attendance':
      return together([within(), tell(), byRank(Number(was['from'] === 'programme'), Number(is['from'] === 'programme'))])
    case 'pathway':
      // The old is proposed less and the new more.
      if (subjectOf(proposedBy(one)) !== subjectOf(proposedBy(other))) return 'unclear'
      return speedEffect(was['every'] as Duration | undefined, is['every'] as Duration | undefined)
    default:
      return 'same'
  }
}

function typeEffect(kind: KindId, after: string): Effect {
  return kind === 'eligibility' ? (after === 'ineligible' ? 'wider' : 'narrower') : 'unclear'
}

const bandRank = ({ instrument }: ResolvedDocument, band: unknown): number =>
  byNumber(instrument?.bands ?? {}).findIndex(([id]) => id === band)
const levelRank = (level: unknown): number => levels.length - levels.findIndex((each) => each === level)

/** A greater rank is up. */
export const byRank = (before: number, after: number): Effect => (after > before ? 'wider' : after < before ? 'narrower' : 'same')

/** Sooner is up. Different units are compared only where there is no doubt. */
function speedEffect(before: Duration | undefined, after: Duration | undefined): Effect {
  if (!before || !after) return before === after ? 'same' : after ? 'wider' : 'narrower'
  if (before.unit === after.unit) return byRank(after.amount, before.amount)
  return 'unclear'
}
