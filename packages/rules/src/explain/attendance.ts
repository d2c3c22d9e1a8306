import type { AttendanceOutcome, Duration } from '../kinds/index.ts'
import { seen } from './reasons.ts'
import type { Teller } from './sentences.ts'
import { counted, durationInWords, plain, series } from './words.ts'

/** The standing, what follows, and the counts behind it. A removal is only ever proposed. */
export const tellAttendance: Teller<'attendance'> = (decision, rules, ruleSet) => {
  const labelOf = (id: string) => rules.find(({ rule }) => rule === id)?.label ?? id
  const consequences = decision.consequences.map(({ rule, type, params }) => {
    const trace = rules.find((each) => each.rule === rule)
    return `${labelOf(rule)}: ${consequenceInWords(type, params)}${trace ? `. ${seen(trace.conditions, ruleSet)}` : ''}`
  })
  return [
    standings[decision.outcome],
    ...consequences,
    countsInWords(decision),
    ...decision.undecided.map((rule) => `Not decided while sessions are not recorded: ${labelOf(rule)}`),
    ruleSet.document.statements['attendance-is-not-safety'] ?? '',
  ]
}

const standings: Readonly<Record<AttendanceOutcome['outcome'], string>> = {
  'in-good-standing': 'Nothing follows from the register',
  contact: 'The person is to be contacted',
  review: 'The place is to be reviewed',
  'removal-due': 'By the provider’s rule the person is to be removed; a named person confirms it',
  'cannot-tell': 'What follows cannot be told while something is not recorded',
}

function consequenceInWords(type: AttendanceOutcome['consequences'][number]['type'], params: Readonly<Record<string, unknown>>): string {
  const { within, tell, from } = params as { within?: Duration; tell?: readonly string[]; from?: string }
  const what = {
    contact: 'contact the person',
    review: 'review the place',
    'removal-due': `removal from ${plain(from ?? 'this-run')} is due`,
  }[type]
  const who = tell && tell.length > 0 ? `, and tell ${series(tell.map(plain))}` : ''
  return `${what}${within ? ` within ${durationInWords(within)}` : ''}${who}`
}

function countsInWords({ counts }: AttendanceOutcome): string {
  if (!counts) return 'The register or the joining day is not known'
  const parts = [
    `${counted(counts.held, 'session')} held`,
    `${counts.attended} attended`,
    `${counted(counts.missed, 'miss', 'misses')} as the provider counts them`,
  ]
  if (counts.excused > 0) parts.push(`${counted(counts.excused, 'excused absence')}`)
  if (counts.unrecorded > 0) parts.push(`${counts.unrecorded} not recorded`)
  return `Since joining: ${parts.join(', ')}`
}
