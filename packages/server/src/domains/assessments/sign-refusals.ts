import { builder, RefusalInterface } from '../../platform/builder.ts'
import { DomainError } from '../../platform/errors.ts'

/** Factors were not asked. */
export class FactorsUnanswered extends DomainError {
  override name = 'FactorsUnanswered'
  readonly code = 'factors-unanswered'
  readonly factors: string[]
  constructor(factors: readonly string[]) {
    super(
      `${factors.length} of the factors were not asked yet`,
      'answer each; what was asked and is not known is answered unknown, with a reason',
    )
    this.factors = [...factors]
  }
}
builder.objectType(FactorsUnanswered, {
  name: 'FactorsUnanswered',
  interfaces: [RefusalInterface],
  description: 'An assessment is signed when every factor was asked.',
  fields: (t) => ({
    factors: t.exposeStringList('factors', { description: 'Ids of the factors without an answer, in the order of the form.' }),
  }),
})

/** The lowest band would rest on his own word alone. */
export class RestsOnSelfReportOnly extends DomainError {
  override name = 'RestsOnSelfReportOnly'
  readonly code = 'rests-on-self-report-only'
  constructor() {
    super(
      'what is said of violence and control rests on the person’s own account alone, so it cannot be signed as the lowest band',
      'name another source for at least one of these answers, such as the referrer, the police or a record; or answer unknown what nobody else confirms',
    )
  }
}
builder.objectType(RestsOnSelfReportOnly, {
  name: 'RestsOnSelfReportOnly',
  interfaces: [RefusalInterface],
  description: 'A low result needs more than the person’s own account.',
})
