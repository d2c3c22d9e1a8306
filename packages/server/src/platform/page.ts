import { isDay } from './clock.ts'
import { fault } from './errors.ts'

export type PageArguments = {
  first?: number | null | undefined
  after?: string | null | undefined
  last?: number | null | undefined
  before?: string | null | undefined
}

/** What a keyset query needs: rows after (or before) a key, in one direction. */
export type PageQuery = { limit: number; after: Cursor | null; backwards: boolean }
/** The sort key of a row and its id: unique, so that no row is skipped or shown twice when others come and go. */
export type Cursor = { key: string; id: string }

export const defaultPage = 20
export const greatestPage = 100

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const notOfThisList = () => fault('BAD_INPUT', 'this cursor did not come from this list; start again without it')

const write = (cursor: Cursor) => Buffer.from(JSON.stringify(['v1', cursor.key, cursor.id])).toString('base64url')

function read(text: string): Cursor {
  try {
    const [form, key, id] = JSON.parse(Buffer.from(text.slice(0, 500), 'base64url').toString('utf8')) as unknown[]
    if (form === 'v1' && typeof key === 'string' && key.length < 200 && typeof id === 'string' && uuid.test(id)) return { key, id }
  } catch {
    // falls through to the refusal below
  }
  throw notOfThisList()
}

/** For lists in the order of a day: refuses a cursor whose key is none. */
export const dayKey = (page: PageQuery): PageQuery => keyed(page, (key) => isDay(key) && key >= '1900-01-01')
/** For lists in the order of an instant: refuses a cursor whose key is none. */
export const instantKey = (page: PageQuery): PageQuery =>
  keyed(page, (key) => key >= '1900' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(key) && !Number.isNaN(Date.parse(key)))

function keyed(page: PageQuery, fits: (key: string) => boolean): PageQuery {
  if (page.after && !fits(page.after.key)) throw notOfThisList()
  return page
}

function pageQuery(page: PageArguments): PageQuery {
  const { first, last, after, before } = page
  if (first != null && last != null) throw fault('BAD_INPUT', 'ask for the first or for the last, not for both')
  if ((before != null && last == null) || (after != null && last != null))
    throw fault('BAD_INPUT', '`after` goes with `first`, `before` goes with `last`')
  const asked = first ?? last ?? defaultPage
  if (asked < 1 || asked > greatestPage) throw fault('BAD_INPUT', `a page holds 1 to ${greatestPage}`)
  const cursor = after ?? before
  return { limit: asked + 1, after: cursor == null ? null : read(cursor), backwards: last != null }
}

export type Connection<Row> = {
  edges: { cursor: string; node: Row }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
}

/** A Relay connection from a keyset query. `query` is asked for one row more than the page holds. */
export async function connection<Row>(
  page: PageArguments,
  cursorOf: (row: Row) => Cursor,
  query: (page: PageQuery) => Promise<Row[]>,
): Promise<Connection<Row>> {
  const asked = pageQuery(page)
  const found = await query(asked)
  const more = found.length === asked.limit
  const rows = more ? found.slice(0, -1) : found
  if (asked.backwards) rows.reverse()
  const edges = rows.map((node) => ({ cursor: write(cursorOf(node)), node }))
  return {
    edges,
    pageInfo: {
      hasNextPage: asked.backwards ? asked.after !== null : more,
      hasPreviousPage: asked.backwards ? more : asked.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}
