import type { Facts } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { assessmentFactSupplier } from '../assessments/index.ts'
import { participantFactSupplier } from '../participants/index.ts'
import { latestBegunPlace, placesOfCase, type Place } from '../programmes/index.ts'
import { referralFactSupplier } from '../referrals/index.ts'
import { collectFacts, type FactSupplier } from '../rule-sets/index.ts'
import { asFact, recordedOf, registerOf, type RegisterItem } from './register.ts'
import { presentOutcomes } from './words.ts'

/**
 * The register of the run a case is in, or was in last; how many meetings of the group were attended, late and left early among them; and how many
 * different themes those were about. A run that went on in another group counts as one. While a session that is over is not recorded, the numbers are unknown.
 */
export const attendanceFactSupplier: FactSupplier = {
  slice: 'attendance',
  names: ['attendance.register', 'programme.sessionsAttended', 'programme.themesCompleted'],
  async supply(tx, actor, caseId) {
    const place = await latestBegunPlace(tx, actor, caseId)
    if (!place) return {}
    const [all = []] = await placesOfCase.batch(tx, actor, [caseId])
    const run = [...all.filter(({ id, ending }) => id !== place.id && ending === 'moved-to-other-group'), place]
    const recorded = await recordedOf(tx, actor, run)
    const items = run.map((one) => registerOf(one, recorded, tx.now))
    return { 'attendance.register': asFact(items.at(-1)!), ...attendedOf(items.flat()) }
  },
}

function attendedOf(items: readonly RegisterItem[]): Facts {
  const meetings = items.filter(({ session }) => session.kind === 'group')
  if (meetings.some(({ outcome }) => outcome === null)) return {}
  const attended = meetings.filter(({ outcome }) => presentOutcomes.includes(outcome!))
  const themes = new Set(attended.map(({ session }) => session.themeId).filter((theme) => theme !== null))
  return { 'programme.sessionsAttended': attended.length, 'programme.themesCompleted': themes.size }
}

/** What the slices upstream know of the case, and the register of this place. The joining day is the place's own: a case may have another by now. */
export const factsForPlace = async (tx: Tx, actor: Actor, { caseId, joinedOn }: Place, items: readonly RegisterItem[]): Promise<Facts> => ({
  ...(await factsOfCase(tx, actor, caseId)),
  'place.joinedOn': joinedOn,
  'attendance.register': asFact(items),
})

const factsOfCase = (tx: Tx, actor: Actor, caseId: Uuid): Promise<Facts> =>
  collectFacts(tx, actor, caseId, [participantFactSupplier, referralFactSupplier, assessmentFactSupplier])
