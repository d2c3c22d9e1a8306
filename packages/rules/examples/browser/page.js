import { explain } from '@plumbline/rules'
import { load } from '@plumbline/rules/load'

const text = await (await fetch('/node_modules/@plumbline/rules/rule-sets/core.json')).text()
const loaded = load(text)
if (!loaded.ok) throw new Error(loaded.issues.map(({ at, message }) => `${at}: ${message}`).join('\n'))
const { ruleSet } = loaded

// One row for each factor. Nothing chosen is "not asked yet"; "not known" is null, and unknown is never false.
const form = document.querySelector('form')
const factors = Object.entries(ruleSet.document.instrument.factors).sort(([, one], [, other]) => one.number - other.number)
for (const [id, { question }] of factors) {
  const choice = document.createElement('select')
  choice.name = `factor.${id}`
  for (const answer of ['', 'absent', 'possible', 'present', 'not known']) choice.add(new Option(answer))
  const label = document.createElement('label')
  label.append(question, ' ', choice, document.createElement('br'))
  form.append(label)
}

function facts() {
  const answers = [...new FormData(form)].filter(([, answer]) => answer !== '')
  return Object.fromEntries(answers.map(([name, answer]) => [name, answer === 'not known' ? null : answer]))
}

function show() {
  const { decision, sentences, statements } = explain(ruleSet, 'risk', { asOf: '2026-05-01', facts: facts() })
  const { atLeast, atMost } = decision.band
  document.querySelector('p').textContent = atLeast === atMost ? atLeast : `${atLeast} to ${atMost}`
  document
    .querySelector('ul')
    .replaceChildren(
      ...[...sentences, ...statements].map((sentence) => Object.assign(document.createElement('li'), { textContent: sentence })),
    )
}
form.addEventListener('change', show)
show()

// Trying a change on many cases is a worker's job, so that the page stays quick.
document.querySelector('button').addEventListener('click', () => {
  const draft = JSON.parse(text)
  draft.instrument.bands.high.from = 40
  const worker = new Worker('worker.js', { type: 'module' })
  worker.addEventListener('message', ({ data }) => {
    document.querySelector('pre').textContent = data.join('\n')
    worker.terminate()
  })
  worker.postMessage({
    before: text,
    after: JSON.stringify(draft),
    cases: [{ case: 'this one', kind: 'risk', asOf: '2026-05-01', facts: facts() }],
  })
})
