import { atOnce } from './at-once.ts'
import { dependsOn } from './depends-on.ts'
import { evaluationOf, partAt, type Together } from './evaluate.ts'
import { type Flat, flatten } from './flat.ts'
import { allOf, anyOf, not } from './groups.ts'
import type { ConditionNode } from './node.ts'
import { problemsOf } from './problems.ts'
import type { Program } from './program.ts'
import { valuesFor } from './representatives.ts'
import type { Scope } from './scope.ts'

/** Conditions ready to decide, to say why, and to say which open facts could still matter. */
export function compile(conditions: readonly { id: string; node: ConditionNode }[], scope: Scope): Program {
  const { parts, layout, read, truth, trace } = evaluationOf(
    conditions.map(({ node }) => node),
    scope,
  )
  let known: Flat | undefined
  const flat = () => (known ??= flatten(parts))
  let all: ReturnType<typeof atOnce> | undefined
  return {
    ids: conditions.map(({ id }) => id),
    factNames: layout.factNames,
    read,
    slotOf: (name) => layout.slots.findIndex((slot) => slot.name === name),
    problems: (input) => problemsOf(input, scope),
    truth,
    truths: (input, fill) => (all ??= atOnce(flat(), layout))(input, fill),
    trace,
    flat,
    layout,
    dependsOn: (slots, index) => dependsOn(partAt(parts, index), slots, layout),
    valuesFor: (slots, name, field, others) => valuesFor(parts, slots, layout, name, field, others),
    dependsOnAny: (slots, indices, unless = []) => {
      const chosen = (of: readonly number[]) => any(of.map((index) => partAt(parts, index)))
      return dependsOn(without(chosen(indices), chosen(unless)), slots, layout)
    },
  }
}

const any = (of: readonly Together[]): Together => ({ of, truth: anyOf(of.map(({ truth }) => truth)) })

function without(wanted: Together, unless: Together): Together {
  const none: Together = { of: [unless], truth: not(unless.truth) }
  return { of: [wanted, none], truth: allOf([wanted.truth, none.truth]) }
}
