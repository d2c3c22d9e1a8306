import { conditionInWords } from '../explain/condition-words.ts'
import { english } from '../explain/messages/index.ts'
import { proposalInWords } from '../explain/pathway.ts'
import { durationInWords, plain, series } from '../explain/words.ts'
import { byNumber, kinds, type Rule } from '../kinds/index.ts'
import type { Duration } from '../kinds/kind.ts'
import { proposedBy } from '../kinds/pathway/events.ts'
import { kindIds, type KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import type { Block } from './blocks.ts'

/** Every rule: when it holds, what follows, where it comes from. */
export const rulesOf = (ruleSet: RuleSet): Block[] =>
  kindIds.flatMap((kind) => {
    const rules = byNumber(ruleSet.document[kind])
    if (kind === 'risk' && !ruleSet.document.instrument) return []
    const heading: Block[] = [
      { is: 'heading', level: 2, text: kind === 'risk' ? 'Risk: patterns' : kinds[kind].title },
      { is: 'paragraph', text: kind === 'risk' ? 'Answers that together call for more than their points.' : kinds[kind].question },
    ]
    if (rules.length === 0) return [...heading, { is: 'paragraph', text: 'There are no rules of this kind.' }]
    return [...heading, ...rules.flatMap(([id, rule]) => ruleBlocks(kind, id, rule, ruleSet))]
  })

function ruleBlocks(kind: KindId, id: string, rule: Rule, ruleSet: RuleSet): Block[] {
  const isLocked = ruleSet.document.locked[kind]?.includes(id) === true
  return [
    { is: 'heading', level: 3, text: rule.label },
    {
      is: 'list',
      lines: [
        { text: 'When', parts: [conditionInWords(rule.conditions, ruleSet)] },
        { text: `Then: ${eventInWords(kind, rule, ruleSet)}`, parts: [] },
        { text: `Source: ${rule.source}`, parts: [] },
        { text: `Name in the rule set: ${kind}/${id}${isLocked ? ' (locked: no provider can undo it)' : ''}`, parts: [] },
      ],
    },
  ]
}

function eventInWords(kind: KindId, { event }: Rule, { document }: RuleSet): string {
  // The form of the parameters was checked when the rule set was loaded.
  const params = (event.params ?? {}) as {
    reason?: string
    route?: string
    whom?: string
    band?: string
    action?: string
    tell?: readonly string[]
    within?: Duration
    level?: string
    from?: string
    definition?: string
  }
  const within = params.within ? ` within ${durationInWords(params.within)}` : ''
  const tell = params.tell && params.tell.length > 0 ? `tell ${series(params.tell.map(plain))}` : ''
  switch (kind) {
    case 'risk':
      return `the band is at least ${(document.instrument?.bands[params.band ?? '']?.label ?? params.band ?? '').toLowerCase()}. ${params.action ?? ''}`
    case 'eligibility':
      return event.type === 'ineligible'
        ? `no place can be offered. ${params.reason ?? ''}.${params.route === undefined ? '' : ` Instead: ${params.route}.`}`
        : `a person decides: ${plain(params.whom ?? 'programme-manager')}. ${params.reason ?? ''}.`
    case 'safeguarding':
      return `${tell}${within} (${plain(params.level ?? '')})`
    case 'attendance': {
      const what = { contact: 'contact the person', review: 'review the place' }[event.type]
      return `${what ?? `removal from ${plain(params.from ?? 'this-run')} is due; a named person confirms it`}${within}${tell === '' ? '' : `; ${tell}`}`
    }
    case 'pathway':
      return `${proposalInWords(proposedBy(event), english)}; a named person decides`
    case 'completion':
      return `${event.type === 'improved' ? 'behaviour became significantly better' : 'the programme was completed'}. By definition: ${params.definition ?? ''}`
  }
}
