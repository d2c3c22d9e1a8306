import type { Duration } from '@plumbline/rules'
import { deadlineOf } from '../../platform/calendar/index.ts'
import { dayIn, type Day, type Instant } from '../../platform/clock.ts'
import { followProposals, secondPeople, type RuleSetProposal } from '../rule-sets/index.ts'
import { cancelTaskAbout, completeTasksAbout } from './close-tasks.ts'
import { openTask } from './open-task.ts'

const about = ({ id }: RuleSetProposal) => ({ type: 'rule-set-proposal', id })

/** A proposed rule set becomes a task of the second person, who has to read it before the day it would begin. */
followProposals({
  async proposed(tx, actor, proposal) {
    const [ownerId] = await secondPeople(tx, actor, proposal.proposedBy)
    // Where there is nobody else, there is nobody to ask: the proposal waits in the list.
    if (!ownerId) return
    const within = timeToRead(tx.now, proposal.effectiveFrom)
    await openTask(tx, actor, {
      kind: 'approve-rule-set',
      title: 'Read a proposed rule set, and approve or decline it',
      about: about(proposal),
      caseId: null,
      ownerId,
      side: 'participant',
      due: { within },
    })
  },
  async ended(tx, actor, proposal) {
    if (proposal.status === 'approved' || proposal.status === 'declined')
      await completeTasksAbout(tx, actor, about(proposal), 'approve-rule-set', `the proposal was ${proposal.status}`)
    else await cancelTaskAbout(tx, actor, about(proposal), 'approve-rule-set', `the proposal was ${proposal.status}`)
  },
})

/** Five working days; less where it would begin before they are over, for it is never approved on the day itself or later. */
function timeToRead(now: Instant, effectiveFrom: Day): Duration {
  const usual: Duration = { amount: 5, unit: 'working-days' }
  if (dayIn(deadlineOf(now, usual).at) < effectiveFrom) return usual
  let days = 0
  while (dayIn(deadlineOf(now, { amount: days + 1, unit: 'days' }).at) < effectiveFrom) days += 1
  return { amount: days, unit: 'days' }
}
