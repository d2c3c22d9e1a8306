import { load } from '@plumbline/rules/load'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { attendanceFactSupplier } from '../../src/domains/attendance/index.ts'
import { assessmentFactSupplier } from '../../src/domains/assessments/index.ts'
import { outcomeFactSupplier } from '../../src/domains/outcomes/index.ts'
import { participantFactSupplier } from '../../src/domains/participants/index.ts'
import { programmeFactSupplier } from '../../src/domains/programmes/index.ts'
import { referralFactSupplier } from '../../src/domains/referrals/index.ts'
import { supplies } from '../../src/domains/rule-sets/index.ts'

const suppliers = [
  participantFactSupplier,
  referralFactSupplier,
  assessmentFactSupplier,
  programmeFactSupplier,
  attendanceFactSupplier,
  outcomeFactSupplier,
]

const read = (name: string) => readFileSync(new URL(`../../../rules/rule-sets/${name}.json`, import.meta.url), 'utf8')

test.each(['cdars-phoenix', 'step-by-step'])('every fact that %s may look at has exactly one supplier', (name) => {
  const result = load(read(name), [read('core')])
  if (!result.ok) throw new Error('the shipped rule set does not load')
  const supplied = Object.entries(result.ruleSet.facts).filter(([, definition]) => !definition.derived)
  console.log(`${name}: facts looked at: ${supplied.length}`)
  expect(supplied.length).toBeGreaterThan(70)
  const wrong = supplied
    .map(([fact]) => ({ fact, by: suppliers.filter((supplier) => supplies(supplier, fact)).map(({ slice }) => slice) }))
    .filter(({ by }) => by.length !== 1)
  expect(wrong).toEqual([])
})
