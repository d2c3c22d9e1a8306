import type { Issue } from '@plumbline/rules'
import { DomainError } from '../../platform/errors.ts'
import type { Draft, Gate } from './gate.ts'

/** Something in the text is red. Nothing was stored. */
export class RuleSetRefused extends DomainError {
  override name = 'RuleSetRefused'
  readonly code = 'rule-set-refused'
  /** Errors and warnings, in the order of the text. */
  readonly issues: Issue[]
  constructor(issues: Issue[]) {
    const errors = issues.filter(({ severity }) => severity === 'error').length
    super(
      `this rule set cannot be published: ${errors === 1 ? 'one thing is' : `${errors} things are`} wrong`,
      'mend what `issues` names, each with its place, and propose it then',
    )
    this.issues = issues
  }
}

/** What passed the gate. @throws RuleSetRefused */
export function assertPublishable({ issues, isPublishable, draft }: Gate): Draft {
  if (!isPublishable || !draft) throw new RuleSetRefused(issues)
  return draft
}
