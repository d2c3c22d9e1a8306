import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { connection, dayKey } from '../../platform/page.ts'
import { calledBy } from '../../platform/root-access.ts'
import { ruleReaders } from './access.ts'
import { RuleSetVersionRef } from './graphql.ts'
import { listRuleSetVersions, type RuleSetVersion } from './rule-set-version.ts'

const cursorOf = ({ effectiveFrom, id }: RuleSetVersion) => ({ key: effectiveFrom, id })

builder.queryField('ruleSets', (t) =>
  t.connection(
    {
      ...calledBy(ruleReaders, 'The published versions of this provider’s rule sets, the newest by `effectiveFrom` first.'),
      type: RuleSetVersionRef,
      nullable: false,
      args: { ruleSetId: t.arg({ type: 'ShortText', description: 'Only versions of this rule set, by the document’s own id.' }) },
      resolve: (_, { ruleSetId, ...page }, context) => {
        const { actor, operation } = signedIn(context)
        return connection(page, cursorOf, async (query) =>
          listRuleSetVersions(await operation.read(), actor, dayKey(query), ruleSetId ?? null),
        )
      },
    },
    { name: 'RuleSetVersionConnection', description: 'A page of rule-set versions.' },
    { name: 'RuleSetVersionEdge', description: 'One rule-set version and its place in the list.' },
  ),
)
