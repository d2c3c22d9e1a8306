import { isObjectType, isUnionType, type GraphQLArgument, type GraphQLField, type GraphQLSchema } from 'graphql'
import { defaultPage, greatestPage } from './page.ts'

const fields: Record<string, string> = {
  edges: 'What is on this page, in order.',
  pageInfo: 'Where this page stands in the list.',
  cursor: 'The place in the list. Hand it back as `after` or `before`; read nothing from it.',
  node: 'What stands at this place.',
  hasNextPage: 'Whether more follows. Looked up when paging forwards.',
  hasPreviousPage: 'Whether something comes before. Looked up when paging backwards.',
  startCursor: 'Cursor of the first place on this page; null where the page is empty.',
  endCursor: 'Cursor of the last place on this page; null where the page is empty.',
}

const pageArguments: Record<string, string> = {
  first: `How many from the beginning, or after \`after\`: 1 to ${greatestPage}, ${defaultPage} unless said.`,
  after: 'The cursor after which the page begins.',
  last: `How many up to the end, or up to \`before\`: 1 to ${greatestPage}.`,
  before: 'The cursor before which the page ends.',
}

const fill = (described: GraphQLField<unknown, unknown> | GraphQLArgument, text: string | undefined) => {
  if (!described.description && text) described.description = text
}

/** Describes what the builder's plugins made of our types: pages and their edges, and the unions that mutations answer with. */
export function describeGenerated(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    const mutation = isUnionType(type) ? /^Mutation(\w+)Result$/.exec(type.name)?.[1] : undefined
    if (mutation && !type.description)
      type.description = `What \`${mutation[0]!.toLowerCase()}${mutation.slice(1)}\` answers with: what was changed, or why nothing was.`
    const query = isUnionType(type) ? /^Query(\w+)Result$/.exec(type.name)?.[1] : undefined
    if (query && !type.description)
      type.description = `What \`${query[0]!.toLowerCase()}${query.slice(1)}\` answers with: what was asked for, or why it cannot be said.`
    if (!isObjectType(type)) continue
    const generated = /(Connection|Edge)$|^PageInfo$/.test(type.name)
    for (const field of Object.values(type.getFields())) {
      if (generated) fill(field, fields[field.name])
      for (const argument of field.args) fill(argument, pageArguments[argument.name])
    }
  }
  return schema
}
