import { builder } from './platform/builder.ts'
import { guardRootFields } from './platform/root-access.ts'

// The slices, upstream first. Importing one adds its types and fields.
import './domains/audit/index.ts'
import './domains/providers/index.ts'

export const schema = guardRootFields(builder.toSchema())
