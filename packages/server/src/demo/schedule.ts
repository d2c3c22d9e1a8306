import type { Instant } from '../platform/clock.ts'

/** A life told step by step: it yields the moment of its next step and does it when it is asked to go on. */
export type Life = AsyncGenerator<Instant, void>

/** Runs many lives side by side in the order of their moments, as a year would. */
export async function inOrder(lives: readonly Life[], moveTo: (at: Instant) => void, done: (finished: number) => void): Promise<void> {
  let finished = 0
  const next = async (life: Life) => {
    const { value, done: over } = await life.next()
    if (over || value === undefined) done((finished += 1))
    else waiting.push({ at: value, life })
  }
  const waiting: { at: Instant; life: Life }[] = []
  for (const life of lives) await next(life)
  let now = ''
  while (waiting.length > 0) {
    const first = waiting.reduce((earliest, one, index) => (one.at < waiting[earliest]!.at ? index : earliest), 0)
    const [{ at, life }] = waiting.splice(first, 1) as [{ at: Instant; life: Life }]
    // A step that a weekend pushed before the last one waits for it: the clock never goes back.
    now = at > now ? at : now
    moveTo(now)
    await next(life)
  }
}
