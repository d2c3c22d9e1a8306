import { describe, expect, test } from 'vitest'
import { assessed, newCase, vector6 } from '../../../test/harness/assessed.ts'
import { database, lane, newWorld } from '../../../test/harness/world.ts'

const caseload = /* GraphQL */ `
  query ($first: Int!) {
    cases(first: $first) {
      edges { node { id latestAssessment {
        status assessedOn signedBy { name } instrument { id }
        answers { factor answer sources lastOccurredOn }
        risk { status band { atLeast { id } atMost { id } } reviewDueOn contributions { factor points } }
        riskDecision { id outcome } safeguarding { outcome } judgements { reason }
      } } }
    }
  }
`

describe(`a caseload with assessments on ${lane}`, () => {
  test('of 50 cases with all their answers takes as many statements as one of 5', async () => {
    const world = await newWorld()
    for (let number = 0; number < 50; number += 1) {
      const { caseId } = await newCase(world)
      await assessed(world, caseId, number % 2 === 0 ? vector6 : { present: [1, 8, 22] })
    }
    const statements = async (first: number) => {
      const before = database.statementCount()
      const answer = await world.send(world.people['intake-worker'], caseload, { first })
      expect(answer.errors).toBeUndefined()
      const { edges } = answer.data.cases
      expect(edges).toHaveLength(first)
      for (const { node } of edges)
        expect(node.latestAssessment.answers.filter((one: { answer: string }) => one.answer !== 'UNANSWERED')).toHaveLength(24)
      return database.statementCount() - before
    }
    await statements(1)
    const [few, many] = [await statements(5), await statements(50)]
    console.log(`statements for 5 cases: ${few}, for 50: ${many}`)
    expect(many).toBe(few)
    expect(many).toBeLessThanOrEqual(25)
  }, 180_000)
})
