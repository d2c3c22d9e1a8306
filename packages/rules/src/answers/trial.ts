import type { DecisionInput } from '../language/facts.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import type { Answer, Draft, Way } from './answer.ts'
import { answersOf } from './answers-of.ts'
import type { Ladder } from './ladder.ts'
import { isCertain, isOutside, isWithin, lookoutFor, type Outlook } from './outlook.ts'

/** Facts with answers that can be tried otherwise, and how often one may look. */
export class Trial {
  readonly ladders: readonly Ladder[]
  readonly answers: readonly Answer[]
  /** The outlook of the facts as they stand. */
  readonly start: Outlook
  /** Looks that are left. Nothing is tried any more when there are none. */
  left: number
  private readonly draft: Draft
  private readonly input: DecisionInput
  private readonly lookAt: (input: DecisionInput) => Outlook

  /** @param looks a twentieth of them where sessions of a register are tried, of which every way of recording is looked at */
  constructor(ruleSet: RuleSet, kind: KindId, input: DecisionInput, looks: number) {
    const { ladders, look } = lookoutFor(ruleSet, kind)
    this.draft = { ...input.facts }
    this.input = { asOf: input.asOf, facts: this.draft }
    this.ladders = ladders
    this.lookAt = look
    this.answers = answersOf(ruleSet, kind, input)
    this.start = look(input)
    this.left = kind === 'attendance' ? Math.ceil(looks / 20) : looks
  }

  look(): Outlook {
    this.left--
    return this.lookAt(this.input)
  }

  try(way: Way): void {
    way.write(this.draft)
  }

  /** Puts answers back as they stand in the facts. */
  restore(answers: readonly Answer[]): void {
    for (const { now } of answers) now.write(this.draft)
  }

  /**
   * Whether the outcome is among the allowed ones whatever these answers are, the others as they are now.
   * `no`: some way of answering leads elsewhere. `not-known`: the looks ran out, or the ways tried do not stand for all others.
   * The answers are unknown in the end.
   */
  isForced(free: readonly Answer[], allowed: Outlook): 'yes' | 'no' | 'not-known' {
    let isElsewhere = false
    // Everything at one end is looked at first: with nothing unknown that is quick, and mostly enough to see that it is not forced.
    for (const end of [0, -1]) {
      for (const { ways, unknown } of free) this.try(ways.at(end) ?? unknown)
      isElsewhere ||= isOutside(this.look(), allowed)
    }
    for (const { unknown } of free) this.try(unknown)
    if (isElsewhere) return 'no'
    const settled = this.settledAs(allowed)
    if (settled !== undefined) return settled
    const isFound = this.climb(free, allowed)
    for (const { unknown } of free) this.try(unknown)
    return isFound ? 'no' : this.search(free, 0, allowed)
  }

  /** From everything harmless to everything at its worst, one way of one answer at a time: whether some step of it leads elsewhere. */
  private climb(free: readonly Answer[], allowed: Outlook): boolean {
    for (const { ways, unknown } of free) this.try(ways[0] ?? unknown)
    for (const { ways } of free) {
      for (const way of ways.slice(1)) {
        if (this.left <= 0) return false
        this.try(way)
        if (isOutside(this.look(), allowed)) return true
      }
    }
    return false
  }

  private settledAs(allowed: Outlook): 'yes' | 'no' | undefined {
    const outlook = this.look()
    if (isWithin(outlook, allowed)) return 'yes'
    return isOutside(outlook, allowed) ? 'no' : undefined
  }

  private search(free: readonly Answer[], from: number, allowed: Outlook): 'yes' | 'no' | 'not-known' {
    if (this.left <= 0) return 'not-known'
    const answer = free[from]
    if (!answer) return 'not-known'
    let found: 'yes' | 'not-known' = answer.isExhaustive ? 'yes' : 'not-known'
    for (const way of answer.ways) {
      this.try(way)
      const result = this.settledAs(allowed) ?? this.search(free, from + 1, allowed)
      if (result === 'no') {
        this.try(answer.unknown)
        return 'no'
      }
      if (result === 'not-known') found = result
    }
    this.try(answer.unknown)
    return found
  }

  /**
   * Whether the outcome is certain once these are answered, the others left unknown, as far as a few ways of answering show.
   * The answers are unknown in the end.
   */
  seemsSettledBy(asked: readonly Answer[], others: readonly Answer[]): boolean {
    for (const { unknown } of others) this.try(unknown)
    for (const { ways, unknown } of asked) this.try(ways[0] ?? unknown)
    let isSettled = isCertain(this.look())
    for (const { ways } of asked) {
      for (const way of ways.slice(1)) {
        this.try(way)
        isSettled &&= isCertain(this.look())
      }
    }
    for (const { unknown } of asked) this.try(unknown)
    return isSettled
  }

  /** Whether the answer can tip the outcome for some way of giving these others, which are unknown in the end. */
  canTip(asked: Answer, others: readonly Answer[]): 'yes' | 'not-known' | 'no' {
    for (const { unknown } of [asked, ...others]) this.try(unknown)
    const found = this.tips(asked, others, 0)
    for (const { unknown } of [asked, ...others]) this.try(unknown)
    return found
  }

  private tips(asked: Answer, others: readonly Answer[], from: number): 'yes' | 'not-known' | 'no' {
    if (this.left <= 0) return 'not-known'
    if (isCertain(this.look())) return 'no'
    const next = others[from]
    if (!next) return this.tellsApart(asked)
    let found: 'no' | 'not-known' = next.isExhaustive ? 'no' : 'not-known'
    for (const way of next.ways) {
      this.try(way)
      const result = this.tips(asked, others, from + 1)
      if (result === 'yes') return result
      if (result === 'not-known') found = result
    }
    this.try(next.unknown)
    return found
  }

  /** Everything else is answered: do two ways lead to different outcomes? */
  private tellsApart({ ways, unknown }: Answer): 'yes' | 'not-known' {
    const outlooks = ways.map((way) => {
      this.try(way)
      return this.look()
    })
    this.try(unknown)
    return outlooks.some((one, place) => outlooks.slice(place + 1).some((other) => isOutside(other, one))) ? 'yes' : 'not-known'
  }
}
