import type { Facts, FactValue } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { participantFactSupplier } from '../participants/index.ts'
import { referralFactSupplier } from '../referrals/index.ts'
import { collectFacts, type FactSupplier } from '../rule-sets/index.ts'
import { answersOf, factsFrom } from './answers.ts'
import { latestSigned } from './assessment.ts'

/** What the latest signed assessment says, and the band it came to with judgement. Nothing before the first is signed: it stays unknown. */
export const assessmentFactSupplier: FactSupplier = {
  slice: 'assessments',
  names: ['factor.*', 'safeguarding.*', 'risk.atLeast', 'risk.atMost'],
  async supply(tx, actor, caseId) {
    const latest = await latestSigned(tx, actor, caseId)
    if (!latest) return {}
    const facts: Record<string, FactValue> = factsFrom(await answersOf(tx, actor, latest.id))
    return { ...facts, 'risk.atLeast': latest.bandAtLeast, 'risk.atMost': latest.bandAtMost }
  },
}

/** What the slices upstream of this one know. */
export const upstreamFacts = (tx: Tx, actor: Actor, caseId: Uuid): Promise<Facts> =>
  collectFacts(tx, actor, caseId, [participantFactSupplier, referralFactSupplier])
