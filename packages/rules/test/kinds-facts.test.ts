import { expect, test } from 'vitest'
import { attendance } from '../src/kinds/attendance/index.ts'
import { completion } from '../src/kinds/completion/index.ts'
import { risk } from '../src/kinds/risk/index.ts'
import { byNumber } from '../src/kinds/rule.ts'
import brought from './kinds-facts.json' with { type: 'json' }
import { loaded } from './support/kinds.ts'
import { small } from './support/small-instrument.ts'

const { document } = loaded({
  ...small,
  instrument: {
    ...small.instrument!,
    factors: Object.fromEntries(
      Object.entries(small.instrument!.factors)
        .slice(0, 2)
        .map(([id, factor], index) => [id, { ...factor, number: 2 - index }]),
    ),
  },
  risk: {},
})

test.each(Object.entries({ risk, attendance, completion }))('the facts that %s brings, as people read them, in their order', (id, kind) => {
  expect(byNumber(kind.facts(document)).map(([name, fact]) => ({ name, ...fact }))).toEqual(brought[id as keyof typeof brought])
})
