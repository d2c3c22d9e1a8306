import { FALSE } from '../language/truth.ts'
import type { Check } from './check.ts'
import { sameForAll } from './comparisons.ts'

export const impossibleComparison: Check = {
  code: 'impossible-comparison',
  severity: 'warning',
  title: 'A comparison that no value can satisfy',
  check: (subject, report) =>
    sameForAll(
      subject,
      FALSE,
      ({ label, needed }) => ({
        message: `“${label}” never satisfies “${needed}”`,
        help: 'compare it with a value it can have, or look at the bounds in its definition',
      }),
      report,
    ),
}
