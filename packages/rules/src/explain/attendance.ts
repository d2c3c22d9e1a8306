import type { Duration } from '../kinds/index.ts'
import { seen } from './reasons.ts'
import type { Teller, Told } from './sentences.ts'
import { durationInWords, series } from './words.ts'

/** The standing, what follows, and the counts behind it. A removal is only ever proposed. */
export const tellAttendance: Teller<'attendance'> = (told) => {
  const { decision, rules, ruleSet, messages } = told
  const { attendance: say } = messages
  const labelOf = (id: string) => rules.find(({ rule }) => rule === id)?.label ?? id
  return [
    say.standing({ outcome: decision.outcome }),
    ...decision.consequences.map((consequence) => consequenceInWords(consequence, told)),
    countsInWords(told),
    ...decision.undecided.map((rule) => say.undecided({ label: labelOf(rule) })),
    ruleSet.document.statements['attendance-is-not-safety'] ?? '',
  ]
}

function consequenceInWords(
  { rule, type, params }: Told<'attendance'>['decision']['consequences'][number],
  { rules, ruleSet, messages }: Told<'attendance'>,
): string {
  const { within, tell = [], from } = params as { within?: Duration; tell?: readonly string[]; from?: 'this-run' | 'programme' }
  const trace = rules.find((each) => each.rule === rule)
  const whom = series(
    tell.map((id) => messages.words.plain({ id })),
    'and',
    messages,
  )
  return messages.attendance.consequence({
    label: trace?.label ?? rule,
    type,
    from: from ?? 'this-run',
    ...(tell.length > 0 ? { whom } : {}),
    ...(within ? { within: durationInWords(within, messages) } : {}),
    ...(trace ? { seen: seen(trace.conditions, ruleSet, messages) } : {}),
  })
}

function countsInWords({ decision: { counts }, messages: { attendance: say }, isHidden }: Told<'attendance'>): string {
  if (isHidden('attendance.register') || isHidden('place.joinedOn')) return say.countsHidden({})
  if (!counts) return say.registerNotKnown({})
  const { held, attended, missed, excused, unrecorded } = counts
  return say.counts({ held, attended, missed, excused, unrecorded })
}
