import { and, eq } from 'drizzle-orm'
import { createHash } from 'node:crypto'
import { nobody, type Actor } from '../../platform/actor.ts'
import { builder, RefusalInterface, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { planners } from './access.ts'
import { checkTemplate, type TemplateIssue } from './check-template.ts'
import { assertProgramme, type Programme } from './programme.ts'
import { ProgrammeRef, TemplateIssueRef } from './programme-graphql.ts'
import { programmes } from './tables.ts'
import type { Template } from './template.ts'

/** Something in the document is wrong. Nothing was stored. */
export class ProgrammeRefused extends DomainError {
  override name = 'ProgrammeRefused'
  readonly code = 'programme-refused'
  /** All of them. */
  readonly issues: TemplateIssue[]
  constructor(issues: TemplateIssue[]) {
    super(
      `this programme cannot be published: ${issues.length === 1 ? 'one thing is' : `${issues.length} things are`} wrong`,
      'mend what `issues` names, each with its place, and publish it then',
    )
    this.issues = issues
  }
}
builder.objectType(ProgrammeRefused, {
  name: 'ProgrammeRefused',
  interfaces: [RefusalInterface],
  description: 'Something in the document of a programme is wrong. Nothing was stored.',
  fields: (t) => ({
    issues: t.field({ type: [TemplateIssueRef], description: 'Everything that was found.', resolve: ({ issues }) => issues }),
  }),
})

export type NewProgramme = { idempotencyKey: string; document: string }

/**
 * Publishes a version of a programme. It never changes from then on; groups keep the version they began with.
 * @throws ProgrammeRefused with every fault and its place, IdempotencyKeyReused
 */
export async function publishProgramme(tx: Tx, actor: Actor, { idempotencyKey: key, document }: NewProgramme): Promise<Programme> {
  const checked = checkTemplate(document)
  if ('issues' in checked) throw new ProgrammeRefused(checked.issues)
  return once(
    tx,
    actor,
    { operation: 'publish-programme', key, payload: { document } },
    async () => {
      await assertLater(tx, actor, checked.template, document)
      const [row] = await store(tx, actor, [{ template: checked.template, text: document }])
      if (!row) throw new ProgrammeRefused([versionFault(document, 'somebody published this version at the same moment')])
      return row
    },
    (id) => assertProgramme(tx, actor, id),
  )
}

/** A version comes after those that are there, so that the newest is the last. */
async function assertLater(tx: Tx, actor: Actor, { id, version }: Template, document: string): Promise<void> {
  const earlier = await tx.orm
    .select({ version: programmes.templateVersion })
    .from(programmes)
    .where(and(eq(programmes.providerId, actor.providerId), eq(programmes.templateId, id)))
  if (earlier.some((one) => compareVersions(one.version, version) >= 0))
    throw new ProgrammeRefused([versionFault(document, 'this version, or a later one, is published already')])
}

function versionFault(document: string, message: string): TemplateIssue {
  const line = document.slice(0, document.indexOf('"version"')).split('\n')
  return {
    code: 'version-taken',
    at: '/version',
    line: line.length,
    column: line.at(-1)!.length + 1,
    message,
    help: 'give it a later version',
  }
}

/** By number, not by letter: 1.10.0 comes after 1.9.0. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number))
  const index = left!.findIndex((number, at) => number !== right![at])
  return index < 0 ? 0 : left![index]! - right![index]!
}

/** What is there already stays as it is. @returns the rows that were added */
export async function store(tx: Tx, actor: Actor, documents: readonly { template: Template; text: string }[]): Promise<Programme[]> {
  const added = await tx.orm
    .insert(programmes)
    .values(
      documents.map(({ template, text }) => ({
        providerId: actor.providerId,
        id: tx.newId(),
        templateId: template.id,
        templateVersion: template.version,
        title: template.title,
        documentText: text,
        hash: createHash('sha256').update(text).digest('hex'),
        publishedAt: tx.now,
        publishedBy: actor.id === nobody ? null : actor.id,
      })),
    )
    .onConflictDoNothing()
    .returning()
  await record(
    tx,
    actor,
    ...added.map(({ id }) => ({ action: 'programme.published', subjectType: 'programme', subjectId: id, fields: ['documentText'] })),
  )
  return added
}

const PublishProgrammeInput = builder.inputType('PublishProgrammeInput', {
  description: 'A version of a programme, as JSON.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one version.' }),
    document: t.field({
      type: 'ExactText',
      required: true,
      description: 'The whole document; docs/how-to/run-a-programme.md says how to begin from one that ships.',
    }),
  }),
})

builder.mutationField('publishProgramme', (t) =>
  t.field({
    ...calledBy(planners, 'Publishes a version of a programme. It is checked strictly and never changes from then on.'),
    type: ProgrammeRef,
    args: { input: t.arg({ type: PublishProgrammeInput, required: true, description: 'The document.' }) },
    errors: { types: [...usualRefusals, ProgrammeRefused] },
    resolve: (_, { input }, context) => inTransaction(context, 'publish-programme', (tx, actor) => publishProgramme(tx, actor, input)),
  }),
)
