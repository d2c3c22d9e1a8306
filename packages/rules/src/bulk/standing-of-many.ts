import { plain } from '../explain/words.ts'
import { proposedBy, subjectOf } from '../kinds/pathway/events.ts'
import { namedMeasures } from '../kinds/completion/measures.ts'
import { type Level, levels } from '../kinds/safeguarding/index.ts'
import { byNumber, type Rule } from '../kinds/rule.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import type { Bitmap, Bitmaps } from './bitmaps.ts'
import type { FactColumns } from './fact-columns.ts'
import { rulesOf } from './rules-of-kind.ts'
import type { RuleTruths } from './rule-truths.ts'
import { LOOKED_AT, often, type Raised, raises } from './standing.ts'

/** The standings of many cases: what `Standing` says of one, as the cases of which it is so. */
export type StandingOfMany = {
  /** Every case is in one of them. */
  words: readonly { text: string; cases: Bitmap }[]
  care: Steps
  pace: Steps
  /** For each rule, in the order in which an outcome lists what is open, the cases of which it is unknown. */
  open: ReadonlyMap<string, Bitmap>
}

/** By name, the values that occur, the highest first, and the cases that have that or more: at the least, and at the most. */
export type Steps = ReadonlyMap<string, readonly Step[]>
export type Step = { value: number; least: Bitmap; most: Bitmap }

/** A rule of which many cases were asked. `may`: true or unknown. */
type AskedRule = { id: string; event: Rule['event']; yes: Bitmap; may: Bitmap; unknown: Bitmap }
type Asked = { rules: readonly AskedRule[]; ruleSet: RuleSet; facts: FactColumns }
type Standings = Pick<StandingOfMany, 'words' | 'care'> & Partial<StandingOfMany>

/** Every kind whose outcome rests on what its rules come to. Risk has points besides. */
export function standingOfMany(kind: Exclude<KindId, 'risk'>, ruleSet: RuleSet, facts: FactColumns, truths: RuleTruths): StandingOfMany {
  const { bits } = facts
  const found = truths.of(rulesOf(ruleSet, kind))
  const rules = byNumber(ruleSet.document[kind]).map(([id, { event }], index): AskedRule => {
    const { yes, no } = found[index]!
    return { id, event, yes, may: bits.without(bits.all, no), unknown: bits.unknown({ yes, no }) }
  })
  const open = new Map(rules.map(({ id, unknown }) => [id, unknown]))
  return { pace: new Map(), open, ...standings[kind]({ rules, ruleSet, facts }) }
}

const standings: Readonly<Record<Exclude<KindId, 'risk'>, (asked: Asked) => Standings>> = {
  eligibility: ({ rules, facts: { bits } }) => {
    const refusing = rules.filter(({ event }) => event.type === 'ineligible')
    const reviewing = rules.filter(({ event }) => event.type !== 'ineligible')
    const undecided = (of: readonly AskedRule[]) => bits.union(of.map(({ unknown }) => unknown))
    const certain = (of: readonly AskedRule[]) => bits.union(of.map(({ yes }) => yes))
    const review = rules.length === 0 ? bits.all : certain(reviewing)
    return {
      words: inTurn(bits, [
        ['ineligible', certain(refusing)],
        ['needs information', undecided(refusing)],
        ['human review', review],
        ['needs information', undecided(reviewing)],
        ['eligible', bits.all],
      ]),
      care: stepsOf(bits, [
        ...rules.map((rule) => ({ ...ends(rule), raised: [['refusal', rule.event.type === 'ineligible' ? 2 : 1] as const] })),
        { least: review, most: review, raised: [['refusal', 1]] },
      ]),
    }
  },
  safeguarding: ({ rules, facts: { bits } }) => {
    const urgency = ({ event }: AskedRule) => levels.indexOf(event.params?.['level'] as Level)
    const inOrder = rules.toSorted((one, other) => urgency(one) - urgency(other))
    return {
      words: inTurn(bits, [
        ...inOrder.map(({ event, yes }) => [`tell: ${plain(String(event.params?.['level']))}`, yes] as const),
        ['ask', bits.union(rules.map(({ unknown }) => unknown))],
        ['nothing', bits.all],
      ]),
      care: stepsOf(
        bits,
        rules.map((rule) => ({
          ...ends(rule),
          raised: raises.safeguarding(rule.event.params as Parameters<typeof raises.safeguarding>[0]),
        })),
      ),
      open: new Map(inOrder.map(({ id, unknown }) => [id, unknown])),
    }
  },
  attendance: ({ rules, facts: { bits } }) => {
    const grave = ['removal-due', 'review', 'contact'] as const
    const of = (type: string) => rules.filter(({ event }) => event.type === type)
    return {
      words: inTurn(
        bits,
        grave
          .flatMap((type) => [
            [plain(type), bits.union(of(type).map(({ yes }) => yes))] as const,
            ['cannot tell', bits.union(of(type).map(({ unknown }) => unknown))] as const,
          ])
          .concat([['in good standing', bits.all]]),
      ),
      care: stepsOf(
        bits,
        rules.map((rule) => ({ ...ends(rule), raised: raises.attendance(rule.event) })),
      ),
    }
  },
  pathway: ({ rules, facts: { bits } }) => {
    const proposed = rules.map((rule) => ({ rule, what: proposedBy(rule.event) }))
    return {
      words: inTurn(bits, [
        ['propose', bits.union(rules.map(({ yes }) => yes))],
        ['ask', bits.union(rules.map(({ unknown }) => unknown))],
        [rules.length === 0 ? 'human review' : 'nothing more', bits.all],
      ]),
      care: stepsOf(bits, [
        ...proposed.map(({ rule, what }) => ({ ...ends(rule), raised: [[subjectOf(what), 1] as const] })),
        ...(rules.length === 0 ? [{ least: bits.all, most: bits.all, raised: [[LOOKED_AT, 1] as const] }] : []),
      ]),
      pace: stepsOf(
        bits,
        proposed.flatMap(({ rule: { yes }, what }) =>
          what.what === 'one-to-one' ? [{ least: yes, most: yes, raised: often(subjectOf(what), what) }] : [],
        ),
      ),
    }
  },
  completion: ({ rules, ruleSet, facts }) => {
    const { bits } = facts
    const { all } = bits
    const isBetter = facts.improved(namedMeasures(ruleSet.document))
    const answer = (says: string) => {
      const saying = rules.filter(({ event }) => (event.type === 'improved') === (says === 'improved'))
      if (saying.length === 0) return { yes: bits.none, no: bits.none }
      const yes = bits.union(saying.map((rule) => rule.yes))
      const no = bits.without(all, bits.union(saying.map(({ may }) => may)))
      return says === 'completed'
        ? { yes, no }
        : { yes: bits.intersection([yes, isBetter]), no: bits.union([no, bits.without(yes, isBetter)]) }
    }
    const [completed, improved] = [answer('completed'), answer('improved')]
    const cells = ({ yes, no }: typeof completed) => ({ no, 'cannot tell': bits.without(all, bits.union([yes, no])), yes })
    return {
      words: Object.entries(cells(completed)).flatMap(([one, these]) =>
        Object.entries(cells(improved)).map(([other, those]) => ({
          text: `completed: ${one}, improved: ${other}`,
          cases: bits.intersection([these, those]),
        })),
      ),
      care: new Map([
        ['not completed', [{ value: 1, least: completed.no, most: bits.without(all, completed.yes) }]],
        ['not improved', [{ value: 1, least: improved.no, most: bits.without(all, improved.yes) }]],
      ]),
    }
  },
}

const ends = ({ yes, may }: AskedRule) => ({ least: yes, most: may })

/** The first that is so of a case. */
function inTurn(bits: Bitmaps, states: readonly (readonly [text: string, cases: Bitmap])[]): StandingOfMany['words'] {
  let left = bits.all
  return states.map(([text, of]) => {
    const found = bits.intersection([left, of])
    left = bits.without(left, of)
    return { text, cases: found }
  })
}

/** Of several that raise the same the greatest counts. */
export function stepsOf(bits: Bitmaps, all: readonly { least: Bitmap; most: Bitmap; raised: Raised }[]): Steps {
  const found = new Map<string, Step[]>()
  for (const { least, most, raised } of all) {
    for (const [name, value] of raised) found.set(name, [...(found.get(name) ?? []), { value, least, most }])
  }
  for (const [name, steps] of found) found.set(name, heaped(bits, steps))
  return found
}

function heaped(bits: Bitmaps, steps: readonly Step[]): Step[] {
  const values = [...new Set(steps.map(({ value }) => value))].sort((one, other) => other - one)
  let above: readonly Step[] = []
  return values.map((value) => {
    const here = [...above, ...steps.filter((step) => step.value === value)]
    const heap = { value, least: bits.union(here.map(({ least }) => least)), most: bits.union(here.map(({ most }) => most)) }
    above = [heap]
    return heap
  })
}

/** Is still there when other rule sets have been tried: the published one is compared with again and again. */
export function heldStanding(standing: StandingOfMany, bits: Bitmaps): StandingOfMany {
  const steps = [...standing.care.values(), ...standing.pace.values()].flat()
  const all = [...standing.words.map(({ cases }) => cases), ...steps.flatMap(({ least, most }) => [least, most]), ...standing.open.values()]
  for (const bitmap of all) bits.hold(bitmap)
  return standing
}
