import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { explain, kindIds, operators, runExamples, type DecisionInput } from '@plumbline/rules'
import { load, type LoadResult } from '@plumbline/rules/load'
import { getNamedType, isInputObjectType } from 'graphql'
import { describe, expect, test } from 'vitest'
import { limits } from '../../src/platform/http.ts'
import { greatestPage } from '../../src/platform/page.ts'
import { schema } from '../../src/schema.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pages = (folder = ''): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' || entry.name.startsWith('.') ? [] : pages(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
const documents = new Map(pages().map((path) => [path, read(path)]))
const page = (path: string) => documents.get(path) ?? ''

/** A page without its code, so that what looks like a link there is none. */
const prose = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, (code) => '·'.repeat(code.length))
/** Headings as GitHub turns them into anchors. */
const anchors = (text: string) => {
  const seen = new Map<string, number>()
  return [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
    const times = seen.get(slug) ?? 0
    seen.set(slug, times + 1)
    return times === 0 ? slug : `${slug}-${times}`
  })
}

type Link = { page: string; target: string; path: string; anchor: string | undefined }
const shown = ({ page: from, target }: Link) => `${from}: ${target}`
const links: Link[] = [...documents].flatMap(([page, text]) =>
  [...prose(text).matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)|^\[[^\]]+\]: (\S+)/gm)]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [file = '', anchor] = decodeURIComponent(target).split('#')
      return {
        page,
        target,
        anchor,
        path:
          file === ''
            ? page
            : relative(root, join(root, dirname(page), file))
                .split(sep)
                .join('/'),
      }
    }),
)

describe('links', () => {
  test('every relative link leads somewhere, inside the repository', () => {
    console.log(`documents looked at: ${documents.size}, relative links: ${links.length}`)
    expect(links.length).toBeGreaterThan(60)
    expect(links.filter(({ path }) => path.startsWith('..') || !existsSync(join(root, path))).map(shown)).toEqual([])
  })

  test('every anchor is a heading of the page it leads to', () => {
    const anchored = links.filter(({ anchor, path }) => anchor && path.endsWith('.md'))
    expect(anchored.length).toBeGreaterThan(5)
    expect(anchored.filter(({ anchor, path }) => !anchors(page(path)).includes(anchor ?? '')).map(shown)).toEqual([])
  })

  test('every path of the repository that is named is there', () => {
    const named = [...documents].flatMap(([from, text]) =>
      [...text.matchAll(/\bpackages\/[a-z]+\/[\w./-]*\w/g)].map(([path]) => ({ from, path })),
    )
    // Written by whoever follows the page, or by the build.
    const made = /riverside|\/dist\//
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter(({ path }) => !made.test(path) && !existsSync(join(root, path)))).toEqual([])
  })

  test('every page under docs/ is reached from the map', () => {
    const from = (pages: readonly string[]) => links.filter(({ page }) => pages.includes(page)).map(({ path }) => path)
    const map = from(['docs/README.md'])
    // A folder may have a map of its own.
    const reached = new Set([...map, ...from(map.filter((path) => /^docs\/.+\/README\.md$/.test(path)))])
    const there = [...documents.keys()].filter((page) => page.startsWith('docs/') && page !== 'docs/README.md')
    expect(there.length).toBeGreaterThan(20)
    expect(there.filter((page) => !reached.has(page))).toEqual([])
  })
})

describe('decisions', () => {
  const decisions = [...documents].filter(([page]) => /^docs\/adr\/\d/.test(page))

  test('each is listed in the map with its own title', () => {
    const map = page('docs/README.md')
    expect(decisions.length).toBeGreaterThan(10)
    const missing = decisions.filter(([page, text]) => !map.includes(`[${/^# (.+)$/m.exec(text)?.[1]}](${page.replace('docs/', '')})`))
    expect(missing.map(([page]) => page)).toEqual([])
  })

  test('each has its number once, and the four headings in order', () => {
    const numbers = decisions.map(([page]) => Number(/\/(\d{4})-[a-z0-9-]+\.md$/.exec(page)?.[1]))
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    for (const [page, text] of decisions) {
      expect(text.startsWith(`# ${/\d{4}/.exec(page)?.[0]} `), page).toBe(true)
      expect(
        [...text.matchAll(/^## (.+)$/gm)].map((match) => match[1]),
        page,
      ).toEqual(['Context', 'Decision', 'Consequences', 'Rejected'])
    }
  })
})

describe('settings', () => {
  const config = read('packages/server/src/config.ts')
  const declared = [...(/const settings = z\.object\(\{([\s\S]*?)^\}\)/m.exec(config)?.[1] ?? '').matchAll(/^ {2}([A-Z_]+): /gm)].map(
    (match) => match[1],
  )
  const described = [...page('docs/reference/settings.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1])

  test('every setting of config.ts is described, and nothing else', () => {
    expect(declared.length).toBeGreaterThan(10)
    expect(described.toSorted()).toEqual(declared.toSorted())
  })
})

describe('commands', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

  test('every `pnpm@12 …` in the documents is a script, or a command of pnpm itself', () => {
    const named = [...documents].flatMap(([page, text]) =>
      [...text.matchAll(/npx -y pnpm@12 ((?:--filter \S+ )?)([a-z-]+)/g)].map((match) => ({
        page,
        filtered: match[1] !== '',
        name: match[2]!,
      })),
    )
    expect(named.length).toBeGreaterThan(5)
    const wrong = named.filter(
      ({ filtered, name }) => !(name in scripts) && !['install', 'exec', ...(filtered ? ['pack'] : [])].includes(name),
    )
    expect(wrong).toEqual([])
  })

  test('every `plumbline-server …` in the documents is in its usage', () => {
    const usage = /const usage = `([\s\S]*?)`/.exec(read('packages/server/src/commands.ts'))?.[1] ?? ''
    const there = [...usage.matchAll(/^ {2}([a-z]+(?: [a-z]+)?)/gm)].map((match) => match[1]!)
    const named = [...documents].flatMap(([from, text]) =>
      [...text.matchAll(/(?:plumbline-server|packages\/server\/dist\/main\.js) ([a-z]+)(?: ([a-z]+))?/g)].map((match) => ({
        from,
        first: match[1]!,
        both: `${match[1]} ${match[2]}`,
      })),
    )
    expect(there.length).toBeGreaterThan(3)
    expect(named.length).toBeGreaterThan(3)
    expect(named.filter(({ first, both }) => !there.includes(first) && !there.includes(both))).toEqual([])
  })
})

/** A register is a new one, written against the session as it was read. */
const doesBoth = ['recordRegister']

describe('what the GraphQL conventions say of mutations', () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(({ name }) => name !== 'replayDecision')

  test('one `input` each, with an idempotency key where something is created or the expected version where it is changed', () => {
    console.log(`mutations looked at: ${mutations.length}`)
    expect(mutations.length).toBeGreaterThan(3)
    const wrong = mutations.filter(({ name, args }) => {
      const type = args[0] && getNamedType(args[0].type)
      if (args.length !== 1 || args[0]?.name !== 'input' || !isInputObjectType(type)) return true
      const fields = type.getFields()
      return (
        ('idempotencyKey' in fields && 'expectedVersion' in fields) !== doesBoth.includes(name) ||
        !('idempotencyKey' in fields || 'expectedVersion' in fields)
      )
    })
    expect(wrong.map(({ name }) => name)).toEqual([])
  })

  test('the refusals in the table are types of the schema', () => {
    const table = page('docs/reference/graphql-conventions.md')
    const usual = [...table.matchAll(/^\| `[a-z-]+` \| `([A-Z][A-Za-z]+)` \|/gm)].map((match) => match[1])
    expect(usual.length).toBeGreaterThan(4)
    expect(usual.filter((name) => !schema.getType(name ?? ''))).toEqual([])
  })

  test('the limits are those of the code', () => {
    const table = page('docs/reference/graphql-conventions.md')
    for (const [name, limit] of Object.entries({
      depth: limits.depth,
      aliases: limits.aliases,
      tokens: limits.tokens,
      directives: limits.directives,
      page: greatestPage,
    }))
      expect(table, name).toContain(`| ${name} | ${limit.toLocaleString('en-GB')} |`)
    expect(table).toContain(`| body | ${limits.bodyBytes / 1024} KB |`)
  })
})

/** JSON in a page with a word behind `json` goes through the real loader: `rule-set`, `condition` or a kind, and `refused <code>` where it must not load; `facts` are known to the catalogue. */
describe('JSON in the documents', () => {
  const shipped = ['core', 'cdars-phoenix', 'step-by-step'].map((id) => read(`packages/rules/rule-sets/${id}.json`))
  const snippets = [...documents].flatMap(([page, text]) =>
    [...text.matchAll(/^```json ([a-z-]+)(?: refused ([a-z-]+))?\n([\s\S]*?)^```$/gm)].map((match) => ({
      page,
      what: match[1]!,
      refused: match[2],
      text: match[3]!,
      line: text.slice(0, match.index).split('\n').length,
    })),
  )

  const around = (kind: string, rules: string) =>
    `{ "id": "of-a-document", "version": "1.0.0", "title": "Of a document", "effectiveFrom": "2026-01-01", "extends": { "id": "core", "version": "1.0.0" }, "${kind}": ${rules} }`
  const rule = (condition: string) =>
    `{ "of-a-document": { "number": 9000, "label": "x", "source": "x", "conditions": ${condition}, "event": { "type": "ineligible", "params": { "reason": "x" } } } }`
  const loaded = (what: string, text: string): LoadResult => {
    if (what === 'rule-set') return load(text, shipped)
    if (what === 'condition') return load(around('eligibility', rule(text)), shipped)
    if ((kindIds as readonly string[]).includes(what)) return load(around(what, text), shipped)
    throw new Error(`nobody knows what "json ${what}" is`)
  }

  test('there is some', () => {
    console.log(`pieces of JSON looked at: ${snippets.length}`)
    expect(snippets.length).toBeGreaterThan(10)
  })

  test.each(snippets.map((snippet) => [`${snippet.page}:${snippet.line}`, snippet] as const))('%s', (_place, { what, refused, text }) => {
    if (what === 'facts') {
      const core = load(shipped[0]!)
      expect(core.ok && explain(core.ruleSet, 'eligibility', JSON.parse(text) as DecisionInput).problems).toEqual([])
      return
    }
    const result = loaded(what, text)
    if (refused) return expect(result.ok ? [] : result.issues.map(({ code }) => code)).toContain(refused)
    expect(result.ok ? result.warnings : result.issues).toEqual([])
    if (result.ok && what === 'rule-set') expect(runExamples(result.ruleSet).filter(({ passed }) => !passed)).toEqual([])
  })

  test('every operator is described where rules are', () => {
    const described = page('docs/how-to/write-a-rule.md')
    expect(Object.keys(operators).filter((name) => !described.includes(`| \`${name}\` |`))).toEqual([])
  })

  test('every parameter of core keeps the name the documents use', () => {
    const { parameters } = JSON.parse(shipped[0]!) as { parameters: Record<string, unknown> }
    const named = [...documents].flatMap(([page, text]) =>
      [...text.matchAll(/(?<!-)\bparameter\.([a-z][A-Za-z0-9]+)/g)].map((match) => ({ page, name: match[1]! })),
    )
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter(({ name }) => !(name in parameters))).toEqual([])
  })
})

test('the documents name no machine path and no empty page', () => {
  expect([...documents].filter(([, text]) => text.trim().length < 200).map(([page]) => page)).toEqual([])
  expect([...documents].filter(([, text]) => /(?:^|[\s`"'(])\/(?:home|root|Users|work|tmp)\//m.test(text)).map(([page]) => page)).toEqual(
    [],
  )
  expect([...documents.keys()].every((page) => statSync(join(root, page)).size < 64 * 1024)).toBe(true)
})
