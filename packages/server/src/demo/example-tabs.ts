import type { Database } from '../platform/db/database.ts'
import type { ExampleTab } from '../platform/graphiql.ts'
import { withIds } from './example-ids.ts'
import { exampleFiles } from './examples.ts'

/** The examples as GraphiQL tabs, each signed in as the person it is written for. */
export const exampleTabs = (database: Database, tokenFor: (subject: string) => Promise<string>): Promise<ExampleTab[]> =>
  Promise.all(
    exampleFiles().map(async ({ title, query, variables, as }) => ({
      title,
      query,
      variables: JSON.stringify(await withIds(database, as, variables), null, 2),
      headers: JSON.stringify({ authorization: `Bearer ${await tokenFor(as)}` }, null, 2),
    })),
  )
