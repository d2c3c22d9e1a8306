import { suggestion } from '../language/did-you-mean.ts'
import { own } from '../language/scope.ts'
import { isRecord } from '../language/values.ts'
import { escaped } from '../language/pointer.ts'
import { byNumber } from '../kinds/rule.ts'
import type { BandId, FactorId, Instrument } from '../kinds/risk/instrument.ts'
import { canonicalJson } from './canonical-json.ts'
import { kindIds, type ResolvedDocument } from './document.ts'
import type { Refuse } from './extend.ts'

type Locked = keyof ResolvedDocument['locked']

export const isLocked = ({ locked }: ResolvedDocument, part: Locked, id: string): boolean => locked[part]?.includes(id) === true

/** Named conditions that locked rules rest on, directly or through one another. Changing one would change the rule. */
export function lockedConditions(document: ResolvedDocument): ReadonlySet<string> {
  const names = new Set<string>()
  const collect = (json: unknown): void => {
    if (Array.isArray(json)) return json.forEach(collect)
    if (!isRecord(json)) return
    const name = json['condition']
    if (typeof name === 'string' && !names.has(name)) {
      names.add(name)
      collect(own(document.conditions, name))
    }
    Object.values(json).forEach(collect)
  }
  for (const kind of kindIds) for (const rule of document.locked[kind] ?? []) collect(own(document[kind], rule)?.conditions)
  return names
}

/** Everything that is locked exists. */
export function checkLocks(document: ResolvedDocument, refuse: Refuse): void {
  for (const [part, ids] of Object.entries(document.locked) as [Locked, readonly string[]][]) {
    const there = part === 'instrument' ? (document.instrument?.factors ?? {}) : document[part]
    ids.forEach((id, index) => {
      if (!Object.hasOwn(there, id))
        refuse(
          'unknown-lock',
          `/locked/${part}/${index}`,
          `there is no "${id}" to lock`,
          suggestion(id, Object.keys(there), 'remove it').help,
        )
      else if (part === 'instrument' && !document.instrument?.factors[id]?.floor)
        refuse('unknown-lock', `/locked/${part}/${index}`, `the factor "${id}" has no floor to lock`, 'give it one')
    })
  }
}

/** What a document may not do to the instrument it inherits. */
export function checkInstrument(parent: ResolvedDocument, written: Instrument | undefined, refuse: Refuse): void {
  const inherited = parent.instrument
  if (!written || !inherited) return
  if (written.id === inherited.id) checkSameInstrument(inherited, written, refuse)
  checkBandOrder(parent.locked.instrument ?? [], inherited, written, refuse)
  for (const factor of parent.locked.instrument ?? []) checkFloor(factor, inherited, written, refuse)
  if (isLocked(parent, 'statements', inherited.statement) && written.statement !== inherited.statement) {
    refuse(
      'locked',
      '/instrument/statement',
      `every result must carry the statement "${inherited.statement}"`,
      `write "${inherited.statement}"`,
    )
  }
}

function checkSameInstrument(inherited: Instrument, written: Instrument, refuse: Refuse): void {
  if (canonicalJson(scoringOf(inherited)) !== canonicalJson(scoringOf(written))) {
    refuse(
      'instrument-scoring',
      '/instrument/id',
      `scoring differs from that of "${inherited.id}", and results of the two would be taken for one another`,
      'give the changed instrument an id of its own',
    )
  } else if (inherited.version === written.version && canonicalJson(inherited) !== canonicalJson(written)) {
    refuse(
      'instrument-version',
      '/instrument/version',
      `wording differs from that of "${inherited.id}" ${inherited.version}`,
      'give it a new version',
    )
  }
}

/** And the end of a band, which decides nothing. */
const wording: ReadonlySet<string> = new Set(['version', 'title', 'source', 'label', 'question', 'to'])

/** An instrument without its wording. Ids of factors, domains and bands are not wording, whatever they are called. */
function scoringOf(instrument: Instrument): unknown {
  const { id, statement, missing, factors, bands, domains } = instrument
  const bare = (entries: Readonly<Record<string, object>>) =>
    Object.fromEntries(
      Object.entries(entries).map(([name, entry]) => [
        name,
        Object.fromEntries(Object.entries(entry).filter(([key]) => !wording.has(key))),
      ]),
    )
  return { id, statement, missing, factors: bare(factors), bands: bare(bands), domains: bare(domains) }
}

/** Locked floors name bands, and mean what they mean only while these stand in the same order. */
function checkBandOrder(locked: readonly FactorId[], inherited: Instrument, written: Instrument, refuse: Refuse): void {
  const named = new Set(locked.flatMap((id) => Object.values(own(inherited.factors, id)?.floor ?? {})))
  const inOrder = byNumber(inherited.bands).filter(([id]) => named.has(id))
  inOrder.forEach(([lower], index) => {
    const higher = inOrder[index + 1]?.[0]
    const [one, other] = [own(written.bands, lower), higher === undefined ? undefined : own(written.bands, higher)]
    if (!one || !other || one.number < other.number) return
    refuse(
      'locked',
      '/instrument/bands',
      `the order of the bands "${lower}" and "${higher}" is locked: critical floors are told by them`,
      `put "${lower}" below "${higher}"`,
    )
  })
}

/** A locked factor stays, with floors at least as high, reached as easily. Bands are told by their ids. */
function checkFloor(id: FactorId, inherited: Instrument, written: Instrument, refuse: Refuse): void {
  const before = own(inherited.factors, id)
  if (!before?.floor) return
  const at = `/instrument/factors/${escaped(id)}`
  const after = own(written.factors, id)
  if (!after)
    return refuse(
      'locked',
      '/instrument/factors',
      `the critical factor "${id}" is locked: no instrument built on this one can drop it`,
      suggestion(id, Object.keys(written.factors), 'add it').help,
    )
  if (!after.floor) return refuse('locked', at, `the floor of "${id}" is locked: it forces a band by itself`, 'add its "floor"')
  if (after.recentWithin !== before.recentWithin)
    refuse('locked', `${at}/recentWithin`, `what recent means for "${id}" is locked`, `write "${before.recentWithin}"`)
  for (const when of ['recent', 'historic', 'possible'] as const) {
    const needed = before.floor[when]
    if (isLower(after.floor[when], needed, written))
      refuse(
        'locked',
        `${at}/floor/${when}`,
        `the floor of "${id}" is locked: at least "${needed}" is needed here`,
        `write "${needed}" or a higher band`,
      )
  }
}

function isLower(band: BandId, needed: BandId, { bands }: Instrument): boolean {
  const [has, needs] = [own(bands, band), own(bands, needed)]
  return band !== needed && (!has || !needs || has.number < needs.number)
}
