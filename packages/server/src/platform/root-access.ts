import { defaultFieldResolver, type GraphQLSchema } from 'graphql'
import { hasRole } from './actor.ts'
import { signedIn, type Context } from './context.ts'
import { fault } from './errors.ts'

/** Goes into a root field's options: who may call it, for the server and (in the description) for people. */
export const calledBy = (roles: readonly string[], description: string) => ({
  description: `${description}\n\nCalled by: ${roles.join(', ')}.`,
  extensions: { calledBy: roles },
})

/** Puts the role check in front of every root field. A field that does not say who may call it stops the server from starting. */
export function guardRootFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const roles = field.extensions.calledBy as readonly string[] | undefined
      if (!roles?.length) throw new Error(`${type?.name}.${field.name} does not say who may call it: give it calledBy(…)`)
      const resolve = field.resolve ?? defaultFieldResolver
      field.resolve = (source, args, context: Context, info) => {
        const { actor } = signedIn(context)
        if (!hasRole(actor, ...roles)) throw fault('FORBIDDEN', `this is for: ${roles.join(', ')}`)
        return resolve(source, args, context, info)
      }
    }
  }
  return schema
}
