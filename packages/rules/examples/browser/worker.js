// Import maps do not reach into workers, so paths are written out.
import { casesFromNdjson, diff, effectInWords, simulate } from '/node_modules/@plumbline/rules/dist/bulk/index.js'
import { load } from '/node_modules/@plumbline/rules/dist/load.js'

addEventListener('message', ({ data }) => {
  const [before, after] = [data.before, data.after].map((text) => {
    const loaded = load(text)
    if (!loaded.ok) throw new Error(loaded.issues.map(({ at, message }) => `${at}: ${message}`).join('\n'))
    return loaded.ruleSet
  })
  const { cases } = casesFromNdjson(data.cases.map((past) => JSON.stringify(past)).join('\n'), before)
  postMessage(effectInWords(diff(before, after), simulate(before, after, cases)))
})
