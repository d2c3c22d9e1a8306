import { inWords } from '../explain/words.ts'
import { isAttendanceFact } from '../kinds/attendance/filler.ts'
import { byNumber } from '../kinds/rule.ts'
import type { KindId, ParameterDefinition, ParameterValue, ResolvedDocument } from '../rule-set/document.ts'
import { canonicalJson } from '../rule-set/canonical-json.ts'
import { type Change, change, matched, wordingOf } from './change.ts'
import { byRank, type Effect, type Effects, effectsOf, withBandRead } from './effect.ts'
import { bySets, type Shift, together } from './reach.ts'
import { withConditionsOf } from './steps.ts'

export function parameterChanges(before: ResolvedDocument, after: ResolvedDocument): Change[] {
  let document = withConditionsOf(before, after)
  return matched(before.parameters, after.parameters).flatMap(({ id, before: one, after: other }) => {
    const at = `/parameters/${id}`
    if (!one || !other) {
      const known = one ?? other
      return [change(at, `parameter ${id} ${one ? 'removed' : 'added'} (${known?.label ?? id})`, {}, 'additive')]
    }
    const was = document
    document = { ...was, parameters: { ...was.parameters, [id]: other } }
    return [
      ...valueChange(id, one, other, [was, document]),
      ...boundsChange(at, id, one, other),
      ...wordingOf(at, `parameter ${id}`, textOf(one), textOf(other), ['label', 'source', 'unit', 'number']),
    ]
  })
}

const textOf = (parameter: ParameterDefinition) => ({ ...parameter, unit: 'unit' in parameter ? parameter.unit : undefined })

type Documents = readonly [before: ResolvedDocument, after: ResolvedDocument]

function valueChange(id: string, one: ParameterDefinition, other: ParameterDefinition, documents: Documents): Change[] {
  if (canonicalJson(one.value) === canonicalJson(other.value)) return []
  const effects = parameterEffects(id, one.value, other.value, documents)
  return [change(`/parameters/${id}`, `${id} ${valuesInWords(one.value, other.value)} (${other.label})`, effects, 'additive')]
}

/** `0 → 1`; of lists what came and what went. */
function valuesInWords(before: ParameterValue, after: ParameterValue): string {
  if (!Array.isArray(before) || !Array.isArray(after)) return `${inWords(before)} → ${inWords(after)}`
  const [was, is] = [before.map(String), after.map(String)]
  const came = is.filter((each) => !was.includes(each))
  const went = was.filter((each) => !is.includes(each))
  const parts = [came.length > 0 ? `gains ${inWords(came)}` : '', went.length > 0 ? `loses ${inWords(went)}` : ''].filter(Boolean)
  return parts.length > 0 ? parts.join(' and ') : 'in another order'
}

function boundsChange(at: string, id: string, one: ParameterDefinition, other: ParameterDefinition): Change[] {
  const bounds = ({ type, ...rest }: ParameterDefinition) => {
    const { minimum, maximum, choices, of } = rest as { minimum?: number; maximum?: number; choices?: unknown; of?: unknown }
    return { type, minimum, maximum, choices, of }
  }
  if (canonicalJson(bounds(one)) === canonicalJson(bounds(other))) return []
  return [
    change(`${at}/bounds`, `parameter ${id}: other values are allowed (${boundsInWords(one)} → ${boundsInWords(other)})`, {}, 'additive'),
  ]
}

export function boundsInWords(parameter: ParameterDefinition): string {
  if (parameter.type === 'boolean') return 'yes or no'
  if (parameter.type === 'choice') return inWords(parameter.choices, 'or')
  if (parameter.type === 'list') return parameter.of.type === 'choice' ? `any of ${inWords(parameter.of.choices)}` : 'a list'
  if (parameter.type !== 'integer') return `a ${parameter.type}`
  const { minimum, maximum } = parameter
  if (minimum === undefined) return maximum === undefined ? 'a whole number' : `up to ${maximum}`
  return maximum === undefined ? `${minimum} or more` : `${minimum} to ${maximum}`
}

/** By the rules that read it, by the facts that a kind computes with it, and by the instrument. */
function parameterEffects(id: string, one: ParameterValue, other: ParameterValue, [before, after]: Documents): Effects {
  const effects = effectsOf(before, after, (kind) => new Map(shiftsOf(id, one, other, before, kind)))
  const band = together([effects.risk ?? 'same', scoreEffect(id, one, other, before)])
  return withBandRead(band, { ...effects, risk: together([band, taskEffect(id, one, other, before)]) }, after)
}

/** What becomes of facts that are computed with this parameter. */
function shiftsOf(id: string, one: ParameterValue, other: ParameterValue, document: ResolvedDocument, kind: KindId): [string, Shift][] {
  const known = Object.hasOwn(shifts, id) ? shifts[id] : undefined
  if (known) return known(one, other, kind)
  if (typeof one !== 'number' || typeof other !== 'number') return []
  return windowsOf(id, document).map((factor) => [
    `factor.${factor}.window`,
    other > one ? { from: 'historic', to: 'recent' } : { from: 'recent', to: 'historic' },
  ])
}

const misses = (shift: Shift): [string, Shift][] => [['attendance.missed', shift]]
const byFlag = (_: ParameterValue, other: ParameterValue) => misses(other === true ? 'more' : 'less')
const attendanceFacts = ['held', 'attended', 'missed', 'excused', 'absent', 'late', 'leftEarly']
  .map((count) => `attendance.${count}`)
  .filter(isAttendanceFact)

const shifts: Readonly<Record<string, (one: ParameterValue, other: ParameterValue, kind: KindId) => [string, Shift][]>> = {
  excusedAbsenceCounts: byFlag,
  leftEarlyCounts: byFlag,
  // So many late arrivals make one miss; 0: never.
  lateArrivalsPerMiss: (one, other) => misses(rarity(other) < rarity(one) ? 'more' : 'less'),
  // Only attendance counts around a session that is not recorded; to other kinds all counts are unknown then, so that one session more may take a count away.
  countedSessionKinds: (one, other, kind) => {
    if (kind !== 'attendance') return attendanceFacts.map((fact) => [fact, 'unclear'])
    const reach = Array.isArray(one) && Array.isArray(other) ? bySets(one, other) : 'unclear'
    const shift = reach === 'wider' ? 'more' : reach === 'narrower' ? 'less' : 'unclear'
    return attendanceFacts.map((fact) => [fact, shift])
  },
  namedMeasures: () => [
    ['completion.measuresBetter', 'unclear'],
    ['completion.measuresWorse', 'unclear'],
    ['completion.measuresCounted', 'unclear'],
  ],
}
const rarity = (value: ParameterValue): number => (value === 0 ? Number.POSITIVE_INFINITY : Number(value))

const windowsOf = (id: string, { instrument }: ResolvedDocument): string[] =>
  Object.entries(instrument?.factors ?? {}).flatMap(([factor, { recentWithin }]) => (recentWithin === id ? [factor] : []))

/** A task that is due later is a step down. */
function taskEffect(id: string, one: ParameterValue, other: ParameterValue, { instrument }: ResolvedDocument): Effect {
  if (!instrument || id !== 'verifyWithinWorkingDays' || typeof one !== 'number' || typeof other !== 'number') return 'same'
  return byRank(other, one)
}

/** What is recent weighs more than what is past. */
function scoreEffect(id: string, one: ParameterValue, other: ParameterValue, document: ResolvedDocument): Effect {
  if (!document.instrument || typeof one !== 'number' || typeof other !== 'number' || one === other) return 'same'
  const factors = windowsOf(id, document).map((factor) => document.instrument?.factors[factor])
  if (factors.length === 0) return 'same'
  const rank = (band: string | undefined) => byNumber(document.instrument?.bands ?? {}).findIndex(([each]) => each === band)
  const isOrdered = factors.every((factor) => !factor?.floor || rank(factor.floor.recent) >= rank(factor.floor.historic))
  return !isOrdered ? 'unclear' : other > one ? 'wider' : 'narrower'
}
