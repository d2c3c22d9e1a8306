import { byNumber } from '../kinds/rule.ts'
import type { Factor, Instrument } from '../kinds/risk/instrument.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'
import { type Change, change, matched, quoted, wordingOf } from './change.ts'
import { byRank, type Effect, effectsOf, withBandRead } from './effect.ts'
import { type Shift, together } from './reach.ts'

/** Factors, points and bands. Points count against the greatest possible score, so that one weight moves everybody's share. */
export function instrumentChanges(before: ResolvedDocument, after: ResolvedDocument): Change[] {
  const [one, other] = [before.instrument, after.instrument]
  if (!one && !other) return []
  if (!one || !other) {
    const named = one ?? other
    return [
      change(
        '/instrument',
        `instrument ${named?.id ?? ''} ${one ? 'removed: risk is decided no more' : 'added'}`,
        { risk: 'unclear' },
        'additive',
      ),
    ]
  }
  return [
    ...wordingOf('/instrument', 'instrument', one, other, ['id', 'version', 'title', 'source']),
    ...risk(
      '/instrument/statement',
      `instrument: statement ${one.statement} → ${other.statement}`,
      one.statement === other.statement,
      'unclear',
    ),
    ...bandChanges(one, other, after),
    ...matched(one.factors, other.factors).flatMap((pair) => factorChanges(pair, one, [before, after])),
    ...missingChanges(one, other),
    ...domainChanges(one, other),
  ]
}

const risk = (at: string, inWords: string, isSame: boolean, effect: Effect): Change[] =>
  isSame ? [] : [change(at, inWords, { risk: effect }, 'wording')]

/** The same of what moves the band itself, which rules of other kinds ask for. */
const band = (at: string, inWords: string, isSame: boolean, effect: Effect, document: ResolvedDocument): Change[] =>
  isSame ? [] : [change(at, inWords, withBandRead(effect, { risk: effect }, document), 'wording')]

function bandChanges(one: Instrument, other: Instrument, document: ResolvedDocument): Change[] {
  const order = (instrument: Instrument) => byNumber(instrument.bands).map(([id]) => id)
  const isSameOrder = order(one).join() === order(other).join()
  return [
    ...band('/instrument/bands', `bands ${order(one).join(' < ')} → ${order(other).join(' < ')}`, isSameOrder, 'unclear', document),
    ...matched(one.bands, other.bands).flatMap(({ id, before, after }) => {
      if (!before || !after) return []
      const at = `/instrument/bands/${id}`
      return [
        ...band(
          `${at}/from`,
          `band ${id} begins at ${before.from} → ${after.from} in 100`,
          before.from === after.from,
          byRank(after.from, before.from),
          document,
        ),
        ...risk(
          `${at}/reviewDays`,
          `band ${id}: review within ${before.reviewDays} → ${after.reviewDays} days`,
          before.reviewDays === after.reviewDays,
          byRank(after.reviewDays, before.reviewDays),
        ),
        ...wordingOf(at, `band ${id}`, before, after, ['label', 'to']),
      ]
    }),
  ]
}

type FactorPair = { id: string; before: Factor | undefined; after: Factor | undefined }

function factorChanges(
  { id, before, after }: FactorPair,
  instrument: Instrument,
  documents: readonly [ResolvedDocument, ResolvedDocument],
): Change[] {
  const at = `/instrument/factors/${id}`
  const factor = after ?? before
  if (!before || !after) return band(at, `factor “${factor?.label ?? id}” ${before ? 'removed' : 'added'}`, false, 'unclear', documents[1])
  const named = `factor “${after.label}”`
  const weights = `${named}: weight ${before.weight} → ${after.weight}; this ${after.weight > before.weight ? 'raises the share of those who have it and lowers' : 'lowers the share of those who have it and raises'} that of the others`
  const isStatic = ({ static: history }: Factor) => history === true
  return [
    ...band(`${at}/weight`, weights, before.weight === after.weight, 'unclear', documents[1]),
    ...band(
      `${at}/static`,
      `${named}: what is long past now counts ${isStatic(after) ? 'in full' : 'less than what is recent'}`,
      isStatic(before) === isStatic(after),
      isStatic(after) ? 'wider' : 'narrower',
      documents[1],
    ),
    ...band(
      `${at}/floor`,
      `${named}: ${floorInWords(before)} → ${floorInWords(after)}`,
      floorInWords(before) === floorInWords(after),
      floorEffect(before, after, instrument),
      documents[1],
    ),
    ...windowChange(at, named, { id, before, after }, documents),
    ...risk(`${at}/domain`, `${named}: domain ${before.domain} → ${after.domain}`, before.domain === after.domain, 'unclear'),
    ...wordingOf(at, named, before, after, ['label', 'question', 'source', 'number']),
  ]
}

/** What is recent weighs more, and rules of every kind may ask for it. A parameter with another value is a change of its own. */
function windowChange(
  at: string,
  named: string,
  { id, before, after }: { id: string; before: Factor; after: Factor },
  [was, is]: readonly [ResolvedDocument, ResolvedDocument],
): Change[] {
  if (before.recentWithin === after.recentWithin) return []
  const effect = byRank(monthsOf(before, is, was), monthsOf(after, is))
  const shift: Shift = effect === 'wider' ? { from: 'historic', to: 'recent' } : { from: 'recent', to: 'historic' }
  const effects = effect === 'same' ? {} : effectsOf(is, is, () => new Map([[`factor.${id}.window`, shift]]))
  const banded = together([effects.risk ?? 'same', effect])
  return [
    change(
      `${at}/recentWithin`,
      `${named}: recent by ${before.recentWithin} → ${after.recentWithin}`,
      withBandRead(banded, { ...effects, risk: banded }, is),
      'wording',
    ),
  ]
}

function monthsOf({ recentWithin }: Factor, ...documents: readonly ResolvedDocument[]): number {
  const value = documents.map(({ parameters }) => parameters[recentWithin]?.value).find((each) => each !== undefined)
  return typeof value === 'number' ? value : 0
}

function floorInWords({ floor }: Factor): string {
  return floor ? `at least ${floor.recent} if recent, ${floor.historic} if past, ${floor.possible} if possible` : 'forces no band'
}

function floorEffect({ floor: one }: Factor, { floor: other }: Factor, instrument: Instrument): Effect {
  if (!one || !other) return one ? 'narrower' : 'wider'
  const rank = (band: string) => byNumber(instrument.bands).findIndex(([id]) => id === band)
  return together((['recent', 'historic', 'possible'] as const).map((when) => byRank(rank(one[when]), rank(other[when]))))
}

/** Fewer open answers allowed, or a sooner look at what is provisional: sooner is up. */
function missingChanges({ missing: one }: Instrument, { missing: other }: Instrument): Change[] {
  const at = '/instrument/missing'
  const line = (key: keyof Instrument['missing'], what: string, effect: Effect) =>
    risk(`${at}/${key}`, `${what} ${one[key]} → ${other[key]}`, one[key] === other[key], effect)
  return [
    ...line('prorated', 'open answers with which a score is still scaled', byRank(other.prorated, one.prorated)),
    ...line('provisional', 'open answers with which there is still a provisional score', 'unclear'),
    ...line(
      'provisionalReviewDays',
      'days until a provisional result is looked at again',
      byRank(other.provisionalReviewDays, one.provisionalReviewDays),
    ),
  ]
}

function domainChanges(one: Instrument, other: Instrument): Change[] {
  return matched(one.domains, other.domains).flatMap(({ id, before, after }) => {
    const at = `/instrument/domains/${id}`
    if (!before || !after)
      return [change(at, `domain ${quoted(after?.label ?? before?.label)} ${before ? 'removed' : 'added'}`, {}, 'additive')]
    const needs = (domain: typeof after) =>
      domain.needsOtherSource ? 'needs a source besides the person' : 'may rest on the person’s own account'
    return [
      ...risk(`${at}/needsOtherSource`, `domain ${id}: ${needs(before)} → ${needs(after)}`, needs(before) === needs(after), 'unclear'),
      ...wordingOf(at, `domain ${id}`, before, after, ['label', 'number']),
    ]
  })
}
