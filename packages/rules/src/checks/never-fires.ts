import type { ConditionNode } from '../language/node.ts'
import { TRUE } from '../language/truth.ts'
import type { Check } from './check.ts'
import { parametersIn } from './parameters-in.ts'
import { canBe, type CheckedRule, type Subject } from './subject.ts'

/** No facts there can be make the rule hold. Where other parameters would, it rests, and that is only noted. */
export const neverFires: Check = {
  code: 'never-fires',
  severity: 'warning',
  title: 'A rule that can never hold',
  check: (subject, report) => {
    for (const rule of subject.rules) {
      const found = holds(subject, [rule.node])
      if (found === 'not-decided') subject.givenUp.push({ at: rule.at, what: `whether “${rule.rule.label}” can hold` })
      if (found !== 'none') continue
      const parts = culprits(subject, rule)
      const parameters = parametersIn(parts)
      const rests = parameters.length > 0 && holds(subject, [rule.node], true) === 'some'
      report({
        at: `${rule.at}/conditions`,
        message: rests
          ? `“${rule.rule.label}” rests: with ${named(parameters)} as set it holds in no case`
          : `“${rule.rule.label}” can never hold: ${parts.length > 1 ? `${parts.length} of its conditions exclude one another` : 'one of its conditions is never true'}`,
        help: rests ? 'if that is meant, leave it so' : 'change one of them, or remove the rule',
        ...(rests ? { severity: 'note', parameters } : {}),
        witness: {
          is: 'conditions',
          at: parts.map(({ at }) => at),
          inWords: parts.length > 1 ? 'these cannot all be true, whatever the facts are' : 'this is never true, whatever the facts are',
        },
      })
    }
  },
}

/** Whether the conditions can all hold. A case with unknown facts in which they do can be filled in, so known ones are enough. */
const holds = (subject: Subject, nodes: readonly ConditionNode[], anyParameters?: true) =>
  canBe(subject, nodes, () => ({ atLeast: TRUE }), { isKnown: true, ...(anyParameters ? { anyParameters } : {}) })

/** Parts of the rule that already exclude one another, none of which can be left out. */
function culprits(subject: Subject, { node }: CheckedRule): ConditionNode[] {
  let parts = conjuncts(node)
  for (const part of parts) {
    const others = parts.filter((each) => each !== part)
    if (others.length > 0 && holds(subject, others) === 'none') parts = others
  }
  return parts
}

function conjuncts(node: ConditionNode): ConditionNode[] {
  if (node.kind === 'all') return node.of.flatMap(conjuncts)
  return node.kind === 'named' ? conjuncts(node.of) : [node]
}

const named = (parameters: readonly string[]) => parameters.map((id) => `"${id}"`).join(' and ')
