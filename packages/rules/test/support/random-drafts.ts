import type { RuleSet } from '../../src/index.ts'
import { draftOf, type Loose, put } from './drafts.ts'
import type { Chance } from './random-cases.ts'
import type { ShippedId } from './shipped.ts'

/** One thing that somebody might tune, in core or a provider's own document. */
const edits: readonly ((chance: Chance) => readonly [path: string, value: unknown])[] = [
  (chance) => ['parameters/minimumAge', 16 + chance.below(5)],
  (chance) => ['parameters/missesAllowed', chance.below(4)],
  (chance) => ['parameters/reviewAtMisses', 1 + chance.below(4)],
  (chance) => ['parameters/excusedAbsenceCounts', chance.is(50)],
  (chance) => ['parameters/leftEarlyCounts', chance.is(50)],
  (chance) => ['parameters/lateArrivalsPerMiss', chance.below(4)],
  (chance) => ['parameters/countedSessionKinds', chance.pick([['group'], ['one-to-one'], ['group', 'one-to-one']])],
  (chance) => ['parameters/takesAnyArea', chance.is(50)],
  (chance) => ['parameters/areasServed', chance.pick([['Sutton'], ['Sutton', 'Merton'], ['Croydon'], []])],
  (chance) => ['parameters/oneToOneForEverybody', chance.is(50)],
  (chance) => ['parameters/recentMonths', 12 + chance.below(25)],
  (chance) => ['parameters/recentMonthsForThoughtsOfKilling', 3 + chance.below(10)],
  (chance) => ['parameters/verifyWithinWorkingDays', 1 + chance.below(5)],
  (chance) => ['parameters/sessionsRequired', 10 + chance.below(15)],
  (chance) => ['parameters/themesRequired', 6 + chance.below(6)],
  (chance) => ['parameters/measuresBetterRequired', 1 + chance.below(3)],
  (chance) => ['parameters/namedMeasures', chance.pick([['respectful-communication@1'], ['respectful-communication@1', 'unheard-of@1']])],
]

/** Changes of core itself: instrument, patterns, rules that come and go. */
const coreEdits: readonly ((chance: Chance, document: Loose) => readonly [path: string, value: unknown])[] = [
  (chance) => ['instrument/bands/high/from', 30 + chance.below(30)],
  (chance) => ['instrument/bands/medium/from', 5 + chance.below(25)],
  (chance) => ['instrument/bands/very-high/from', 61 + chance.below(20)],
  (chance) => ['instrument/bands/high/reviewDays', 14 + chance.below(40)],
  (chance) => ['instrument/missing/provisionalReviewDays', 7 + chance.below(20)],
  (chance) => ['instrument/missing/prorated', chance.below(8)],
  (chance, document) => [`instrument/factors/${anyOf(chance, document, 'instrument', 'factors')}/weight`, 1 + chance.below(4)],
  (chance, document) => [`instrument/factors/${anyOf(chance, document, 'instrument', 'factors')}/static`, chance.is(50) ? true : undefined],
  (chance) => [
    'instrument/factors/escalation/floor',
    chance.is(50) ? { recent: 'high', historic: 'medium', possible: 'medium' } : undefined,
  ],
  (chance) => [
    'instrument/factors/threats-to-kill/floor',
    chance.pick([undefined, { recent: 'very-high', historic: 'medium', possible: 'medium' }]),
  ],
  (chance, document) => [`risk/${anyOf(chance, document, 'risk')}`, undefined],
  (chance, document) => [`risk/${anyOf(chance, document, 'risk')}/event/params/band`, chance.pick(['medium', 'high', 'very-high'])],
  (chance, document) => [`safeguarding/${anyOf(chance, document, 'safeguarding')}`, undefined],
  (chance, document) => [`safeguarding/${anyOf(chance, document, 'safeguarding')}/event/params/within/amount`, 1 + chance.below(30)],
  (chance, document) => [
    `safeguarding/${anyOf(chance, document, 'safeguarding')}/event/params/tell`,
    chance.pick([['police'], ['partner-service', 'police']]),
  ],
  (chance, document) => [`eligibility/${anyOf(chance, document, 'eligibility')}`, undefined],
  () => ['attendance/contact-after-a-miss', undefined],
  () => ['completion/sessions-attended', undefined],
  (chance, document) => [`pathway/${anyOf(chance, document, 'pathway')}`, undefined],
  (chance) => ['pathway/substance-misuse/event/params/to', chance.pick(['substance-misuse-service', 'general-practitioner'])],
  (chance) => ['eligibility/unwilling', refusal(chance)],
  (chance) => [
    'conditions/separation-control-violence/all',
    [{ fact: 'factor.separation', operator: 'equal', value: chance.pick(['present', 'possible']) }],
  ],
]
const refusal = (chance: Chance) => ({
  number: 900,
  label: 'Not willing',
  source: 'test',
  conditions: chance.pick([
    { all: [{ fact: 'engagement.isWilling', operator: 'equal', value: false }] },
    { not: { fact: 'engagement.isWilling', operator: 'equal', value: true } },
  ]),
  event: chance.pick([
    { type: 'ineligible', params: { reason: 'no' } },
    { type: 'human-review', params: { reason: 'look', whom: 'lead' } },
  ]),
})
const anyOf = (chance: Chance, document: Loose, ...path: string[]) =>
  chance.pick(Object.keys(path.reduce((at, name) => at[name]!, document)).sort())

/** A shipped rule set, and the same with one to three things changed. Locks are taken off core. `also` is done to both. */
export function randomDraft(chance: Chance, also: (document: Loose) => void = () => undefined): { before: RuleSet; after: RuleSet } {
  const id = chance.pick<ShippedId>(['core', 'step-by-step', 'cdars-phoenix'])
  const ready = (document: Loose) => {
    if (id === 'core') put(document, 'locked', undefined)
    also(document)
  }
  const after = draftOf(id, (document) => {
    ready(document)
    for (let i = chance.below(3); i >= 0; i--) {
      const inCore = id === 'core' && chance.is(70)
      const [path, value] = inCore ? chance.pick(coreEdits)(chance, document) : chance.pick(edits)(chance)
      put(document, id === 'core' && !inCore ? `${path}/value` : path, value)
    }
  })
  return { before: draftOf(id, ready), after }
}
