import type { Check } from './check.ts'
import { covers } from './covers.ts'
import { canHold, implies, isRefuted, share } from './shadowed-rule.ts'
import { parametersIn } from './parameters-in.ts'

/** Two rules that hold in exactly the same cases and do the same, however they are written. */
export const duplicateRule: Check = {
  code: 'duplicate-rule',
  severity: 'warning',
  title: 'Two rules that say the same',
  check: (subject, report) => {
    const { rules, ruleSet } = subject
    rules.forEach((later, index) => {
      const earlier = rules
        .slice(0, index)
        .find(
          (each) =>
            share(each, later) &&
            covers(each, later, ruleSet.document) &&
            covers(later, each, ruleSet.document) &&
            !isRefuted(subject, each, later) &&
            !isRefuted(subject, later, each) &&
            implies(subject, each, later) === 'none' &&
            implies(subject, later, each) === 'none' &&
            canHold(subject, later) === 'some',
        )
      if (!earlier) return
      const parameters = parametersIn([earlier.node, later.node])
      const isSet =
        parameters.length > 0 && (implies(subject, later, earlier, true) !== 'none' || implies(subject, earlier, later, true) !== 'none')
      report({
        at: later.at,
        message: `“${later.rule.label}” says the same as “${earlier.rule.label}”${isSet ? `, with ${parameters.map((id) => `"${id}"`).join(' and ')} as set` : ''}`,
        help: isSet ? 'if that is meant, leave it so' : 'keep one of the two',
        ...(isSet ? { severity: 'note', parameters } : {}),
        witness: {
          is: 'rules',
          rules: [earlier, later].map(({ kind, id }) => ({ kind, rule: id })),
          inWords: 'in no case does one of them hold and the other not',
        },
      })
    })
  },
}
