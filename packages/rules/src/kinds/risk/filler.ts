import type { Filler, Program } from '../../language/program.ts'
import type { ResolvedDocument } from '../../rule-set/document.ts'
import { answerOf, factorNames, firstRecentDay, windowOf } from './evidence.ts'
import { putAnswer } from './form.ts'
import { planOf } from './plan.ts'

/** Lets rules of other kinds see answers as the risk patterns do: the partner's word left out, recent or historic computed. */
export function factorFiller(document: ResolvedDocument, program: Program): Filler | undefined {
  if (!document.instrument || !readsFactors(document, program)) return undefined
  const plan = planOf(document.instrument, document, program)
  return (slots, { facts, asOf }) => {
    for (const factor of plan.factors) {
      const answer = answerOf(facts, factor.names)
      putAnswer(
        slots,
        factor,
        answer,
        windowOf(answer, facts[factor.names.lastOccurredOn], firstRecentDay(asOf, plan.windows[factor.window]!)),
      )
    }
  }
}

export const readsFactors = ({ instrument }: ResolvedDocument, program: Program): boolean =>
  Object.keys(instrument?.factors ?? {})
    .map(factorNames)
    .some(({ answer, window }) => program.slotOf(answer) >= 0 || program.slotOf(window) >= 0)

/** The answer whose window a fact is. */
export const factorOfWindow = (name: string): string | undefined =>
  name.startsWith('factor.') && name.endsWith('.window') ? name.slice(0, -'.window'.length) : undefined
