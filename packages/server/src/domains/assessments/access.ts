import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Operation } from '../../platform/operation.ts'
import { assessors, caseReaders, type Role } from '../providers/index.ts'

/**
 * Who may read single answers, their evidence and what would change the result. Whoever may open the case sees the
 * band and when it is looked at again; a facilitator stops there, because a group is no place for the details.
 */
export const answerReaders: Role[] = [...assessors, 'social-worker', 'partner-support-worker']

/** Some who may open a case, such as its referrer, see nothing of its assessments: they are told what they are told. */
export const mayReadAssessments = (actor: Actor): boolean => hasRole(actor, ...caseReaders)
export const mayReadAnswers = (actor: Actor): boolean => hasRole(actor, ...answerReaders)
/** What would tip the result could coach a participant, so it stays with those who assess. */
export const mayReadWhatDecides = (actor: Actor): boolean => hasRole(actor, ...assessors)

/** Notes that parts of this case's assessment were read. */
export const noteAssessmentRead = (operation: Operation, actor: Actor, caseId: string, ...fields: string[]): void =>
  operation.noteRead({ subjectType: 'case', subjectId: caseId, fields, allowedBy: [...actor.roles].sort().join(' ') })
