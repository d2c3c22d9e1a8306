import type { Actor } from './actor.ts'
import { builder } from './builder.ts'
import { signedIn, type Context } from './context.ts'
import { fault, NotFound } from './errors.ts'
import { parseGlobalId } from './ids.ts'
import { greatestPage } from './page.ts'
import type { Operation } from './operation.ts'

type Find = (operation: Operation, id: string, actor: Actor) => Promise<object | null>
const finders = new Map<string, Find>()
const typeNames = new WeakMap<object, string>()

/** Anything with a global id. Types join it through `refetchable` and `interfaces: [NodeRef]`. */
export const NodeRef = builder.interfaceRef<{ id: string }>('Node').implement({
  description: 'Anything that can be read again by its global id.',
  resolveType: (row) => typeNames.get(row) ?? null,
  fields: (t) => ({ id: t.id({ description: 'Global id.' }) }),
})

/** Lets `node(id)` find this type. `find` answers null, or throws NotFound, for what this person may not see, exactly as for what does not exist. */
export function refetchable(type: string, find: Find): void {
  finders.set(type, find)
}

/** Null for what is not there and what may not be seen. Any other fault is not hidden. */
export async function findNode(context: Context, id: string): Promise<{ id: string } | null> {
  const { actor, operation } = signedIn(context)
  const parsed = parseGlobalId(id)
  const found = parsed && (await finders.get(parsed.type)?.(operation, parsed.id, actor).catch(nullWhereNotFound))
  if (!found || !parsed) return null
  typeNames.set(found, parsed.type)
  return found as { id: string }
}

function nullWhereNotFound(error: unknown): null {
  if (error instanceof NotFound) return null
  throw error
}

const atMost100 = (ids: readonly string[]) => {
  if (ids.length > greatestPage) throw fault('BAD_INPUT', `at most ${greatestPage} ids at a time`)
  return ids
}

/** Adds `node` and `nodes`; called once, when every slice has registered its types. */
export function addNodeFields(calledBy: { description: string; extensions: Record<string, unknown> }): void {
  builder.queryField('node', (t) =>
    t.field({
      ...calledBy,
      type: NodeRef,
      nullable: true,
      args: { id: t.arg.id({ required: true, description: 'A global id, as any `id` field gives it.' }) },
      resolve: (_, { id }, context) => findNode(context, id),
    }),
  )
  builder.queryField('nodes', (t) =>
    t.field({
      ...calledBy,
      type: [NodeRef],
      nullable: { list: false, items: true },
      args: { ids: t.arg.idList({ required: true, description: 'Global ids, 100 at most; the answers come in the same order.' }) },
      resolve: (_, { ids }, context) => Promise.all(atMost100(ids).map((id) => findNode(context, id))),
    }),
  )
}
