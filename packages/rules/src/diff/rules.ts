import { conditionInWords, inOneLine } from '../explain/condition-words.ts'
import { durationInWords } from '../explain/words.ts'
import type { Duration } from '../kinds/kind.ts'
import type { Rule } from '../kinds/rule.ts'
import { canonicalJson } from '../rule-set/canonical-json.ts'
import { kindIds, type KindId, type ResolvedDocument } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { type Change, change, matched, wordingOf } from './change.ts'
import { type Effect, type Effects, effectsOf, ruleEffect, senseOf, withBandRead } from './effect.ts'
import { withNamesOf, withRulesOf } from './steps.ts'

type Pair = { before: RuleSet; after: RuleSet }

export const ruleChanges = (pair: Pair): Change[] =>
  kindIds.flatMap((kind) =>
    matched(pair.before.document[kind], pair.after.document[kind]).flatMap(({ id, before, after }) => {
      if (before && after) return [...conditionsChange(kind, id, [before, after], pair), ...textChanges(kind, id, before, after)]
      const rule = after ?? before
      return rule ? [cameOrWent(kind, id, rule, after !== undefined, pair)] : []
    }),
  )

function cameOrWent(kind: KindId, id: string, rule: Rule, came: boolean, { before, after }: Pair): Change {
  const ruleSet = came ? after : before
  const asks = inOneLine(conditionInWords(rule.conditions, ruleSet))
  const effect: Effect = isFirstOfItsSort(kind, rule, came ? before : after)
    ? 'unclear'
    : (senseOf(kind) === 'up') === came
      ? 'wider'
      : 'narrower'
  const what = came
    ? `new ${kind} rule “${rule.label}”: ${rule.event.type} where ${asks}`
    : `${kind} rule “${rule.label}” removed; it asked: ${asks}`
  return change(`/${kind}/${id}`, what, ofRule(kind, effect, { before, after }), 'additive')
}

/** Without any criterion or proposal a person decides, and without a definition of completion nothing can be told: the first rule changes that for all. */
function isFirstOfItsSort(kind: KindId, { event }: Rule, without: RuleSet): boolean {
  const others = Object.values(without.document[kind])
  if (kind === 'eligibility' || kind === 'pathway') return others.length === 0
  return kind === 'completion' && !others.some((other) => other.event.type === event.type)
}

/** Conditions and what follows, each side read with the parameters and named conditions that were there before: those are changes of their own. */
function conditionsChange(kind: KindId, id: string, [one, other]: readonly [Rule, Rule], { before, after }: Pair): Change[] {
  if (canonicalJson([one.conditions, one.event]) === canonicalJson([other.conditions, other.event])) return []
  const known = withNamesOf(before.document, after.document)
  const effect = ruleEffect(kind, [one, known], [other, { ...known, ...instrumentOf(after.document) }])
  const [was, is] = [inOneLine(conditionInWords(one.conditions, before)), inOneLine(conditionInWords(other.conditions, after))]
  const parts = [
    canonicalJson(one.conditions) === canonicalJson(other.conditions)
      ? ''
      : was === is
        ? 'its conditions are written otherwise'
        : `asks now: ${is}; asked: ${was}`,
    ...eventInWords(one, other),
  ].filter(Boolean)
  return [
    change(`/${kind}/${id}`, `${kind} rule “${other.label}”: ${parts.join('; ')}`, ofRule(kind, effect, { before, after }), 'wording'),
  ]
}

/** A risk rule moves the band, which rules of other kinds ask for. */
const ofRule = (kind: KindId, effect: Effect, { before, after }: Pair): Effects =>
  kind === 'risk' ? withBandRead(effect, { risk: effect }, withRulesOf(before.document, after.document)) : { [kind]: effect }

const instrumentOf = ({ instrument }: ResolvedDocument) => (instrument ? { instrument } : {})

function eventInWords({ event: one }: Rule, { event: other }: Rule): string[] {
  if (one.type !== other.type) return [`${one.type} → ${other.type}`]
  return matched(one.params ?? {}, other.params ?? {})
    .filter(({ before, after }) => canonicalJson(before ?? null) !== canonicalJson(after ?? null))
    .map(({ id, before, after }) => `${id} ${shown(before)} → ${shown(after)}`)
}

function shown(value: unknown): string {
  if (value === undefined) return 'none'
  if (Array.isArray(value)) return value.join(', ') || 'nobody'
  if (typeof value === 'object' && value !== null && 'amount' in value && 'unit' in value) return durationInWords(value as Duration)
  return typeof value === 'string' ? `“${value}”` : JSON.stringify(value)
}

const textChanges = (kind: KindId, id: string, one: Rule, other: Rule): Change[] =>
  wordingOf(`/${kind}/${id}`, `${kind} rule “${other.label}”`, one, other, ['label', 'source', 'number'])

/** A named condition moves cases through the rules that use it, as they are written now. */
export function conditionChanges({ before, after }: Pair): Change[] {
  let document = withRulesOf(before.document, after.document)
  return matched(before.document.conditions, after.document.conditions).flatMap(({ id, before: one, after: other }) => {
    const at = `/conditions/${id}`
    if (!one || !other) return [change(at, `condition “${id}” ${one ? 'removed' : 'added'}`, {}, 'additive')]
    if (canonicalJson(one) === canonicalJson(other)) return []
    const was = document
    document = { ...was, conditions: { ...was.conditions, [id]: other } }
    const effects = effectsOf(was, document)
    const words = `asks now: ${inOneLine(conditionInWords(other, after))}; asked: ${inOneLine(conditionInWords(one, before))}`
    return [change(at, `condition “${id}” ${words}`, withBandRead(effects.risk ?? 'same', effects, document), 'additive')]
  })
}
