import { canonicalJson, type ExampleResult } from '@plumbline/rules'
import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { calledBy } from '../../platform/root-access.ts'
import { gate, type Gate } from './gate.ts'
import { RuleKindEnum } from './graphql.ts'
import { impactOf } from './impact.ts'
import { ImpactRef } from './impact-graphql.ts'
import { IssueRef } from './issue-graphql.ts'
import type { Lock } from './locked.ts'
import { proposers } from './roles.ts'

const ExampleDifferenceRef = builder.objectRef<ExampleResult['differences'][number]>('ExampleDifference').implement({
  description: 'One place where an example does not come out as it says.',
  fields: (t) => ({
    pointer: t.string({ description: 'JSON pointer into the outcome, `/outcome`.', resolve: ({ at }) => at }),
    expected: t.string({ description: 'What the example expects there, as JSON.', resolve: ({ expected }) => canonicalJson(expected) }),
    got: t.string({ description: 'What came out, as JSON.', resolve: ({ got }) => canonicalJson(got) }),
  }),
})

const ExampleResultRef = builder.objectRef<ExampleResult>('ExampleResult').implement({
  description: 'How one of a rule set’s own examples came out.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The sentence it stands under.' }),
    kind: t.expose('kind', { type: RuleKindEnum, description: 'Which question it asks.' }),
    passed: t.exposeBoolean('passed', { description: 'True when everything it expects came out.' }),
    differences: t.field({ type: [ExampleDifferenceRef], description: 'Where it did not.', resolve: ({ differences }) => differences }),
  }),
})

const LockRef = builder.objectRef<Lock>('RuleSetLock').implement({
  description: 'Something that no version of a provider’s rules may remove, replace or weaken.',
  fields: (t) => ({
    part: t.exposeString('part', {
      description: 'Where it stands in a document: a kind of rule, `parameters`, `statements`, or `instrument` for the floor of a factor.',
    }),
    id: t.exposeString('id', { description: 'Its id there.' }),
    label: t.exposeString('label', { description: 'What it is, in plain words.' }),
  }),
})

const CheckRef = builder.objectRef<Gate>('RuleSetCheck').implement({
  description: 'What would be said to a text if it were proposed now. Nothing of it is stored.',
  fields: (t) => ({
    isPublishable: t.exposeBoolean('isPublishable', { description: 'True when nothing is red: it could be proposed as it stands.' }),
    issues: t.field({
      type: [IssueRef],
      description:
        'Everything that is wrong, each once, in the order of the text, also behind broken JSON; the first hundred or so where there are more. Warnings too.',
      resolve: ({ issues }) => issues,
    }),
    examples: t.field({
      type: [ExampleResultRef],
      description: 'How its own examples came out; empty while it is not a rule set.',
      resolve: ({ examples }) => examples,
    }),
    locked: t.field({ type: [LockRef], description: 'What no version may touch.', resolve: ({ locked }) => locked }),
    changes: t.stringList({
      description: 'What it changes against the latest published version, in plain English; empty while it is not a rule set.',
      resolve: ({ draft }) => draft?.changes.sentences ?? [],
    }),
    comparedWith: t.string({
      description: 'The published version it is compared with, `1.0.0`.',
      resolve: ({ shelf }) => shelf.latest.version,
    }),
    textHash: t.exposeString('textHash', { description: 'SHA-256 of the text’s bytes in UTF-8, lower-case hex.' }),
    hash: t.string({
      nullable: true,
      description: 'SHA-256 of the resolved document, lower-case hex; null while it is not a rule set.',
      resolve: ({ draft }) => draft?.hash ?? null,
    }),
    impact: t.field({
      type: ImpactRef,
      nullable: true,
      description:
        'What it would have made of the decisions of the last twelve months; null while it is not a rule set. Takes a while where there are many.',
      resolve: async ({ draft }, _, context) => {
        if (!draft) return null
        const { actor, operation } = signedIn(context)
        const impact = await impactOf(await operation.read(), actor, draft.ruleSet)
        return { ...impact, subject: { type: 'provider', id: ({ providerId }) => providerId } }
      },
    }),
  }),
})

builder.queryField('checkRuleSet', (t) =>
  t.field({
    ...calledBy(
      proposers,
      'Looks a text through as a further version of this provider’s rules and says everything that is wrong with it. Stores nothing.',
    ),
    type: CheckRef,
    args: { text: t.arg({ type: 'ExactText', required: true, description: 'The document as JSON.' }) },
    resolve: async (_, { text }, context) => {
      const { actor, operation } = signedIn(context)
      return gate(await operation.read(), actor, text)
    },
  }),
)
