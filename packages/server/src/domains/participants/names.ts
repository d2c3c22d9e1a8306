// Letters that Unicode does not take apart.
const letters: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i' }

/**
 * A name as it is compared: without case, accents, spaces, hyphens and apostrophes, so that O’Neill is oneill and Zoë is zoe.
 * A name of punctuation only stays as it is.
 */
export function nameKey(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ßæœøđðþłı]/g, (letter) => letters[letter] ?? letter)
    .replace(/[^\p{Letter}\p{Number}]/gu, '')
  return plain || name.trim().toLowerCase()
}
