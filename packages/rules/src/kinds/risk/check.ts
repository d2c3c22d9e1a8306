import { suggestion } from '../../language/did-you-mean.ts'
import type { Issue } from '../../issue.ts'
import type { ResolvedDocument } from '../../rule-set/document.ts'
import { checkBands } from '../check-bands.ts'
import { byNumber } from '../rule.ts'
import type { Factor, Instrument } from './instrument.ts'
import { integerParameter, VERIFY_WITHIN } from './plan.ts'
import { reachedScores } from './reached-scores.ts'

type Report = (at: string, code: string, message: string, help?: string) => void

/** What is wrong with an instrument beyond its form, which has been checked, and with patterns that name its bands. */
export function checkRisk(document: ResolvedDocument, report: (issue: Issue) => void): void {
  const say: Report = (at, code, message, help) => report({ severity: 'error', code, at, message, ...(help === undefined ? {} : { help }) })
  const { instrument } = document
  if (!instrument) {
    if (Object.keys(document.risk).length > 0)
      say('/risk', 'no-instrument', 'risk rules need an instrument', 'add "instrument", or remove the risk rules')
    return
  }
  uniqueNumbers(byNumber(instrument.bands), '/instrument/bands', say)
  checkBands(instrument.bands, '/instrument/bands', reachedScores(instrument), (code, at, message, help) => say(at, code, message, help))
  checkFactors(instrument, document, say)
  checkTimes(instrument, document, say)
  checkMissing(instrument, say)
  if (!Object.hasOwn(document.statements, instrument.statement)) {
    const names = Object.keys(document.statements)
    say(
      '/instrument/statement',
      'unknown-statement',
      `there is no statement "${instrument.statement}"`,
      helpFor(instrument.statement, names),
    )
  }
  checkPatterns(instrument, document, say)
}

function checkFactors(instrument: Instrument, document: ResolvedDocument, say: Report) {
  const factors = byNumber(instrument.factors)
  if (factors.length === 0) return say('/instrument/factors', 'no-factors', 'an instrument needs at least one factor')
  uniqueNumbers(factors, '/instrument/factors', say)
  for (const [id, factor] of factors) {
    const at = `/instrument/factors/${id}`
    if (!Object.hasOwn(instrument.domains, factor.domain)) {
      say(
        `${at}/domain`,
        'unknown-domain',
        `there is no domain "${factor.domain}"`,
        helpFor(factor.domain, Object.keys(instrument.domains)),
      )
    }
    const parameter = Object.hasOwn(document.parameters, factor.recentWithin) ? document.parameters[factor.recentWithin] : undefined
    if (parameter?.type !== 'integer') {
      const names = Object.keys(document.parameters).filter((name) => document.parameters[name]!.type === 'integer')
      say(
        `${at}/recentWithin`,
        'unknown-parameter',
        `there is no whole-number parameter "${factor.recentWithin}"`,
        helpFor(factor.recentWithin, names),
      )
    }
    checkFloor(`${at}/floor`, factor, instrument, say)
  }
}

/** With less than one month what happened today, or yesterday, would be long ago and weigh less; an answer is verified after it was given. */
function checkTimes({ factors }: Instrument, document: ResolvedDocument, say: Report) {
  for (const id of new Set([...Object.values(factors).map(({ recentWithin }) => recentWithin), VERIFY_WITHIN])) {
    const value = integerParameter(document, id) ?? 1
    if (value < 1) say(`/parameters/${id}`, 'parameter-value', `a whole number from 1 is needed, and this is ${value}`, 'write 1 or more')
  }
}

/** A worse answer may not force a lower band: possible, then historic, then recent. */
function checkFloor(at: string, { floor }: Factor, instrument: Instrument, say: Report) {
  if (!floor) return
  const numbers = (['possible', 'historic', 'recent'] as const).map((when) => {
    const id = floor[when]
    const band = Object.hasOwn(instrument.bands, id) ? instrument.bands[id] : undefined
    if (!band) say(`${at}/${when}`, 'unknown-band', `there is no band "${id}"`, helpFor(id, Object.keys(instrument.bands)))
    return band?.number ?? Number.NaN
  })
  const [possible, historic, recent] = numbers
  if (possible! > historic! || historic! > recent!)
    say(at, 'floor-order', 'a floor must not fall from possible to historic to recent', 'raise the later ones')
}

function checkMissing({ missing }: Instrument, say: Report) {
  if (missing.prorated > missing.provisional)
    say('/instrument/missing', 'missing-rule', '"prorated" is above "provisional"', 'let "provisional" be the larger of the two')
}

function checkPatterns(instrument: Instrument, document: ResolvedDocument, say: Report) {
  for (const [id, rule] of Object.entries(document.risk)) {
    const band = rule.event.params?.['band']
    if (typeof band !== 'string' || Object.hasOwn(instrument.bands, band)) continue
    say(`/risk/${id}/event/params/band`, 'unknown-band', `there is no band "${band}"`, helpFor(band, Object.keys(instrument.bands)))
  }
}

function uniqueNumbers(entries: readonly [string, { number: number }][], at: string, say: Report) {
  entries.forEach(([id, { number }], index) => {
    const before = entries[index - 1]
    if (before && before[1].number === number)
      say(`${at}/${id}/number`, 'duplicate-number', `"${before[0]}" and "${id}" both have number ${number}`)
  })
}

const helpFor = (word: string, names: readonly string[]): string | undefined => suggestion(word, names).help
