import { describe, expect, test } from 'vitest'
import { database, lane, newWorld, type World } from '../../../test/harness/world.ts'
import type { Actor } from '../../platform/actor.ts'
import { globalId, newId } from '../../platform/ids.ts'
import { openCase } from '../cases/index.ts'
import { nameKey } from './names.ts'
import { createParticipant, mayBeKnown, participantFactSupplier, possibleDuplicates, type NewParticipant } from './index.ts'

const person: NewParticipant = { givenName: 'Zoë', familyName: 'O’Neill', bornOn: '1990-03-04', localAuthority: 'Merton' }

/** A participant with a case, so that somebody may read them. */
const known = (world: World, input: NewParticipant = person, by: Actor = world.people['intake-worker']) =>
  world.as(by, async (tx, actor) => {
    const participant = await createParticipant(tx, actor, input)
    const opened = await openCase(tx, actor, { participantId: participant.id, openedOn: tx.today })
    return { participant, caseId: opened.id }
  })

const correct = /* GraphQL */ `
  mutation ($input: CorrectParticipantInput!) {
    correctParticipant(input: $input) {
      __typename
      ... on Participant { familyName bornOn localAuthority version corrections { field before after reason correctedAt correctedBy { name } } }
      ... on Refusal { code message help }
      ... on InvalidInput { field }
      ... on StaleVersion { currentVersion }
    }
  }
`
const read = /* GraphQL */ `query ($id: ID!) { participant(id: $id) { reference givenName familyName bornOn localAuthority } }`

describe(`participants on ${lane}`, () => {
  test('references count on without gaps, per provider and year, also where commands fail or run at once', async () => {
    const world = await newWorld()
    const manager = world.people['programme-manager']
    const failing = world.as(manager, async (tx, actor) => {
      await createParticipant(tx, actor, person)
      throw new Error('given up')
    })
    await expect(failing).rejects.toThrow('given up')
    const all = await Promise.all(Array.from({ length: 12 }, () => world.as(manager, (tx, actor) => createParticipant(tx, actor, person))))
    expect(all.map(({ reference }) => reference).sort()).toEqual(
      Array.from({ length: 12 }, (_, index) => `P-2026-${String(index + 1).padStart(4, '0')}`),
    )
    const elsewhere = await newWorld()
    expect((await known(elsewhere)).participant.reference).toBe('P-2026-0001')
  })

  test('names are compared without case, accents, spaces and punctuation', () => {
    const alike = [
      ['O’Neill', 'oneill'],
      ["O'NEILL", 'oneill'],
      ['Zoë', 'zoe'],
      ['Anne-Marie', 'annemarie'],
      ['van der Berg', 'vanderberg'],
      ['Groß', 'gross'],
      ['Łukasz', 'lukasz'],
      ['ﬁona', 'fiona'],
      ['李', '李'],
      ['-', '-'],
    ]
    for (const [name, key] of alike) expect(nameKey(name!), name).toBe(key)
  })

  test('a new person may be somebody known: by both names in either order, or by the birth day and one name', async () => {
    const world = await newWorld()
    await known(world)
    const found = async (givenName: string, familyName: string, bornOn: string | null) =>
      (await world.as(world.people['intake-worker'], (tx, actor) => possibleDuplicates(tx, actor, { givenName, familyName, bornOn })))
        .length
    const cases: [string, string, string | null, number][] = [
      ['zoe', 'oneill', '1990-03-04', 1],
      ['O’Neill', 'Zoë', null, 1],
      ['Zoe', 'O Neill', '1990-04-03', 1], // day and month swapped
      ['Zoe', 'O Neill', '1991-03-04', 0], // another known birth day
      ['Zoe', 'Married-Name', '1990-03-04', 1],
      ['Zoe', 'Married-Name', null, 0],
      ['Somebody', 'Else', '1990-03-04', 0],
    ]
    for (const [given, family, bornOn, count] of cases)
      expect(await found(given, family, bornOn), `${given} ${family} ${bornOn}`).toBe(count)
    await known(world, { givenName: 'Ada', familyName: 'Unborn' })
    expect(await found('Ada', 'Unborn', '1980-01-01')).toBe(1)
  })

  test('who may not see them is shown no duplicates, and the server still knows that somebody could be meant', async () => {
    const [world, other] = [await newWorld(), await newWorld()]
    await known(world)
    const asked = (on: World, role: 'referrer' | 'facilitator') =>
      on.as(on.people[role], async (tx, actor) => [await possibleDuplicates(tx, actor, person), await mayBeKnown(tx, actor, person)])
    expect(await asked(world, 'referrer')).toEqual([[], true])
    expect(await asked(world, 'facilitator')).toEqual([[], true])
    expect(await asked(other, 'facilitator')).toEqual([[], false])
    const sent = await world.send(world.people.facilitator, `{ possibleDuplicates(givenName: "Zoe", familyName: "Oneill") { id } }`)
    expect(sent.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    const matched = await world.send(
      world.people['intake-worker'],
      `{ possibleDuplicates(givenName: "Zoe", familyName: "Oneill") { familyName } }`,
    )
    expect(matched.data.possibleDuplicates).toEqual([{ familyName: 'O’Neill' }])
  })

  test('a correction keeps both versions, with who, when and why', async () => {
    const world = await newWorld()
    const { participant } = await known(world)
    const id = globalId('Participant', participant.id)
    const input = { participantId: id, familyName: 'O’Neil', bornOn: null, reason: 'Read off the passport.', expectedVersion: 1 }
    const done = await world.send(world.people['intake-worker'], correct, { input })
    expect(done.data.correctParticipant).toEqual({
      __typename: 'Participant',
      familyName: 'O’Neil',
      bornOn: null,
      localAuthority: 'Merton',
      version: 2,
      corrections: [
        {
          field: 'FAMILY_NAME',
          before: 'O’Neill',
          after: 'O’Neil',
          reason: input.reason,
          correctedAt: '2026-05-01T09:00:00.000Z',
          correctedBy: { name: 'Person in intake-worker' },
        },
        {
          field: 'BORN_ON',
          before: '1990-03-04',
          after: null,
          reason: input.reason,
          correctedAt: '2026-05-01T09:00:00.000Z',
          correctedBy: { name: 'Person in intake-worker' },
        },
      ],
    })
    expect(
      (
        await world.as(world.people['intake-worker'], (tx, actor) =>
          possibleDuplicates(tx, actor, { givenName: 'Zoe', familyName: 'Oneil' }),
        )
      ).length,
    ).toBe(1)
    await expect(
      world.as(world.people['programme-manager'], async (tx) =>
        tx.rows((await import('drizzle-orm')).sql`update participant_corrections set reason = 'another'`),
      ),
    ).rejects.toMatchObject({ sqlState: '42501' })
  })

  test('a correction is refused when it is stale, empty, takes a name away or lies in the future', async () => {
    const world = await newWorld()
    const { participant } = await known(world)
    const send = async (change: object) => {
      const answer = await world.send(world.people['programme-manager'], correct, {
        input: { participantId: globalId('Participant', participant.id), reason: 'a reason', expectedVersion: 1, ...change },
      })
      return answer.data?.correctParticipant ?? answer.errors?.[0]?.extensions
    }
    expect(await send({ givenName: 'Z', expectedVersion: 7 })).toMatchObject({ code: 'stale-version', currentVersion: 1 })
    expect(await send({})).toMatchObject({ code: 'invalid-input', field: 'reason' })
    expect(await send({ givenName: 'Zoë' })).toMatchObject({ code: 'invalid-input', field: 'reason' })
    expect(await send({ givenName: null })).toMatchObject({ code: 'invalid-input', field: 'givenName' })
    expect(await send({ bornOn: '2026-05-02' })).toMatchObject({ code: 'invalid-input', field: 'bornOn' })
    expect(await send({ bornOn: '2026-02-30' })).toMatchObject({ code: 'BAD_INPUT' })
    expect(await send({ givenName: 'a\u0000b' })).toMatchObject({ code: 'BAD_INPUT' })
    expect(await send({ givenName: '' })).toMatchObject({ code: 'BAD_INPUT' })
    expect(await send({ reason: '   ' })).toMatchObject({ code: 'BAD_INPUT' })
    const untouched = await world.as(world.people['programme-manager'], (tx, actor) => possibleDuplicates(tx, actor, person))
    expect(untouched[0]).toMatchObject({ givenName: 'Zoë', version: 1 })
  })

  test('no participant and one that may not be read are the same answer', async () => {
    const [world, other] = [await newWorld(), await newWorld()]
    const { participant } = await known(world)
    const theirs = await known(other)
    const ids = {
      unassigned: globalId('Participant', participant.id),
      elsewhere: globalId('Participant', theirs.participant.id),
      none: globalId('Participant', newId()),
      type: globalId('Case', newId()),
      malformed: 'x',
    }
    for (const [what, id] of Object.entries(ids)) {
      expect(await world.send(world.people.facilitator, read, { id }), what).toMatchObject({ status: 200, data: { participant: null } })
      const refused = await world.send(world.people.facilitator, correct, {
        input: { participantId: id, givenName: 'Z', reason: 'r', expectedVersion: 1 },
      })
      expect(refused.data.correctParticipant, what).toMatchObject({ code: 'not-found', message: 'no such participant' })
    }
    expect((await world.send(world.people['intake-worker'], read, { id: ids.unassigned })).data.participant.familyName).toBe('O’Neill')
    expect((await world.send(world.people['intake-worker'], read, { id: ids.elsewhere })).data.participant).toBeNull()
  })

  test('what was read of a person stands in the audit, field by field', async () => {
    const world = await newWorld()
    const { participant } = await known(world)
    await world.send(world.people['intake-worker'], `query ($id: ID!) { participant(id: $id) { givenName bornOn version } }`, {
      id: globalId('Participant', participant.id),
    })
    const entries = await world.send(
      world.people.auditor,
      `query ($id: ShortText!) { auditEntries(subjectId: $id, first: 1) { edges { node { action fields allowedBy } } } }`,
      { id: participant.id },
    )
    expect(entries.data.auditEntries.edges).toEqual([
      { node: { action: 'participant.read', fields: ['bornOn', 'givenName'], allowedBy: 'intake-worker' } },
    ])
  })

  test('the facts of the rules: what is not recorded is asked and not known', async () => {
    const world = await newWorld()
    const [full, empty] = [await known(world), await known(world, { givenName: 'Ada', familyName: 'Unborn' })]
    const facts = (caseId: string) =>
      world.as(world.people['programme-manager'], (tx, actor) => participantFactSupplier.supply(tx, actor, caseId))
    expect(await facts(full.caseId)).toEqual({ 'person.bornOn': '1990-03-04', 'residence.localAuthority': 'Merton' })
    expect(await facts(empty.caseId)).toEqual({ 'person.bornOn': null, 'residence.localAuthority': null })
    expect(database.kind).toBe(lane)
  })
})
