import { defineConfig } from 'vitest/config'

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

export default defineConfig({
  test: {
    projects: [
      serverLane('pglite'),
      serverLane('postgresql'),
      { ...shared, test: { name: 'rules', root: './packages/rules', include: ['{src,test}/**/*.test.ts'], testTimeout: 120_000 } },
      { ...shared, test: { name: 'cli', root: './packages/cli', include: ['{src,test}/**/*.test.ts'], testTimeout: 120_000 } },
    ],
  },
})
