import type {
  AttendanceOutcome,
  OneToOneReason,
  PathwayOutcome,
  MeasureCounts,
  RiskStatus,
  SafeguardingOutcome,
  YesNo,
} from '../../kinds/index.ts'
import { counted } from './english-words.ts'

/** Labels, bands, reasons, definitions and statements come from the rule set, and stay as they are written there. */
export const risk = {
  band: ({ band }: { band: string }) => `The risk band is ${band}`,
  bandBetween: ({ atLeast, atMost }: { atLeast: string; atMost: string }) => `The risk band is at least ${atLeast} and may be ${atMost}`,
  everythingAnswered: () => 'Every question is answered',
  open: ({ unknown, unanswered, canChange }: { unknown: number; unanswered: number; canChange: boolean }) => {
    const parts = [
      unknown > 0 ? `${counted(unknown, 'answer')} not known` : '',
      unanswered > 0 ? `${counted(unanswered, 'question')} not asked yet` : '',
    ].filter(Boolean)
    return `${parts.join(' and ')}${canChange ? '' : '; none of them can change the band'}`
  },
  noScore: ({ atLeast, atMost }: { atLeast: string; atMost: string }) =>
    `Too much is open for a score; the complete form would give ${atLeast} to ${atMost} in 100`,
  score: ({ status, points, of, share, band }: { status: RiskStatus; points: number; of: number; share: string; band: string }) => {
    const said = {
      complete: 'The score is',
      prorated: 'Scaled to what is answered, the score is',
      provisional: 'Provisionally, the score is',
      insufficient: 'The score is',
    }[status]
    return `${said} ${points} of ${of} points, ${share} in 100: ${band} by the score alone`
  },
  scoreHidden: () => 'The score is hidden, because answers behind it are',
  floor: ({ factor, band }: { factor: string; band: string }) => `${factor}: present, which by itself makes the band at least ${band}`,
  floorIfVerified: ({ factor, band }: { factor: string; band: string }) =>
    `${factor}: possible, so until it is verified the band is at least ${band}`,
  pattern: ({ label, band, seen, action }: { label: string; band: string; seen?: string; action: string }) =>
    `${label}: together these make the band at least ${band}. ${seen === undefined ? '' : `${seen}. `}${action}`,
  floorOpen: ({ factor, band }: { factor: string; band: string }) => `${factor}: still open; if present, the band is at least ${band}`,
  patternOpen: ({ label, band }: { label: string; band: string }) =>
    `Cannot be ruled out: ${label}, which would make the band at least ${band}`,
  deciding: ({ factors }: { factors: readonly string[] }) => `Answers that can still change the band: ${factors.join('; ')}`,
  toVerify: ({ factor, within }: { factor: string; within: string }) => `To be verified within ${within}: ${factor}`,
  selfReportOnly: () => 'The answers about violence and control rest on the person’s own account alone, so this cannot be signed off',
  unanswered: ({ factors }: { factors: readonly string[] }) => `Not asked yet, so this cannot be signed: ${factors.join('; ')}`,
  review: ({ days }: { days: number }) => `Review within ${counted(days, 'day')}`,
} as const

export const eligibility = {
  refused: ({ count }: { count: number }) => `No place can be offered: ${counted(count, 'criterion refuses', 'criteria refuse')} it`,
  route: ({ route }: { route: string }) => `Instead: ${route}`,
  cannotTell: () => 'Whether a place may be offered cannot be told yet',
  toAsk: ({ question }: { question: string }) => `To ask: ${question}`,
  personDecides: ({ whom }: { whom: string }) => `A person decides: ${whom}`,
  /** Who decides where no rule says so. */
  whomByDefault: () => 'programme manager',
  noCriteria: () => 'This rule set has no criteria',
  offered: () => 'No criterion refuses a place',
  allLookedAt: ({ count }: { count: number }) =>
    `All ${count} criteria were looked at, and everything they ask about is known or cannot matter`,
  reason: ({ label, reason, seen }: { label: string; reason?: string; seen: string }) =>
    `${label}. ${reason === undefined ? '' : `${reason}. `}${seen}`,
  undecided: ({ label, waitsFor }: { label: string; waitsFor: readonly string[] }) =>
    `Not decided yet: ${label}${waitsFor.length > 0 ? ` (waits for ${waitsFor.join('; ')})` : ''}`,
} as const

export const safeguarding = {
  outcome: ({ outcome }: Pick<SafeguardingOutcome, 'outcome'>) =>
    ({
      tell: 'Someone must be told',
      ask: 'Nothing known calls for telling anyone, but not everything is known',
      nothing: 'Nothing calls for telling anyone, and nothing is open',
    })[outcome],
  tell: ({ label, whom, within, seen }: { label: string; whom: string; within: string; seen?: string }) =>
    `${label}: tell ${whom} within ${within}${seen === undefined ? '' : `. ${seen}`}`,
  ask: ({ within }: { within: string }) => `Ask within ${within}`,
  cannotBeRuledOut: ({ label, questions }: { label: string; questions: string }) => `Cannot be ruled out: ${label}. ${questions}`,
} as const

export const attendance = {
  standing: ({ outcome }: Pick<AttendanceOutcome, 'outcome'>) =>
    ({
      'in-good-standing': 'Nothing follows from the register',
      contact: 'The person is to be contacted',
      review: 'The place is to be reviewed',
      'removal-due': 'By the provider’s rule the person is to be removed; a named person confirms it',
      'cannot-tell': 'What follows cannot be told while something is not recorded',
    })[outcome],
  consequence: (said: {
    label: string
    type: 'contact' | 'review' | 'removal-due'
    from: 'this-run' | 'programme'
    whom?: string
    within?: string
    seen?: string
  }) => {
    const what = {
      contact: 'contact the person',
      review: 'review the place',
      'removal-due': `removal from ${said.from === 'programme' ? 'programme' : 'this run'} is due`,
    }[said.type]
    const within = said.within === undefined ? '' : ` within ${said.within}`
    return `${said.label}: ${what}${within}${said.whom === undefined ? '' : `, and tell ${said.whom}`}${said.seen === undefined ? '' : `. ${said.seen}`}`
  },
  counts: (counts: { held: number; attended: number; missed: number; excused: number; unrecorded: number }) => {
    const parts = [
      `${counted(counts.held, 'session')} held`,
      `${counts.attended} attended`,
      `${counted(counts.missed, 'miss', 'misses')} as the provider counts them`,
    ]
    if (counts.excused > 0) parts.push(`${counted(counts.excused, 'excused absence')}`)
    if (counts.unrecorded > 0) parts.push(`${counts.unrecorded} not recorded`)
    return `Since joining: ${parts.join(', ')}`
  },
  countsHidden: () => 'What the register adds up to is hidden',
  registerNotKnown: () => 'The register or the joining day is not known',
  undecided: ({ label }: { label: string }) => `Not decided while sessions are not recorded: ${label}`,
} as const

export const pathway = {
  outcome: ({ outcome }: Pick<PathwayOutcome, 'outcome'>) =>
    ({
      propose: 'More than the programme is proposed; a named person decides on each',
      ask: 'Whether the person needs more than the programme cannot be told yet',
      'human-review': 'This rule set has no rules on what else a person needs; a person decides',
      'nothing-more': 'No rule proposes more than the programme, and everything they ask about is known or cannot matter',
    })[outcome],
  oneToOne: ({ reason, every }: { reason: OneToOneReason; every?: string }) =>
    `one-to-one work${every === undefined ? '' : ` at least once in ${every}`}, ${oneToOneReasons[reason]}`,
  onwardReferral: ({ to, reason }: { to: string; reason: string }) => `a referral to ${to}. ${reason}`,
  parentingStrand: ({ reason }: { reason: string }) => `the parenting strand. ${reason}`,
  programmeVariant: ({ variant, reason }: { variant: string; reason: string }) => `the form "${variant}". ${reason}`,
  retentionMeasure: ({ measure, reason }: { measure: string; reason: string }) => `${measure}. ${reason}`,
  proposal: ({ label, what, seen }: { label: string; what: string; seen?: string }) =>
    `${label}: ${what}${seen === undefined ? '' : `. ${seen}`}`,
  undecided: ({ label }: { label: string }) => `Not decided yet: ${label}`,
  toAsk: ({ question }: { question: string }) => `To ask: ${question}`,
} as const

const oneToOneReasons: Readonly<Record<OneToOneReason, string>> = {
  'everybody-in-a-group': 'as for everybody in a group',
  language: 'because of language',
  literacy: 'because of reading and writing',
  'suicide-risk': 'because of suicide risk',
  'partner-safety': 'because of concern for a partner’s safety',
}

export const completion = {
  completed: ({ answer }: { answer: YesNo }) =>
    ({
      yes: 'The programme was completed',
      no: 'The programme was not completed',
      'cannot-tell': 'Whether the programme was completed cannot be told',
    })[answer],
  improved: ({ answer }: { answer: YesNo }) =>
    ({
      yes: 'Behaviour became significantly better by the measures named',
      no: 'By the measures named, behaviour did not become significantly better',
      'cannot-tell': 'Whether behaviour became better cannot be told',
    })[answer],
  reason: ({
    label,
    result,
    definition,
    seen,
  }: {
    label: string
    result: 'true' | 'false' | 'unknown'
    definition: string
    seen: string
  }) => `${label}: ${{ true: 'yes', false: 'no', unknown: 'cannot be told' }[result]}. The definition: ${definition}. ${seen}`,
  measuresHidden: () => 'The outcome measures are hidden',
  noMeasures: () => 'Nobody has recorded whether outcome measures were taken',
  counts: ({ of, taken, counted: counting, better, unchanged, worse, open }: MeasureCounts) =>
    `Of ${counted(of, 'named measure')}, ${taken} taken and ${counting} counted: ${better} better, ${unchanged} unchanged, ${worse} worse${open > 0 ? `, ${open} open` : ''}`,
  measure: ({ measure, source, change, counts }: { measure: string; source?: string; change?: MeasureChange; counts: boolean }) =>
    `Measure ${measure}, on the account of ${source ?? 'somebody not recorded'}: ${change === undefined ? 'no change recorded' : changes[change]}${counts ? '' : ' (does not count)'}`,
  attendanceIsNotSafety: () => 'Attendance is not evidence of safety.',
} as const

export type MeasureChange = keyof typeof changes
const changes = {
  'significantly-better': 'significantly better',
  'no-significant-change': 'no significant change',
  'significantly-worse': 'significantly worse',
} as const
