import { UNKNOWN } from '../language/truth.ts'
import type { Check } from './check.ts'
import { parametersIn } from './parameters-in.ts'
import { canBe, type CheckedRule, type Subject } from './subject.ts'

/** Every known answer makes the rule hold: it tells nobody from anybody. */
export const alwaysFires: Check = {
  code: 'always-fires',
  severity: 'warning',
  title: 'A rule that holds for everybody',
  check: (subject, report) => {
    for (const rule of subject.rules) {
      const found = fails(subject, rule, { isKnown: true })
      if (found === 'not-decided') subject.givenUp.push({ at: rule.at, what: `whether “${rule.rule.label}” can fail to hold` })
      if (found !== 'none') continue
      const parameters = parametersIn([rule.node])
      const isSet = parameters.length > 0 && fails(subject, rule, { isKnown: true, anyParameters: true }) === 'some'
      const evenUnknown = fails(subject, rule, {}) === 'none'
      report({
        at: `${rule.at}/conditions`,
        message: `“${rule.rule.label}” holds for everybody${isSet ? `, with ${parameters.map((id) => `"${id}"`).join(' and ')} as set` : ''}`,
        help: isSet ? 'if that is meant, leave it so' : 'write the condition that was meant, or say it without a rule',
        ...(isSet ? { severity: 'note', parameters } : {}),
        witness: {
          is: 'conditions',
          at: [rule.node.at],
          inWords: evenUnknown
            ? 'this is true whatever the facts are, known or not'
            : 'this is true whatever the facts are, once they are known',
        },
      })
    }
  },
}

const fails = (subject: Subject, { node }: CheckedRule, options: { isKnown?: true; anyParameters?: true }) =>
  canBe(subject, [node], () => ({ atMost: UNKNOWN }), options)
