import { renderGraphiQL } from '@graphql-yoga/render-graphiql'

export type ExampleTab = { title: string; query: string; variables: string; headers: string }

/** GraphiQL as one page that loads nothing from anywhere else. */
export function graphiqlPage(tabs: ExampleTab[]): string {
  const [first] = tabs
  return renderGraphiQL({
    title: 'Plumbline',
    endpoint: '/graphql',
    defaultTabs: tabs.map(({ query, variables, headers }) => ({ query, variables, headers })),
    ...(first ? { headers: first.headers, defaultQuery: first.query } : {}),
    defaultEditorToolsVisibility: 'variables',
    // The tabs' development tokens survive a reload.
    shouldPersistHeaders: true,
  })
}
