import { defineConfig } from 'vitest/config'
import { findPostgresql } from './packages/server/test/harness/find-postgresql.ts'

// `source` makes workspace packages resolve to their TypeScript, so that tests need no build.
const conditions = ['source', 'node', 'import', 'module', 'default']
const shared = { resolve: { conditions }, ssr: { resolve: { conditions } } }

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
    ...(lane === 'postgresql' ? { globalSetup: ['./test/harness/postgresql-setup.ts'] } : {}),
    isolate: false,
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})

export default defineConfig(async () => {
  const found = await findPostgresql()
  found?.stop()
  if (!found && process.env.CI) throw new Error('the PostgreSQL lane must run in CI: start a PostgreSQL, or name one in TEST_DATABASE_URL')
  if (!found)
    process.env.PLUMBLINE_LANE_NOT_RUN =
      'server on PostgreSQL: NOT RUN (no server answers on 127.0.0.1:5432 and no binaries were found; name one in TEST_DATABASE_URL)'
  return {
    test: {
      reporters: ['default', './scripts/closing-line.ts'],
      projects: [
        serverLane('pglite'),
        ...(found ? [serverLane('postgresql')] : []),
        { ...shared, test: { name: 'rules', root: './packages/rules', include: ['{src,test}/**/*.test.ts'], testTimeout: 120_000 } },
        { ...shared, test: { name: 'cli', root: './packages/cli', include: ['{src,test}/**/*.test.ts'], testTimeout: 120_000 } },
      ],
    },
  }
})
