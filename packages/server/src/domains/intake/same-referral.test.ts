import { describe, expect, test } from 'vitest'
import { newId } from '../../platform/ids.ts'
import { lane, newWorld, type World } from '../../../test/harness/world.ts'
import { referred, somebody } from '../../../test/harness/referred.ts'

const decide = /* GraphQL */ `
  mutation ($input: DecideEligibilityInput!) {
    decideEligibility(input: $input) {
      __typename
      ... on EligibilityDecision {
        id outcome isCleared route version
        needs { fact question }
        reasons { rule effect isLocked route comparisons { fact seen needed } }
        decision { asOf outcome ruleSet { id } }
      }
      ... on Refusal { code }
    }
  }
`
const send = async (world: World, caseId: string) =>
  (await world.send(world.people['intake-worker'], decide, { input: { idempotencyKey: newId(), caseId } })).data.decideEligibility
/** The same referral at both providers. */
const atBoth = async (changes: Record<string, unknown>) => {
  const [cdars, stepByStep] = [await newWorld('cdars-phoenix'), await newWorld('step-by-step')]
  const answers = []
  for (const world of [cdars, stepByStep]) answers.push(await send(world, (await referred(world, changes)).case.id))
  return { cdars: answers[0], stepByStep: answers[1] }
}
const refusing = (answer: { reasons: { rule: string; effect: string }[] }) =>
  answer.reasons.filter(({ effect }) => effect === 'REFUSES').map(({ rule }) => rule)
const person = (changes: Record<string, unknown>) => ({ person: somebody(changes) })

describe(`the same referral under both providers, on ${lane}`, () => {
  test('sent by a criminal court order: eligible at CDARS, ineligible at Step by Step, which says what it saw', async () => {
    const { cdars, stepByStep } = await atBoth({ basis: 'CRIMINAL_COURT_ORDER', source: 'PROBATION' })
    expect(cdars).toMatchObject({
      outcome: 'ELIGIBLE',
      isCleared: true,
      needs: [],
      reasons: [],
      decision: { asOf: '2026-04-28', outcome: 'eligible', ruleSet: { id: 'cdars-phoenix' } },
    })
    expect(stepByStep).toMatchObject({ outcome: 'INELIGIBLE', isCleared: false, decision: { ruleSet: { id: 'step-by-step' } } })
    expect(refusing(stepByStep)).toHaveLength(1)
    expect(stepByStep.reasons[0].comparisons).toContainEqual({
      fact: 'referral.basis',
      seen: 'criminal-court-order',
      needed: 'criminal-court-order',
    })
  })

  test('16 exactly on the day of receipt: the safeguarding lead decides; a day younger is refused by both', async () => {
    const sixteen = await atBoth(person({ bornOn: '2010-04-28' }))
    for (const answer of Object.values(sixteen))
      expect(answer).toMatchObject({
        outcome: 'HUMAN_REVIEW',
        reasons: [{ rule: 'sixteen-or-seventeen', effect: 'ASKS_FOR_A_PERSON', isLocked: true }],
      })
    const younger = await atBoth(person({ bornOn: '2010-04-29' }))
    for (const answer of Object.values(younger)) {
      expect(answer).toMatchObject({ outcome: 'INELIGIBLE', route: "children's services" })
      expect(refusing(answer)).toContain('under-16')
    }
  })

  test('18 on the day of receipt is an adult, a day younger is not', async () => {
    expect((await atBoth(person({ bornOn: '2008-04-28' }))).cdars.outcome).toBe('ELIGIBLE')
    expect((await atBoth(person({ bornOn: '2008-04-29' }))).stepByStep.outcome).toBe('HUMAN_REVIEW')
  })

  test('CDARS takes five boroughs, Step by Step any area', async () => {
    const cdars = await newWorld('cdars-phoenix')
    const { ruleSetOn } = await import('../rule-sets/index.ts')
    const { ruleSet } = await cdars.as(cdars.people['intake-worker'], (tx, actor) => ruleSetOn(tx, actor, '2026-04-28'))
    const served = ruleSet.document.parameters.areasServed?.value as string[]
    expect(served).toHaveLength(5)
    for (const localAuthority of served)
      expect((await send(cdars, (await referred(cdars, person({ localAuthority }))).case.id)).outcome, localAuthority).toBe('ELIGIBLE')
    const durham = await atBoth(person({ localAuthority: 'County Durham' }))
    expect(durham.stepByStep.outcome).toBe('ELIGIBLE')
    expect(durham.cdars).toMatchObject({
      outcome: 'INELIGIBLE',
      reasons: [{ rule: 'resident-in-area', comparisons: [{}, { fact: 'residence.localAuthority', seen: 'County Durham' }] }],
    })
  })

  test('an unknown history needs information and names that one fact, whether never asked or asked in vain', async () => {
    const inVain = [{ fact: 'history.hasAbusedPartner', notKnown: true, askedOf: 'POLICE', askedOn: '2026-04-28' }]
    for (const facts of [[], inVain]) {
      const { cdars } = await atBoth({ facts })
      expect(cdars).toMatchObject({ outcome: 'NEEDS_INFORMATION', isCleared: false, needs: [{ fact: 'history.hasAbusedPartner' }] })
      expect(cdars.needs[0].question).toMatch(/ever abused a partner/)
    }
  })
})
