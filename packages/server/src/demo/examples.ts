import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** One ready-made operation: a file of `examples/`, shown as a GraphiQL tab and run as a test. */
export type ExampleFile = {
  /** `03-decide-eligibility` */
  name: string
  title: string
  /** Who signs in for it: `intake-worker@step-by-step`. */
  as: string
  /** The most SQL statements it may take, context and transaction control included. */
  sql: number
  query: string
  /** With references such as `"Case of C-2025-0003"` in place of ids. */
  variables: Record<string, unknown>
}

const folder = new URL('../../examples/', import.meta.url)

/** All examples in order. Each `NN-name.graphql` begins with `# title`, `# as: role@rule-set` and `# sql: budget`. `NN-name.variables.json` holds the variables, `NN-name.expected.json` the answer. */
export function exampleFiles(): ExampleFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((file) => {
      const query = readFileSync(new URL(file, folder), 'utf8')
      const name = file.replace('.graphql', '')
      const beside = new URL(`${name}.variables.json`, folder)
      const variables = existsSync(beside) ? (JSON.parse(readFileSync(beside, 'utf8')) as Record<string, unknown>) : {}
      return {
        name,
        title: header(query, /^# (.+)$/m, name),
        as: header(query, /^# as: (\S+)$/m, name),
        sql: Number(header(query, /^# sql: (\d+)$/m, name)),
        query,
        variables,
      }
    })
}

function header(query: string, pattern: RegExp, name: string): string {
  const found = pattern.exec(query)?.[1]
  if (!found) throw new Error(`examples/${name}.graphql lacks a line like ${pattern.source}`)
  return found
}
