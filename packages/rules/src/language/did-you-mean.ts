/** The candidate that a person most likely meant, or none when nothing is near enough to suggest. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(Math.min(word.length, 40) / 3)) + 1
  for (const candidate of candidates) {
    const distance = likeness(word, candidate, bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `did you mean "…"?`, or the fallback where there is nothing to suggest. */
export const suggestion = (word: string, candidates: Iterable<string>, otherwise?: string): { help?: string } =>
  suggested(didYouMean(word, candidates), otherwise)

export function suggested(meant: string | undefined, otherwise?: string): { help?: string } {
  if (meant !== undefined) return { help: `did you mean "${meant}"?` }
  return otherwise === undefined ? {} : { help: otherwise }
}

/** 0.5 for a name that differs in case, or is the last part of a dotted one; else the number of edits. */
function likeness(word: string, candidate: string, limit: number): number {
  if (word === candidate) return 0
  const lower = candidate.toLowerCase()
  const wordLower = word.toLowerCase()
  if (lower === wordLower || lower.endsWith(`.${wordLower}`)) return 0.5
  if (Math.abs(word.length - candidate.length) >= limit || word.length > 200) return limit
  return edits(wordLower, lower, limit)
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other; `limit` where they are as many or more. */
function edits(a: string, b: string, limit: number): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(at(previous, j) + 1, at(current, j - 1) + 1, at(previous, j - 1) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(before, j - 2) + 1)
      current.push(cost)
      least = Math.min(least, cost)
    }
    // A swap of neighbours looks two rows back, and costs one more than the row it comes from.
    if (least >= limit && Math.min(...previous) >= limit) return limit
    before = previous
    previous = current
  }
  return Math.min(at(previous, b.length), limit)
}

const at = (row: readonly number[], index: number): number => row[index] ?? 0
