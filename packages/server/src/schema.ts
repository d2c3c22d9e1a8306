import { builder } from './platform/builder.ts'
import { guardRootFields } from './platform/root-access.ts'

// The slices, upstream first. Importing one adds its types and fields.
import './domains/audit/index.ts'
import './domains/providers/index.ts'
import './domains/rule-sets/index.ts'
import './domains/tasks/index.ts'

export const schema = guardRootFields(builder.toSchema())
