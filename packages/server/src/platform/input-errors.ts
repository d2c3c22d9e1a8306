import { GraphQLError } from 'graphql'

/**
 * graphql-js repeats the value it refused, and that value may be a person's name. Says where and what instead:
 * `Variable "$input" at "input.name": ShortText may not be empty`.
 */
export function withoutValues(error: GraphQLError): GraphQLError {
  const message = withoutEcho(error)
  if (message === error.message && error.extensions.code) return error
  const inner = error.originalError instanceof GraphQLError ? error.originalError.extensions : {}
  return new GraphQLError(message, {
    nodes: error.nodes ?? null,
    path: error.path ?? null,
    extensions: { code: 'BAD_INPUT', ...error.extensions, ...inner },
  })
}

function withoutEcho(error: GraphQLError): string {
  const variable = /^Variable "(\$\w+)" got invalid value [\s\S]*?(?: at "([^"]*)")?; ([\s\S]*)$/.exec(error.message)
  if (variable)
    return `Variable "${variable[1]}"${variable[2] ? ` at "${variable[2]}"` : ''}: ${shortened(error.originalError?.message ?? variable[3]!)}`
  const literal = /^Expected value of type "([^"]+)", found [\s\S]*?(?:; ([\s\S]*))?$/.exec(error.message)
  if (literal) return `Expected value of type "${literal[1]}"${error.originalError ? `: ${shortened(error.originalError.message)}` : ''}`
  return shortened(error.message)
}

/** `Int cannot represent non-integer value: "…"` and `Value "…" does not exist in "Role" enum.` */
const shortened = (message: string) =>
  message.replace(/^(\w+ cannot represent [^:]*):[\s\S]*$/, '$1').replace(/^Value "[^"]*" does not exist/, 'This value does not exist')
