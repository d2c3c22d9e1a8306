import { kindIds, type ResolvedDocument } from '@plumbline/rules'

/** One thing that no version of a provider's rules may remove, replace or weaken. */
export type Lock = {
  part: string
  id: string
  /** In plain words. */
  label: string
}

export function locksOf(document: ResolvedDocument): Lock[] {
  const { locked } = document
  return [
    ...kindIds.flatMap((kind) => (locked[kind] ?? []).map((id) => ({ part: kind as string, id, label: document[kind][id]?.label ?? id }))),
    ...(locked.parameters ?? []).map((id) => ({ part: 'parameters', id, label: document.parameters[id]?.label ?? id })),
    ...(locked.statements ?? []).map((id) => ({ part: 'statements', id, label: document.statements[id] ?? id })),
    ...(locked.instrument ?? []).map((id) => ({
      part: 'instrument',
      id,
      label: `The least band that “${document.instrument?.factors[id]?.label ?? id}” forces`,
    })),
  ]
}
