import { participantFactSupplier } from '../participants/index.ts'
import { referralFactSupplier } from '../referrals/index.ts'
import type { FactSupplier } from '../rule-sets/index.ts'

const suppliers: FactSupplier[] = [participantFactSupplier, referralFactSupplier]

/** Adds what a later slice knows of a case. Called once by that slice, when it is loaded. */
export function supplyEligibilityFacts(supplier: FactSupplier): void {
  suppliers.push(supplier)
}

/** Who supplies the facts that eligibility is decided on. */
export const eligibilitySuppliers = (): readonly FactSupplier[] => suppliers
