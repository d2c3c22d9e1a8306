import type { Actor } from '../platform/actor.ts'
import { standingClock, systemClock, type Clock } from '../platform/clock.ts'
import type { Database, Sources, Tx } from '../platform/db/database.ts'
import { repeatableIds, type Uuid } from '../platform/ids.ts'
import { developmentIssuer } from '../platform/sign-in.ts'
import { publishConsentText } from '../domains/intake/index.ts'
import { publishShippedProgrammes } from '../domains/programmes/index.ts'
import { addStaff, createProvider, namePartnerService, type Role } from '../domains/providers/index.ts'
import { triageCaller } from '../domains/referrals/index.ts'
import { publishShippedRuleSets } from '../domains/rule-sets/index.ts'
import type { Profile } from './answers.ts'
import { chance } from './chance.ts'
import { groupLife, type GroupStory } from './group-life.ts'
import { life, type Ending, type Stage, type Story } from './lives.ts'
import { firstDay, lastMoment, momentOn, workingDayAfter } from './moments.ts'
import { phoenixGroups } from './phoenix-groups.ts'
import { earlierReview } from './proposal.ts'
import { demoProviders, demoStaff, secondFacilitators, type DemoProvider } from './providers.ts'
import { rollingGroups } from './rolling-groups.ts'
import { inOrder } from './schedule.ts'

export { demoProviders } from './providers.ts'
export { lastMoment } from './moments.ts'

/** Runs on from the morning of the demo year's last day. */
export function demoClock(): Clock {
  const ahead = Date.parse(lastMoment) - Date.parse(systemClock.now())
  return { now: () => new Date(Date.parse(systemClock.now()) + ahead).toISOString() }
}

/** Whether this database holds the demo's two providers. */
export async function holdsDemo(database: Database): Promise<boolean> {
  const found = await database.asOwner((run) =>
    run(`select provider_id from providers where provider_id = '${demoProviders[0].providerId}'`),
  )
  return found.length > 0
}

/**
 * Plays the demo's year into an empty database: every row comes from a command that a person of a provider gave at that moment.
 * The same on every run and on both databases: ids and times are part of the story.
 * @param report told how many lives of how many are over
 */
export async function playDemo(database: Database, sources: Sources, report: (done: number, all: number) => void): Promise<void> {
  const before = { ...sources }
  const clock = standingClock(momentOn(firstDay, 8, chance(1)))
  sources.clock = clock
  sources.newId = repeatableIds(24)
  try {
    const lives = []
    for (const [index, provider] of demoProviders.entries()) {
      const { stage, programmes } = await setUp(database, provider)
      const luck = (number: number) => chance(1000 * (index + 1) + number)
      const all = [...stories, ...laterStories[provider.ruleSetId]]
      lives.push(
        ...all.map((story, number) => life({ stage, story, number, firstDay: dayOfReferral(number, story), luck: luck(number) })),
        ...groupStories[provider.ruleSetId].map((story, number) =>
          groupLife(stage, programmes.get(story.template)!, story, luck(500 + number)),
        ),
      )
      if (provider.ruleSetId === 'cdars-phoenix') lives.push(earlierReview(stage, luck(900)))
    }
    await inOrder(lives, clock.moveTo, (done) => report(done, lives.length))
    clock.moveTo(lastMoment)
  } finally {
    Object.assign(sources, before)
  }
}

/** The provider with its rules, its people, its partner service, its consent text and one caller who was rung back. */
async function setUp(database: Database, provider: DemoProvider): Promise<{ stage: Stage; programmes: Map<string, Uuid> }> {
  const { providerId } = provider
  const inScope = <Result>(actor: Actor | null, work: (tx: Tx) => Promise<Result>) =>
    database.transaction({ providerId, ...(actor ? { actorId: actor.id, side: actor.side } : {}) }, 'write', work)
  const staff = demoStaff(provider)
  const first = staff.find(({ role }) => role === 'programme-manager')!
  const { people, secondFacilitator, programmes } = await inScope(null, async (tx) => {
    const manager = await createProvider(tx, {
      ...provider,
      manager: { name: first.name, issuer: developmentIssuer, subject: first.subject },
    })
    await publishShippedRuleSets(tx, manager)
    const published = await publishShippedProgrammes(tx, manager)
    const actors: Partial<Record<Role, Actor>> = { 'programme-manager': manager }
    for (const { role, name, subject, side } of staff.filter((one) => one !== first)) {
      const { id } = await addStaff(tx, manager, {
        name,
        issuer: developmentIssuer,
        subject,
        roles: [role],
        idempotencyKey: `demo-${subject}`,
      })
      actors[role] = { providerId, id, side, roles: new Set([role]) }
    }
    const { id } = await addStaff(tx, manager, {
      ...secondFacilitators[provider.ruleSetId],
      issuer: developmentIssuer,
      roles: ['facilitator'],
      idempotencyKey: 'demo-second-facilitator',
    })
    return {
      people: actors as Record<Role, Actor>,
      secondFacilitator: { ...actors.facilitator!, id },
      programmes: new Map(published.map((one) => [one.templateId, one.id])),
    }
  })
  const as: Stage['as'] = (role, work) => inScope(people[role], (tx) => work(tx, people[role]))
  await as('programme-manager', (tx, actor) =>
    namePartnerService(tx, actor, { idempotencyKey: 'demo-partner-service', serviceName: provider.partnerService, fromOn: tx.today }),
  )
  const consent = await as('programme-manager', (tx, actor) =>
    publishConsentText(tx, actor, {
      idempotencyKey: 'demo-consent-text',
      kind: 'programme',
      text: 'I agree to take full part in every session, to speak honestly about my behaviour and to respect what others say in the group.',
      confidentialityNotice:
        'What is said in the group stays there, with these exceptions: when a child or another person is in danger, the authorities are told; social workers get the information they need; my partner or ex-partner is told that I take part.',
      effectiveFrom: tx.today,
    }),
  )
  await as('intake-worker', (tx, actor) =>
    triageCaller(tx, actor, {
      idempotencyKey: 'demo-caller',
      situation: 'unclear',
      isInDangerNow: false,
      codeName: 'Robin',
      contact: '020 7946 0000',
      safeTimes: 'weekdays before 14:00',
      leaveNoMessage: true,
    }),
  )
  const stage = { provider, people, secondFacilitator, consentTextId: consent.id, cases: new Map(), groups: new Map(), as }
  return { stage, programmes }
}

const endings: [Ending, Profile][] = [
  ['reviewed', 'lower'],
  ['reviewed', 'controlling'],
  ['reviewed', 'raised'],
  ['accepted', 'raised'],
  ['accepted', 'much-unknown'],
  ['refused-by-rule', 'lower'],
  ['assessed', 'strangulation'],
  ['refused', 'dangerous'],
  ['accepted', 'controlling'],
  ['withdrawn', 'lower'],
  ['reviewed', 'dangerous'],
  ['deferred', 'raised'],
  ['accepted', 'lower'],
  ['minor-decided', 'lower'],
  ['raised', 'much-unknown'],
  ['accepted', 'strangulation'],
  ['assessed', 'dangerous'],
  ['deferred', 'controlling'],
  ['accepted', 'raised'],
  ['assessed', 'too-little-known'],
  ['accepted', 'controlling'],
  ['assessed', 'much-unknown'],
  ['assessed', 'lower'],
  ['assessment-open', 'raised'],
  ['eligible', 'lower'],
  ['needs-information', 'lower'],
  ['proposed-refusal', 'lower'],
  ['minor', 'lower'],
  ['just-referred', 'lower'],
  ['needs-information', 'lower'],
]
const stories: Story[] = endings.map(([ends, profile]) => ({ ends, profile }))

const groupStories: Record<DemoProvider['ruleSetId'], readonly GroupStory[]> = {
  'cdars-phoenix': phoenixGroups,
  'step-by-step': rollingGroups,
}

/** Further people for the groups, who came in the autumn. */
const laterStories: Record<DemoProvider['ruleSetId'], Story[]> = {
  'cdars-phoenix': [
    { ends: 'accepted', profile: 'raised', referredOn: '2025-12-02' },
    { ends: 'accepted', profile: 'lower', referredOn: '2025-12-12' },
  ],
  'step-by-step': [
    { ends: 'accepted', profile: 'raised', referredOn: '2025-12-02' },
    { ends: 'accepted', profile: 'lower', referredOn: '2025-12-12' },
    { ends: 'closed', profile: 'lower', referredOn: '2025-12-16' },
  ],
}

/** Spread over the year; those who have only just come, came in its last weeks. */
const dayOfReferral = (number: number, { referredOn }: Story) =>
  referredOn ?? workingDayAfter(firstDay, Math.round((number / endings.length) * (number >= 23 ? 363 : 335)))
