import type { Report } from './finding.ts'
import type { Subject } from './subject.ts'

/** One fault that can be looked for: a file, a code, a page under docs/reference/checks, a case with it and one without. */
export type Check = {
  /** Stable, in kebab case. */
  code: string
  severity: 'error' | 'warning' | 'note'
  /** For a list, in plain words. */
  title: string
  check: (subject: Subject, report: Report) => void
}
