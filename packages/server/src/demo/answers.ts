import type { NewAnswer } from '../domains/assessments/index.ts'
import type { Day } from '../platform/clock.ts'
import type { Chance } from './chance.ts'
import { workingDayAfter } from './moments.ts'

/** What a whole form looks like for one invented life. */
export type Profile = 'lower' | 'raised' | 'controlling' | 'strangulation' | 'dangerous' | 'much-unknown' | 'too-little-known'

/** Present factors; whatever stands nowhere is absent. `?` possible, `~` long ago, `*` not known. */
const profiles: Record<Profile, string> = {
  lower: 'physical-violence~ minimising-denial-blame beliefs-excusing-abuse? work-or-money-instability childhood-adversity',
  raised:
    'physical-violence minimising-denial-blame beliefs-excusing-abuse substance-misuse possessive-jealousy earlier-partner-abuse? child-contact-conflict work-or-money-instability',
  controlling: 'physical-violence coercive-control minimising-denial-blame separation beliefs-excusing-abuse? victim-fear-or-barriers',
  strangulation: 'physical-violence~ non-fatal-strangulation~ minimising-denial-blame substance-misuse childhood-adversity',
  dangerous:
    'physical-violence coercive-control separation escalation stalking-or-surveillance threats-to-kill? possessive-jealousy breach-of-orders minimising-denial-blame substance-misuse child-contact-conflict victim-fear-or-barriers',
  'much-unknown':
    'physical-violence coercive-control minimising-denial-blame substance-misuse escalation? sexual-violence* stalking-or-surveillance* threats-to-kill* mental-health-or-personality-difficulty*',
  'too-little-known':
    'physical-violence coercive-control sexual-violence* escalation* stalking-or-surveillance* threats-to-kill* possessive-jealousy* earlier-partner-abuse* mental-health-or-personality-difficulty* child-contact-conflict* victim-fear-or-barriers*',
}

/** An answer to every factor of the form. */
export function formAnswers(factors: readonly string[], profile: Profile, assessedOn: Day, luck: Chance): NewAnswer[] {
  const marks = new Map(profiles[profile].split(' ').map((word) => [word.replace(/[?~*]$/, ''), /[?~*]$/.exec(word)?.[0] ?? '']))
  return factors.map((factor) => {
    const mark = marks.get(factor)
    if (mark === undefined) return { factor, answer: 'absent', sources: ['self', 'record'] }
    if (mark === '*') return { factor, answer: 'unknown', unknownReason: 'Asked at interview and of the referrer; neither could say.' }
    const lastOccurredOn =
      mark === '~' ? `${luck.whole(2016, 2022)}-0${luck.whole(1, 9)}-15` : workingDayAfter(assessedOn, -luck.whole(20, 120))
    return {
      factor,
      answer: mark === '?' ? 'possible' : 'present',
      sources: luck.pick([['police'], ['social-services', 'self'], ['court', 'police'], ['record']]),
      lastOccurredOn,
    }
  })
}

/** Questions about the present situation: all asked; for the dangerous one some are yes, where much is unknown some are not known. */
export const situationAnswers = (facts: readonly string[], profile: Profile) =>
  facts.map((fact, index) => ({
    fact,
    answer:
      profile === 'dangerous' && /Stalked|Breached/.test(fact)
        ? ('yes' as const)
        : profile === 'much-unknown' && index < 2
          ? ('unknown' as const)
          : ('no' as const),
  }))
