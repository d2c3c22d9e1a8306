import { PARAMETER_PREFIX } from '../language/scope.ts'
import { TRUE, UNKNOWN } from '../language/truth.ts'
import type { Check } from './check.ts'
import { covers } from './covers.ts'
import { parametersIn } from './parameters-in.ts'
import { canBe, type CheckedRule, type Samples, samplesOf, type Subject } from './subject.ts'

/** Another rule holds wherever this one does, and does the same: without this one nothing would be otherwise. */
export const shadowedRule: Check = {
  code: 'shadowed-rule',
  severity: 'warning',
  title: 'A rule that another one makes needless',
  check: (subject, report) => {
    for (const one of subject.rules) {
      const other = subject.rules.find((each) => isShadow(subject, one, each))
      if (!other) continue
      const parameters = parametersIn([one.node, other.node])
      const isSet = parameters.length > 0 && implies(subject, one, other, true) !== 'none'
      report({
        at: one.at,
        message: `“${one.rule.label}” adds nothing: wherever it holds, “${other.rule.label}” holds and does the same${isSet ? `, with ${parameters.map((id) => `"${id}"`).join(' and ')} as set` : ''}`,
        help: isSet ? 'if that is meant, leave it so' : 'remove it, or write what sets it apart',
        ...(isSet ? { severity: 'note', parameters } : {}),
        witness: {
          is: 'rules',
          rules: [one, other].map(({ kind, id }) => ({ kind, rule: id })),
          inWords: `in no case is “${one.rule.label}” true and “${other.rule.label}” anything else`,
        },
      })
    }
  },
}

function isShadow(subject: Subject, one: CheckedRule, other: CheckedRule): boolean {
  if (one === other || !share(one, other) || !covers(other, one, subject.ruleSet.document) || isRefuted(subject, one, other)) return false
  const found = implies(subject, one, other)
  if (found === 'not-decided')
    subject.givenUp.push({ at: one.at, what: `whether “${one.rule.label}” adds anything to “${other.rule.label}”` })
  if (found !== 'none' || canHold(subject, one) !== 'some') return false
  // Of two that make one another needless, `duplicate-rule` speaks; only the later one is needless.
  return implies(subject, other, one) !== 'none' || !covers(one, other, subject.ruleSet.document)
}

/** Whether some case is at hand already in which the one holds and the other does not. */
export function isRefuted(subject: Subject, one: CheckedRule, other: CheckedRule): boolean {
  const samples = remembered.get(subject) ?? samplesOf(subject)
  remembered.set(subject, samples)
  const others = samples.get(other)
  return samples.get(one)?.some((truth, index) => truth === TRUE && others?.[index] !== TRUE) === true
}
const remembered = new WeakMap<Subject, Samples>()

/** `none`: in no case does the one hold and the other not. */
export const implies = (subject: Subject, one: CheckedRule, other: CheckedRule, anyParameters?: true) =>
  canBe(
    subject,
    [one.node, other.node],
    (index) => (index === 0 ? { atLeast: TRUE } : { atMost: UNKNOWN }),
    anyParameters ? { anyParameters } : {},
  )

/** Of a rule that never holds anything could be said. */
export const canHold = (subject: Subject, { node }: CheckedRule) => canBe(subject, [node], () => ({ atLeast: TRUE }), { isKnown: true })

/** Whether both look at some fact. Where they do not, one says nothing about the other. */
export const share = (one: CheckedRule, other: CheckedRule): boolean =>
  [...one.reads].some((name) => !name.startsWith(PARAMETER_PREFIX) && other.reads.has(name))
