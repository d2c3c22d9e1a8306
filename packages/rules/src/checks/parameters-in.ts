import { type ConditionNode, referencesOf } from '../language/node.ts'
import { PARAMETER_PREFIX } from '../language/scope.ts'
import { leavesOf } from './formula.ts'

/** The parameters that conditions look at, each once. */
export function parametersIn(nodes: readonly ConditionNode[]): string[] {
  const names = nodes.flatMap((node) => leavesOf(node).flatMap((leaf) => referencesOf(leaf).map(({ name }) => name)))
  const ids = names.flatMap((name) => (name?.startsWith(PARAMETER_PREFIX) ? [name.slice(PARAMETER_PREFIX.length)] : []))
  return [...new Set(ids)]
}
