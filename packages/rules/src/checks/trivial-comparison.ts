import { TRUE } from '../language/truth.ts'
import type { Check } from './check.ts'
import { sameForAll } from './comparisons.ts'

export const trivialComparison: Check = {
  code: 'trivial-comparison',
  severity: 'warning',
  title: 'A comparison that every value satisfies',
  check: (subject, report) =>
    sameForAll(
      subject,
      TRUE,
      ({ label, needed }) => ({
        message: `“${label}” always satisfies “${needed}”`,
        help: 'remove it, or compare with a value that tells people apart',
      }),
      report,
    ),
}
