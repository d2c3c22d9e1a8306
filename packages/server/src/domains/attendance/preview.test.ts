import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asInput, preview, record, registerFor, runningGroup, standing, type Running } from '../../../test/harness/registers.ts'
import { raised } from '../../../test/harness/concerns.ts'
import { give } from '../../../test/harness/tasks.ts'
import { database, lane, newWorld } from '../../../test/harness/world.ts'
import { attendanceFactSupplier, entryOutcomes, type EntryOutcome } from './index.ts'

type Step = { session: number; outcomes: EntryOutcome[] | null }

const outcome = fc.constantFrom(...entryOutcomes)
const step = (sessions: number, people: number): fc.Arbitrary<Step> =>
  fc.record({
    session: fc.integer({ min: 0, max: sessions - 1 }),
    outcomes: fc.option(fc.array(outcome, { minLength: people, maxLength: people }), { freq: 8 }),
  })

/** Sends the preview and then the same register to be saved. @returns what each said */
async function both(running: Running, { session, outcomes }: Step) {
  const { world, facilitator } = running
  const input = await registerFor(running, running.met[session]!, outcomes ?? 'the heating had failed')
  const register = asInput(input)
  const shown = await world.send(facilitator, preview, { input: register })
  const { expectedVersion, idempotencyKey, correctionReason } = input
  const saved = await world.send(facilitator, record, { input: { register, expectedVersion, idempotencyKey, correctionReason } })
  return { shown: shown.data?.previewRegister, saved: saved.data?.recordRegister, errors: [shown.errors, saved.errors] }
}

describe(`a register before it is saved, on ${lane}`, () => {
  test('whatever is recorded and corrected in whatever order: the preview says what saving does, and what stands is what the register says', async () => {
    let recordings = 0
    for (const provider of ['cdars-phoenix', 'step-by-step'] as const)
      await fc.assert(
        fc.asyncProperty(fc.array(step(3, 2), { minLength: 1, maxLength: 5 }), async (steps) => {
          const running = await runningGroup(await newWorld(provider), { people: 2, meetings: 3 })
          const now = new Map<number, Step['outcomes']>()
          for (const one of steps) {
            const { shown, saved, errors } = await both(running, one)
            expect(errors).toEqual([undefined, undefined])
            expect(saved.__typename).toBe('RegisterResult')
            expect(JSON.stringify(saved.people)).toBe(JSON.stringify(shown.people))
            now.set(one.session, one.outcomes)
            recordings += 1
          }
          // Said again without the code under test: both providers count excused absences, a session of the group, and nothing else, as a miss.
          for (const [at, place] of running.members.entries()) {
            const missed = [...now.values()].filter((outcomes) => outcomes && ['excused', 'absent'].includes(outcomes[at]!)).length
            const stands = (await standing(running, place)).map((line) => line.split(' ')[0]!)
            expect(stands.filter((type) => type === 'contact')).toHaveLength(missed)
            expect(stands.filter((type) => type === 'review')).toHaveLength(provider === 'cdars-phoenix' && missed >= 3 ? 1 : 0)
            expect(stands.filter((type) => type === 'removal-due')).toHaveLength(provider === 'step-by-step' && missed > 0 ? 1 : 0)
            const facts = await running.world.as(running.facilitator, (tx, actor) => attendanceFactSupplier.supply(tx, actor, place.caseId))
            expect((facts['attendance.register'] as { outcome: string | null }[]).map((item) => item.outcome)).toEqual(
              running.met.map((_, number) => (now.has(number) ? (now.get(number)?.[at] ?? 'not-held') : null)),
            )
          }
        }),
        { numRuns: 3, seed: 7 },
      )
    console.log(`registers previewed, saved and compared: ${recordings}`)
    expect(recordings).toBeGreaterThan(8)
  })

  test('a preview stores nothing, and reads the same byte for byte whatever is known of a partner', async () => {
    const running = await runningGroup(await newWorld('step-by-step'), { people: 3 })
    const { world, facilitator, members } = running
    const { people } = world
    const input = asInput(await registerFor(running, running.met[0]!, ['absent', 'late', 'excused']))
    const show = async () => JSON.stringify(await world.send(facilitator, preview, { input }))
    const rows = async () =>
      database.asOwner((run) =>
        run(
          `select (select count(*)::int from tasks where provider_id = '${world.providerId}') as tasks, (select count(*)::int from registers where provider_id = '${world.providerId}') as registers, (select count(*)::int from notifications where provider_id = '${world.providerId}') as notifications`,
        ),
      )
    const before = await rows()
    const shown = await show()
    expect(JSON.parse(shown).data.previewRegister.people.map((one: { follows: unknown[] }) => one.follows.length)).toEqual([3, 0, 3])
    expect(await rows()).toEqual(before)

    const support = people['partner-support-worker']
    await raised(world, members[0]!.caseId, { side: 'partner', level: 'emergency' }, support)
    await raised(world, members[1]!.caseId, { side: 'partner' }, support)
    await raised(world, members[2]!.caseId, { side: 'neutral' }, people['safeguarding-lead'])
    await give(world, support, { caseId: members[0]!.caseId }, support)
    const triage = /* GraphQL */ `mutation ($input: TriageCallerInput!) { triageCaller(input: $input) { __typename } }`
    const caller = { idempotencyKey: 'a-caller-who-is-harmed', situation: 'IS_HARMED', isInDangerNow: true, leaveNoMessage: true }
    await world.send(people['intake-worker'], triage, { input: caller })
    expect(await show()).toBe(shown)
    // Nor does what is saved: the same as was shown before any of it was known.
    const { saved } = await both(running, { session: 0, outcomes: ['absent', 'late', 'excused'] })
    expect(JSON.stringify(saved.people)).toBe(JSON.stringify(JSON.parse(shown).data.previewRegister.people))
  })
})
