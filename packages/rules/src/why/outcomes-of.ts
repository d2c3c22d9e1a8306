import { laddersOf } from '../answers/ladder.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'

/** The words for what a kind can come to in this rule set, question by question, the lowest first. */
export const outcomesOf = ({ document }: RuleSet, kind: KindId): string[][] => laddersOf(document, kind).map(({ steps }) => [...steps])
