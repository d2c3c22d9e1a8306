import { addNodeFields } from './platform/node.ts'
import { builder } from './platform/builder.ts'
import { describeGenerated } from './platform/describe-generated.ts'
import { calledBy, guardRootFields } from './platform/root-access.ts'
import { roleIds } from './domains/providers/index.ts'

// The slices, upstream first. Importing one adds its types and fields.
import './domains/audit/index.ts'
import './domains/providers/index.ts'
import './domains/rule-sets/index.ts'
import './domains/notifications/index.ts'
import './domains/tasks/index.ts'
import './domains/participants/index.ts'
import './domains/cases/index.ts'
import './domains/safeguarding/index.ts'
import './domains/referrals/index.ts'
import './domains/intake/index.ts'
import './domains/assessments/index.ts'
import './domains/programmes/index.ts'
import './domains/attendance/index.ts'
import './domains/outcomes/index.ts'

addNodeFields(
  calledBy(roleIds, 'Reads anything again by its global id. What this person may not see is null, exactly as what does not exist.'),
)

export const schema = guardRootFields(describeGenerated(builder.toSchema()))
