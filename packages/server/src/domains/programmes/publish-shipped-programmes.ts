import { readdirSync, readFileSync } from 'node:fs'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { checkTemplate } from './check-template.ts'
import type { Programme } from './programme.ts'
import { store } from './publish-programme.ts'
import type { Template } from './template.ts'

/** Found from the compiled code as well as from the source. */
const folder = new URL('../../../programmes/', import.meta.url)

let read: { template: Template; text: string }[] | undefined

/** The templates that ship with the server. */
export function shippedProgrammes(): { template: Template; text: string }[] {
  read ??= readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, folder), 'utf8')
      const checked = checkTemplate(text)
      if ('issues' in checked)
        throw new Error(`a programme that ships with this version cannot be used: ${name}: ${checked.issues[0]?.message}`)
      return { template: checked.template, text }
    })
  return read
}

/** Publishes the templates that ship, all of them or those named. What is there already stays as it is. @returns those that were added */
export async function publishShippedProgrammes(tx: Tx, actor: Actor, ids?: readonly string[]): Promise<Programme[]> {
  const wanted = shippedProgrammes().filter(({ template }) => !ids || ids.includes(template.id))
  return wanted.length === 0 ? [] : store(tx, actor, wanted)
}
