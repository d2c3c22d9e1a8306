import { renderGraphiQL } from '@graphql-yoga/render-graphiql'

export type ExampleTab = { title: string; query: string; variables: string; headers: string }

/** GraphiQL as one page that loads nothing from anywhere else. Each load begins with the examples, so that ids and tokens are those of this server. */
export function graphiqlPage(tabs: ExampleTab[]): string {
  const [first] = tabs
  const page = renderGraphiQL({
    title: 'Plumbline',
    endpoint: '/graphql',
    defaultEditorToolsVisibility: 'variables',
    shouldPersistHeaders: true,
    ...(first ? { defaultQuery: first.query } : {}),
  })
  return tabs.length === 0 ? page : page.replace('<head>', () => `<head><script>${putInStorage(tabs)}</script>`)
}

/**
 * GraphiQL takes the variables and headers of its first tab from the browser's storage, not from its own option for tabs;
 * so the tabs are put there, in the form it keeps them in.
 */
function putInStorage(tabs: ExampleTab[]): string {
  const state = {
    activeTabIndex: 0,
    tabs: tabs.map(({ title, query, variables, headers }, index) => ({
      id: `example-${index}`,
      hash: [query, variables, headers].join('|'),
      title,
      query,
      variables,
      headers,
      operationName: /^(?:query|mutation) (\w+)/m.exec(query)?.[1] ?? null,
      response: null,
    })),
  }
  const [first] = state.tabs
  const entries = {
    tabState: JSON.stringify(state),
    query: first?.query ?? '',
    variables: first?.variables ?? '',
    headers: first?.headers ?? '',
    operationName: first?.operationName ?? '',
    shouldPersistHeaders: 'true',
  }
  // `<` would let text end the script it stands in.
  const json = JSON.stringify(entries).replaceAll('<', '\\u003c')
  return `for (const [key, value] of Object.entries(${json})) localStorage.setItem('graphiql:' + key, value)`
}
