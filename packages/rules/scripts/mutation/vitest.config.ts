import { defineConfig } from 'vitest/config'

// The tests that say what a rule means. The long property tests would notice the same mutants, an hour later.
const tests = [
  'language-truth',
  'kinds-cases',
  'kinds-edges',
  'kinds-vectors',
  'vectors',
  'language-days',
  'language-computed',
  'language-refusals',
  'kinds-examples',
  'rule-set',
  'rule-set-refusals',
  'rule-set-locks',
  'explain',
]

export default defineConfig({
  resolve: { conditions: ['source', 'node', 'import', 'module', 'default'] },
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'module', 'default'] } },
  test: { include: tests.map((name) => `test/${name}.test.ts`), isolate: false, maxWorkers: 1 },
})
