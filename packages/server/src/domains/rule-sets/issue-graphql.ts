import type { Issue } from '@plumbline/rules'
import { builder, RefusalInterface } from '../../platform/builder.ts'
import { RuleSetRefused } from './refused.ts'

const SeverityEnum = builder.enumType('IssueSeverity', {
  description: 'Whether an issue stops a rule set.',
  values: {
    ERROR: { value: 'error', description: 'Nothing is proposed or approved while it is there.' },
    WARNING: { value: 'warning', description: 'Read it; it stops nothing.' },
  } satisfies Record<string, { value: Issue['severity']; description: string }>,
})

export const IssueRef = builder.objectRef<Issue>('RuleSetIssue').implement({
  description: 'One thing that is wrong in a rule set, with its place and what to do.',
  fields: (t) => ({
    severity: t.expose('severity', { type: SeverityEnum, description: 'Whether it stops the rule set.' }),
    code: t.exposeString('code', { description: 'Stable, in kebab case: `unknown-fact`, `locked`, `example-red`. Branch on this.' }),
    pointer: t.string({
      description: 'JSON pointer (RFC 6901) to the place, `/parameters/missesAllowed`; empty for the whole document.',
      resolve: ({ at }) => at,
    }),
    line: t.int({ nullable: true, description: 'Line in the text, from 1.', resolve: ({ line }) => line ?? null }),
    column: t.int({ nullable: true, description: 'Column in the text, from 1, in UTF-16 units.', resolve: ({ column }) => column ?? null }),
    message: t.exposeString('message', { description: 'What is wrong, in one line.' }),
    help: t.string({
      nullable: true,
      description: 'What to do next; a misspelt name gets a suggestion.',
      resolve: ({ help }) => help ?? null,
    }),
  }),
})

builder.objectType(RuleSetRefused, {
  interfaces: [RefusalInterface],
  name: 'RuleSetRefused',
  description: 'Something in the text of a rule set is red. Nothing was stored.',
  fields: (t) => ({
    issues: t.field({
      type: [IssueRef],
      description: 'Everything that was found, in the order of the text.',
      resolve: ({ issues }) => issues,
    }),
  }),
})
