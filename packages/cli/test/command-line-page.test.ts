import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { run } from '../src/run.ts'
import transcripts from './transcripts.json' with { type: 'json' }

const root = fileURLToPath(new URL('../../../', import.meta.url))
const page = join(root, 'docs/reference/command-line.md')
const folder = mkdtempSync(join(tmpdir(), 'plumbline-page-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Transcript = { heading: string; says: string; call: string; lines?: number; then?: string }

/** What the terminal shows of one call, with files named as from the root of the repository. */
async function shown({ call, lines = 40, then }: Transcript): Promise<string> {
  const written: string[] = []
  const words = [...call.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word)
  const placed = words.map((word) => (word.startsWith('packages/') ? join(root, word) : word === then ? join(folder, word) : word))
  const exit = await run(['rules', ...placed], {
    out: (text) => written.push(text),
    error: (text) => written.push(text),
    colour: false,
    today: () => '2026-05-01',
  })
  const files = then === undefined ? [] : [`$ cat ${then}`, readFileSync(join(folder, then), 'utf8').trimEnd()]
  const text = [...written, ...(exit === 0 ? [] : ['$ echo $?', String(exit)]), ...files].join('\n')
  const all = text.replaceAll(`${folder}/`, '').replaceAll(root, '').split('\n')
  const rest = all.length - lines
  return [`$ plumbline rules ${call}`, ...(rest > 1 ? [...all.slice(0, lines), `… and ${rest} lines more`] : all)].join('\n')
}

async function wholePage(): Promise<string> {
  const sections: string[] = []
  for (const each of transcripts as Transcript[]) {
    sections.push(`## ${each.heading}\n\n${each.says}\n\n\`\`\`console\n${await shown(each)}\n\`\`\`\n`)
  }
  return `# The command line, call by call

Every command on a real rule set, with what it prints. Written by \`packages/cli/test/command-line-page.test.ts\` from \`transcripts.json\` beside it, and compared with the commands each time the tests run; \`npx -y pnpm@12 test command-line-page -u\` writes it anew. In a clone the command is \`npx --no-install plumbline\`.

${sections.join('\n')}`
}

describe('docs/reference/command-line.md', () => {
  test('shows what the commands print', async () => {
    await expect(await wholePage()).toMatchFileSnapshot(page)
  }, 60_000)

  test('shows every command there is', async () => {
    const written: string[] = []
    await run(['rules', '--help'], { out: (text) => written.push(text), error: () => {}, colour: false, today: () => '2026-05-01' })
    const commands = [...written.join('\n').matchAll(/^ {2}([a-z-]+) .*[[<]/gm)].map(([, name]) => name)
    expect(commands.length).toBeGreaterThan(8)
    const named = new Set((transcripts as Transcript[]).map(({ call }) => call.split(' ')[0]))
    expect(commands.filter((name) => name !== 'help' && !named.has(name ?? ''))).toEqual([])
  })
})
