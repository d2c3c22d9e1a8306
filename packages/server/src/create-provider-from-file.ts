import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { publishShippedProgrammes } from './domains/programmes/index.ts'
import { createProvider } from './domains/providers/index.ts'
import { publishShippedRuleSets, RuleSetUnusable } from './domains/rule-sets/index.ts'
import type { Database } from './platform/db/database.ts'
import { newId } from './platform/ids.ts'

const text = z.string().trim().min(1).max(200)
const file = z.strictObject({
  name: text,
  ruleSetId: z.string().regex(/^[a-z][a-z0-9-]{1,60}$/, { error: 'must be the id of a rule set, such as step-by-step' }),
  areasServed: z.array(text).max(500).default([]),
  manager: z.strictObject({ name: text, issuer: text, subject: text }),
})

/** The file cannot be used: every fault with its place. */
export class ProviderFileFaults extends Error {
  override name = 'Refused'
}

/** Creates a provider, its first programme manager, its rule sets and the programmes that ship in one transaction. @returns the provider's id */
export async function createProviderFromFile(database: Database, path: string): Promise<string> {
  const parsed = file.safeParse(readJson(path))
  if (!parsed.success)
    throw new ProviderFileFaults(
      `${path} cannot be used:\n${parsed.error.issues.map((issue) => `  - /${issue.path.join('/')}: ${issue.message}`).join('\n')}`,
    )
  const providerId = newId()
  try {
    await database.transaction({ providerId }, 'write', async (tx) => {
      const manager = await createProvider(tx, { providerId, ...parsed.data })
      await publishShippedRuleSets(tx, manager)
      await publishShippedProgrammes(tx, manager)
    })
  } catch (error) {
    if (error instanceof RuleSetUnusable) throw new ProviderFileFaults(`${path} cannot be used:\n  - /ruleSetId: ${error.message}`)
    throw error
  }
  return providerId
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new ProviderFileFaults(error instanceof SyntaxError ? `${path} is not JSON` : `${path} cannot be read`)
  }
}
