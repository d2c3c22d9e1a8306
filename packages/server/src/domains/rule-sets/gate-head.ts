import { addDays, isDay, type Issue, type RuleSet } from '@plumbline/rules'
import type { Day } from '../../platform/clock.ts'
import type { Shelf } from './shelf.ts'

/** An issue whose line and column are still to be looked up. */
export type Found = Omit<Issue, 'line' | 'column'>

const error = (code: string, at: string, message: string, help: string): Found => ({ severity: 'error', code, at, message, help })

/** Is it the provider's own rule set, with a version nobody has used, from a day to come? Asked also of a document that cannot be loaded yet. */
export function headIssues(value: unknown, shelf: Shelf, today: Day): Found[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const { id, version, effectiveFrom } = value as Record<string, unknown>
  const issues: Found[] = []
  if (typeof id === 'string' && id !== shelf.ruleSetId)
    issues.push(
      error(
        'other-rule-set',
        '/id',
        `this provider decides by "${shelf.ruleSetId}", and this is another rule set`,
        `write "${shelf.ruleSetId}"`,
      ),
    )
  if (typeof version === 'string' && shelf.versions.some((published) => published.version === version))
    issues.push(
      error(
        'version-published',
        '/version',
        `version ${version} is published, and what is published never changes`,
        `write "${unusedVersion(shelf)}"`,
      ),
    )
  if (typeof effectiveFrom === 'string' && isDay(effectiveFrom)) issues.push(...dayIssues(effectiveFrom, shelf, today))
  return issues
}

function dayIssues(effectiveFrom: Day, { versions }: Shelf, today: Day): Found[] {
  const last = versions.at(-1)!.effectiveFrom
  const first = addDays(last > today ? last : today, 1)
  if (effectiveFrom <= today)
    return [
      error(
        'not-to-come',
        '/effectiveFrom',
        `${effectiveFrom} is not a day to come: what was decided by one version is not judged by another`,
        `write "${first}" or a later day`,
      ),
    ]
  if (effectiveFrom <= last)
    return [
      error(
        'not-after-latest',
        '/effectiveFrom',
        `the latest published version begins on ${last}, and this one must begin later`,
        `write "${first}" or a later day`,
      ),
    ]
  return []
}

/** The next minor version that nobody has used. */
function unusedVersion({ versions }: Shelf): string {
  const [major = 0, minor = 0] =
    versions.map(({ version }) => version.split(/[.-]/).map(Number)).sort(([a = 0, b = 0], [c = 0, d = 0]) => c - a || d - b)[0] ?? []
  return `${major}.${minor + 1}.0`
}

/** The locks stand in core. A document that builds on something else, or on nothing, would be bound by none. */
export const lineageIssues = ({ lineage }: RuleSet): Found[] =>
  lineage.some(({ id }) => id === 'core')
    ? []
    : [
        error(
          'without-core',
          '/extends',
          'a provider’s rule set builds on "core", where the locks stand',
          'name the version of core that the published one extends',
        ),
      ]

/** One step of a JSON pointer. */
export const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')
