import type { Facts, FactValue } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { participantFactSupplier } from '../participants/index.ts'
import { referralFactSupplier } from '../referrals/index.ts'
import { collectFacts, type FactSupplier } from '../rule-sets/index.ts'
import { answersOf, factsFrom } from './answers.ts'
import { latestSigned } from './assessment.ts'
import { outsideInquiriesOfCase, saysNoOther } from './outside-inquiry.ts'
import { outsideResultsOfCase } from './outside-result.ts'

/** What the latest signed assessment says, and the band it came to with judgement; and what other tools came to. Nothing before the first of each: it stays unknown. */
export const assessmentFactSupplier: FactSupplier = {
  slice: 'assessments',
  names: ['factor.*', 'safeguarding.*', 'risk.atLeast', 'risk.atMost', 'assessment.outsideResults'],
  async supply(tx, actor, caseId) {
    const outside = await outsideFacts(tx, actor, caseId)
    const latest = await latestSigned(tx, actor, caseId)
    if (!latest) return outside
    const facts: Record<string, FactValue> = factsFrom(await answersOf(tx, actor, latest.id))
    return { ...facts, ...outside, 'risk.atLeast': latest.bandAtLeast, 'risk.atMost': latest.bandAtMost }
  },
}

/**
 * Results of other tools that count, the newest first. Until somebody asked and there was none beside them, an unknown one stands last:
 * there may be others. Without any: the empty list where somebody asked and there was none, null where it is not known, nothing where nobody asked.
 */
export async function outsideFacts(tx: Tx, actor: Actor, caseId: Uuid): Promise<Facts> {
  const [results = []] = await outsideResultsOfCase.batch(tx, actor, [caseId])
  const [[latest] = []] = await outsideInquiriesOfCase.batch(tx, actor, [caseId])
  const counting = results.filter(({ isCorrected }) => !isCorrected)
  const isComplete = latest !== undefined && saysNoOther(latest, counting)
  if (counting.length === 0) return latest ? { 'assessment.outsideResults': isComplete ? [] : null } : {}
  const items = counting.map(({ toolVersion: version, tool, name, takenOn, scoreInHundredths, outOf, band, source }) => ({
    tool,
    name,
    version,
    takenOn,
    scoreInHundredths,
    outOf,
    band,
    source,
  }))
  return { 'assessment.outsideResults': isComplete ? items : [...items, null] }
}

/** What the slices upstream of this one know. */
export const upstreamFacts = (tx: Tx, actor: Actor, caseId: Uuid): Promise<Facts> =>
  collectFacts(tx, actor, caseId, [participantFactSupplier, referralFactSupplier])
