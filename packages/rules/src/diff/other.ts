import type { FactDefinition } from '../language/facts.ts'
import { canonicalJson } from '../rule-set/canonical-json.ts'
import { kindIds, type KindId, type ResolvedDocument } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { counted } from '../explain/words.ts'
import { type Change, change, matched, quoted, wordingOf } from './change.ts'
import type { Effects } from './effect.ts'

/** The catalogue, statements, locks, examples, and what the document says of itself. */
export function otherChanges(before: RuleSet, after: RuleSet): Change[] {
  const [one, other] = [before.document, after.document]
  return [
    ...wordingOf('', 'the rule set', one, other, ['id', 'version', 'title', 'effectiveFrom']),
    ...factChanges(one, other),
    ...statementChanges(one, other),
    ...lockChanges(one, other),
    ...exampleChanges(before, after),
  ]
}

function factChanges(one: ResolvedDocument, other: ResolvedDocument): Change[] {
  return matched(one.facts, other.facts).flatMap(({ id, before, after }) => {
    const at = `/facts/${id}`
    if (!before || !after) return [change(at, `fact ${id} ${before ? 'removed' : 'added'}`, {}, 'additive')]
    return [
      ...(canonicalJson(formOfFact(before)) === canonicalJson(formOfFact(after))
        ? []
        : [change(at, `fact ${id} holds other values, or is computed otherwise`, unclear, 'wording')]),
      ...wordingOf(at, `fact ${id}`, before, after, ['label', 'question', 'source', 'number']),
    ]
  })
}

const unclear: Effects = Object.fromEntries(kindIds.map((kind): [KindId, 'unclear'] => [kind, 'unclear']))

/** What a fact may hold and how it comes about, without the words about it. */
export function formOfFact(fact: FactDefinition): unknown {
  const { label: _label, question: _question, source: _source, number: _number, ...form } = fact
  return form
}

/** A statement stands with every result and moves none. One that is taken away is for a person to look at. */
function statementChanges(one: ResolvedDocument, other: ResolvedDocument): Change[] {
  return matched(one.statements, other.statements).flatMap(({ id, before, after }) => {
    const at = `/statements/${id}`
    if (before === after) return []
    if (before === undefined) return [change(at, `new statement ${quoted(after)}`, {}, 'additive')]
    if (after === undefined) return [{ class: 'cannot-tell', at, kinds: [], inWords: `statement removed: ${quoted(before)}` }]
    return [change(at, `statement ${quoted(before)} → ${quoted(after)}`, {}, 'wording')]
  })
}

/** A lock moves no case of this rule set; one that is gone lets others undo what it held. */
function lockChanges(one: ResolvedDocument, other: ResolvedDocument): Change[] {
  return matched<readonly string[]>(one.locked, other.locked).flatMap(({ id: section, before = [], after = [] }) => [
    ...after
      .filter((id) => !before.includes(id))
      .map((id) => change(`/locked/${section}`, `${section} “${id}” is now locked`, {}, 'additive')),
    ...before
      .filter((id) => !after.includes(id))
      .map(
        (id): Change => ({
          class: 'cannot-tell',
          at: `/locked/${section}`,
          kinds: [],
          inWords: `${section} “${id}” is locked no more: a document that builds on this may undo it`,
        }),
      ),
  ])
}

/** Examples are not inherited: those of another rule set are its own. */
function exampleChanges({ id, examples: one }: RuleSet, { id: otherId, examples: other }: RuleSet): Change[] {
  if (id !== otherId) return []
  const pairs = matched(one, other)
  const count = (what: string, number: number): Change[] =>
    number === 0 ? [] : [change('/examples', `${counted(number, 'example')} ${what}`, {}, 'additive')]
  return [
    ...count('added', pairs.filter(({ before }) => !before).length),
    ...count('removed', pairs.filter(({ after }) => !after).length),
    ...count('changed', pairs.filter(({ before, after }) => before && after && canonicalJson(before) !== canonicalJson(after)).length),
  ]
}
