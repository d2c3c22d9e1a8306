// Runs unchanged in every runtime, on what the package exports there. Imports nothing, needs no platform.

/**
 * Decides and explains every case, tries a draft on all of them, and says what came out: how many, and one sum over all the bytes.
 *
 * @param {object} rules what `@plumbline/rules`, `./load` and `./bulk` export
 * @param {{ texts: Record<string, string>, draft: string, cases: { id: string, ruleSet: string, kind: string, input: object }[] }} material
 */
export function outcomesOf({ load, decide, explain, canonicalJson, diff, simulate, effectInWords }, { texts, draft, cases }) {
  const loaded = (text) => {
    const result = load(text, Object.values(texts))
    if (!result.ok) throw new Error(canonicalJson(result.issues))
    return result.ruleSet
  }
  const ruleSets = Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, loaded(text)]))
  const sum = summer()
  for (const { ruleSet, kind, input } of cases) {
    sum.add(canonicalJson(decide(ruleSets[ruleSet], kind, input)))
    sum.add(canonicalJson(explain(ruleSets[ruleSet], kind, input)))
  }
  const before = ruleSets['core']
  const after = loaded(draft)
  const past = cases.map(({ id, kind, input }) => ({ id, asked: { [kind]: input } }))
  const simulation = simulate(before, after, past)
  sum.add(canonicalJson(simulation))
  const words = effectInWords(diff(before, after), simulation)
  sum.add(words.join('\n'))
  return { decided: cases.length, bytes: sum.length(), sum: sum.value(), moved: words }
}

/** The hashes of the rule sets: needs WebCrypto, which not every runtime has. */
export async function hashesOf({ load, hashOf }, { texts }) {
  const hashes = {}
  for (const [id, text] of Object.entries(texts)) hashes[id] = await hashOf(load(text, Object.values(texts)).ruleSet)
  return hashes
}

/** Two sums of 32 bits over every character in order (FNV-1a, and one with another prime). */
function summer() {
  let [one, two, length] = [0x811c9dc5, 0x9747b28c, 0]
  return {
    add(text) {
      for (let i = 0; i < text.length; i++) {
        one = Math.imul(one ^ text.charCodeAt(i), 0x01000193)
        two = Math.imul(two ^ text.charCodeAt(i), 0x85ebca6b) ^ (two >>> 13)
      }
      length += text.length
    },
    length: () => length,
    value: () => `${(one >>> 0).toString(16).padStart(8, '0')}${(two >>> 0).toString(16).padStart(8, '0')}`,
  }
}
