import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Operation } from '../../platform/operation.ts'
import { readsInFull, type Case } from '../cases/index.ts'
import { assessors, type Role } from '../providers/index.ts'

/**
 * Who may read single answers, their evidence and what would change the result. Whoever may open the case sees the
 * band and when it is looked at again; a facilitator stops there, because a group is no place for the details.
 */
export const answerReaders: Role[] = [...assessors, 'social-worker', 'partner-support-worker']

/** Who opens a case as its referrer sees nothing of its assessments: they are told what they are told. */
export const mayReadAssessments = readsInFull
export const mayReadAnswers = (actor: Actor): boolean => hasRole(actor, ...answerReaders)
export const mayReadAnswersOf = (actor: Actor, row: Case): boolean => mayReadAnswers(actor) && readsInFull(actor, row)
/** What would tip the result could coach a participant, so it stays with those who assess. */
export const mayReadWhatDecides = (actor: Actor): boolean => hasRole(actor, ...assessors)

/** Notes that parts of this case's assessment were read. */
export const noteAssessmentRead = (operation: Operation, actor: Actor, caseId: string, ...fields: string[]): void =>
  operation.noteRead({ subjectType: 'case', subjectId: caseId, fields, allowedBy: [...actor.roles].sort().join(' ') })
