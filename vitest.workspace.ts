import { defineConfig } from 'vitest/config'

// `source` makes workspace packages resolve to their TypeScript, so that tests need no build.
const conditions = ['source', 'node', 'import', 'module', 'default']
const shared = { resolve: { conditions }, ssr: { resolve: { conditions } } }

export default defineConfig({
  test: {
    projects: [
      { ...shared, test: { name: 'rules', root: './packages/rules', include: ['{src,test}/**/*.test.ts'], testTimeout: 120_000 } },
      { ...shared, test: { name: 'cli', root: './packages/cli', include: ['{src,test}/**/*.test.ts'], testTimeout: 120_000 } },
    ],
  },
})
