import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { findChromium, findOtherNode } from './packages/rules/test/runtimes/find-runtimes.ts'
import { findPostgresql } from './packages/server/test/harness/find-postgresql.ts'

// `source` makes workspace packages resolve to their TypeScript, so that tests need no build.
const conditions = ['source', 'node', 'import', 'module', 'default']
const shared = { resolve: { conditions }, ssr: { resolve: { conditions } } }

const setupFiles = [fileURLToPath(new URL('./scripts/test-seed.ts', import.meta.url))]

// Two copies of graphql otherwise meet: Vite would take index.mjs for our code, Node index.js for the libraries.
const oneGraphql = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] }

const serverLane = (lane: 'pglite' | 'postgresql') => ({
  ...shared,
  resolve: { ...shared.resolve, ...oneGraphql },
  test: {
    name: `server on ${lane === 'pglite' ? 'PGlite' : 'PostgreSQL'}`,
    root: './packages/server',
    include: ['{src,test}/**/*.test.ts'],
    env: { PLUMBLINE_LANE: lane },
    setupFiles,
    ...(lane === 'postgresql' ? { globalSetup: ['./test/harness/postgresql-setup.ts'] } : {}),
    isolate: false,
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})

/** A lane of the rules library in another runtime than this one. */
const runtimeLane = (name: string, file: string) => ({
  ...shared,
  test: { name, root: './packages/rules', include: [`test/runtimes/${file}.lane.ts`], testTimeout: 240_000, hookTimeout: 240_000 },
})

export default defineConfig(async () => {
  const found = await findPostgresql()
  found?.stop()
  const chromium = findChromium()
  const otherNode = findOtherNode()
  const needed = [
    ...(found
      ? []
      : ['server on PostgreSQL: NOT RUN (no server answers on 127.0.0.1:5432 and no binaries were found; name one in TEST_DATABASE_URL)']),
    ...(chromium ? [] : ['rules in Chromium: NOT RUN (no chromium is on the path; install one, or name it in TEST_CHROMIUM)']),
  ]
  if (process.env.CI && needed.length > 0) throw new Error(`these lanes must run in CI:\n${needed.join('\n')}`)
  const welcome = otherNode ? [] : ['rules on another Node: NOT RUN (no node24 is on the path; name a program in TEST_OTHER_NODE)']
  process.env.PLUMBLINE_LANES_NOT_RUN = [...needed, ...welcome].join('\n')
  return {
    test: {
      reporters: ['default', './scripts/closing-line.ts'],
      projects: [
        serverLane('pglite'),
        ...(found ? [serverLane('postgresql')] : []),
        {
          ...shared,
          test: { name: 'rules', root: './packages/rules', include: ['{src,test}/**/*.test.ts'], setupFiles, testTimeout: 120_000 },
        },
        ...(chromium ? [runtimeLane('rules in Chromium', 'chromium')] : []),
        ...(otherNode ? [runtimeLane('rules on another Node', 'other-node')] : []),
        { ...shared, test: { name: 'cli', root: './packages/cli', include: ['{src,test}/**/*.test.ts'], testTimeout: 120_000 } },
      ],
    },
  }
})
