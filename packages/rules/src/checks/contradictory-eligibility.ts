import { FALSE } from '../language/truth.ts'
import type { Check } from './check.ts'
import { parametersIn } from './parameters-in.ts'
import { canBe, type CheckedRule, type Subject } from './subject.ts'

/** Refusing rules that between them leave nobody who could be offered a place. */
export const contradictoryEligibility: Check = {
  code: 'contradictory-eligibility',
  severity: 'error',
  title: 'Refusals that between them leave nobody',
  check: (subject, report) => {
    const refusing = subject.rules.filter(({ kind, rule }) => kind === 'eligibility' && rule.event.type === 'ineligible')
    if (refusing.length === 0) return
    const whole = escape(subject, refusing)
    if (whole === 'not-decided') subject.givenUp.push({ at: '/eligibility', what: 'whether anybody can be offered a place' })
    if (whole !== 'none') return
    const culprits = smallest(subject, refusing)
    const parameters = parametersIn(culprits.map(({ node }) => node))
    report({
      at: culprits[0]?.at ?? '/eligibility',
      message:
        culprits.length === 1
          ? `nobody can be offered a place: “${culprits[0]?.rule.label}” refuses everybody`
          : `nobody can be offered a place: whoever escapes one of ${culprits.map(({ rule }) => `“${rule.label}”`).join(', ')} is refused by another`,
      help:
        parameters.length > 0
          ? `look at ${parameters.map((id) => `"${id}"`).join(' and ')}, or change one of these rules`
          : 'change or remove one of these rules',
      ...(parameters.length > 0 ? { parameters } : {}),
      witness: {
        is: 'rules',
        rules: culprits.map(({ kind, id }) => ({ kind, rule: id })),
        inWords: `in no case ${culprits.length === 1 ? 'is this rule false' : `are these ${culprits.length} rules all false`}; without any one of them there is such a case`,
      },
    })
  },
}

/** `some`: there is somebody whom none of these refuses, once everything is known. */
const escape = (subject: Subject, rules: readonly CheckedRule[]) =>
  canBe(
    subject,
    rules.map(({ node }) => node),
    () => ({ atMost: FALSE }),
    { isKnown: true },
  )

/** The fewest rules that leave nobody. Found by leaving out, and then by trying every smaller set there can be. */
function smallest(subject: Subject, refusing: readonly CheckedRule[]): readonly CheckedRule[] {
  let left = [...refusing]
  for (const rule of refusing) {
    const others = left.filter((each) => each !== rule)
    if (others.length > 0 && escape(subject, others) === 'none') left = others
  }
  for (let size = 1; size < left.length && setsOf(refusing.length, size) <= MOST_SETS; size++) {
    for (const set of subsets(refusing, size)) if (escape(subject, set) === 'none') return set
  }
  return left
}
const MOST_SETS = 2000

const setsOf = (of: number, size: number): number => (size === 0 ? 1 : (setsOf(of - 1, size - 1) * of) / size)

function* subsets<Value>(values: readonly Value[], size: number): Generator<Value[]> {
  if (size === 0) return yield []
  for (const [index, value] of values.entries()) for (const rest of subsets(values.slice(index + 1), size - 1)) yield [value, ...rest]
}
