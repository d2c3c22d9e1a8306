/**
 * How long it takes to say why, why not, what nearly fired, the smallest change and what would settle it, on invented cases.
 * 24 factors, from none open to all of them; and the other kinds. Deterministic. CPU time of the process for one call, in milliseconds.
 * Run after a build: `node packages/rules/bench/counterfactuals.mjs [CASES]`.
 */
import { readFileSync } from 'node:fs'
import { load } from '../dist/load.js'
import { nearlyFired, settlingQuestions, smallestChange, whyNot } from '../dist/counterfactuals/index.js'
import { outcomesOf, range, sufficientReason } from '../dist/why/index.js'

const CASES = Number(process.argv[2] ?? 200)
const text = (id) => readFileSync(new URL(`../rule-sets/${id}.json`, import.meta.url), 'utf8')
const loaded = load(text('step-by-step'), [text('core')])
if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues[0]))
const { ruleSet } = loaded

let state = 20260501
const below = (limit) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * limit)
}
const pick = (values) => values[below(values.length)]
const asOf = '2026-05-31'

const factors = Object.keys(ruleSet.document.instrument.factors)
const form = (open) => () => {
  const facts = {}
  for (const id of factors) if (below(100) >= open) facts[`factor.${id}`] = pick(['absent', 'absent', 'absent', 'possible', 'present'])
  return { asOf, facts }
}
const maybe = (name, value) => (below(100) < 70 ? { [name]: value } : {})
const flags = Object.keys(ruleSet.facts).filter((name) => name.startsWith('safeguarding.'))
const register = (sessions, recorded) => () => ({
  asOf,
  facts: {
    'place.joinedOn': '2026-05-01',
    'attendance.register': Array.from({ length: sessions }, (_, index) => ({
      session: `${index}`,
      kind: 'group',
      date: `2026-05-${String(2 + index).padStart(2, '0')}`,
      outcome: below(100) < recorded ? pick(['attended', 'attended', 'attended', 'late', 'excused', 'absent']) : null,
    })),
  },
})
const workloads = [
  ['risk', '24 factors, all answered', form(0)],
  ['risk', '24 factors, a sixth open', form(16)],
  ['risk', '24 factors, half open', form(50)],
  ['risk', '24 factors, all open', form(100)],
  [
    'eligibility',
    'some unknown',
    () => ({
      asOf,
      facts: {
        ...maybe('person.bornOn', pick(['1990-01-01', '2009-06-01'])),
        ...maybe('referral.receivedOn', '2026-05-01'),
        ...maybe('referral.basis', pick(['voluntary', 'criminal-court-order'])),
        ...maybe('history.hasAbusedPartner', true),
        ...maybe('engagement.isWilling', below(100) < 80),
      },
    }),
  ],
  ['safeguarding', 'some unknown', () => ({ asOf, facts: Object.assign({}, ...flags.map((name) => maybe(name, below(100) < 5))) })],
  ['attendance', '12 sessions, all recorded', register(12, 100)],
  ['attendance', '12 sessions, some not', register(12, 80)],
  [
    'completion',
    'some unknown',
    () => ({ asOf, facts: { ...maybe('programme.sessionsAttended', 24), ...maybe('programme.themesCompleted', 9) } }),
  ],
]

const asked = {
  'why (sufficientReason)': (kind, input) => sufficientReason(ruleSet, kind, input).isMinimal,
  'why at least': (kind, input) => sufficientReason(ruleSet, kind, input, { atLeast: true }).isMinimal,
  range: (kind, input) => range(ruleSet, kind, input).isExact,
  whyNot: (kind, input) => Boolean(whyNot(ruleSet, kind, pick(outcomesOf(ruleSet, kind).flat()), input)),
  nearlyFired: (kind, input) => Boolean(nearlyFired(ruleSet, kind, input)),
  smallestChange: (kind, input) => smallestChange(ruleSet, kind, input).isComplete,
  'smallestChange to': (kind, input) => smallestChange(ruleSet, kind, input, { to: pick(outcomesOf(ruleSet, kind).flat()) }).isComplete,
  settlingQuestions: (kind, input) => settlingQuestions(ruleSet, kind, input).isShortest,
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1).padStart(7)
for (const [kind, what, make] of workloads) {
  console.log(`\n${kind}, ${what}: ${CASES} cases            median    95 %    most ms   whole answers`)
  const inputs = Array.from({ length: CASES }, make)
  for (const [name, ask] of Object.entries(asked)) {
    for (const input of inputs.slice(0, 20)) ask(kind, input)
    let whole = 0
    const times = inputs.map((input) => {
      const start = process.cpuUsage()
      if (ask(kind, input)) whole++
      const { user, system } = process.cpuUsage(start)
      return (user + system) / 1000
    })
    times.sort((one, other) => one - other)
    console.log(`  ${name.padEnd(24)} ${' '.repeat(20)}${at(times, 0.5)} ${at(times, 0.95)} ${at(times, 1)}   ${whole} of ${CASES}`)
  }
}
console.log(
  `\nA whole answer is shown to be minimal, exact, complete or shortest. Otherwise the looks ran out, or the values tried do not stand for all, and the result says so.`,
)
