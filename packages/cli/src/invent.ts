import { kindIds, type KindId } from '@plumbline/rules'
import { UsageFault, type ExitCode, type Terminal } from './terminal.ts'
import { usableRuleSet } from './usable.ts'

export type InventOptions = { cases: number; kind?: KindId[]; known?: true; seed: number }

/**
 * `plumbline rules invent`: invented cases, one `{ case, kind, asOf, facts }` a line, as `simulate` reads them.
 * The same call gives the same cases. Nobody's answers are in them, and how often something comes up says nothing of people.
 */
export async function inventCases(terminal: Terminal, file: string, { cases, kind: kinds, known, seed }: InventOptions): Promise<ExitCode> {
  const ruleSet = usableRuleSet(terminal, file, {})
  if (!ruleSet) return 1
  const { instrument, ...document } = ruleSet.document
  const isAsked = (kind: KindId) => (kind === 'risk' ? instrument !== undefined : Object.keys(document[kind]).length > 0)
  const asked = (kinds ?? kindIds).filter(isAsked)
  if (asked.length === 0) throw new UsageFault(`${file} has no rules of ${(kinds ?? kindIds).join(', ')}`)
  // Only here: whoever invents nothing waits for nothing.
  const [{ default: fc }, { inputFor, riskFormFor }] = await Promise.all([import('fast-check'), import('@plumbline/rules/testing')])
  const options = { known: known ? 'all' : 'some' } as const
  const inputs = asked.map((kind) => {
    const whole = inputFor(ruleSet, { kind, ...options })
    // A form as somebody fills it in, in place of answers that have nothing to do with their days.
    const arbitrary = kind === 'risk' ? fc.tuple(whole, riskFormFor(ruleSet, options)).map(([{ asOf }, facts]) => ({ asOf, facts })) : whole
    return { kind, inputs: fc.sample(arbitrary, { numRuns: cases, seed }) }
  })
  for (let index = 0; index < cases; index++)
    for (const { kind, inputs: invented } of inputs)
      terminal.out(JSON.stringify({ case: `invented-${index + 1}`, kind, ...invented[index] }))
  return 0
}
