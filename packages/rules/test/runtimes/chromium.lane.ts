import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { packed, type Packed } from '../support/packed.ts'
import { findChromium } from './find-runtimes.ts'
import { hashesHere, here, material } from './material.ts'
import { serve } from './serve.ts'

const executablePath = findChromium() ?? ''
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const given = material()
const profile = mkdtempSync(join(tmpdir(), 'plumbline-chromium-'))

let alone: Packed
let served: Awaited<ReturnType<typeof serve>>
let browser: BrowserContext
let page: Page
const faults: string[] = []

beforeAll(async () => {
  alone = packed()
  cpSync(fileURLToPath(new URL('../../examples/browser', import.meta.url)), join(alone.folder, 'browser'), { recursive: true })
  cpSync(fileURLToPath(new URL('same-bytes.mjs', import.meta.url)), join(alone.folder, 'same-bytes.mjs'))
  writeFileSync(join(alone.folder, 'material.json'), JSON.stringify(given))
  writeFileSync(join(alone.folder, 'outcomes.mjs'), modules)
  writeFileSync(join(alone.folder, 'worker.mjs'), worker)
  writeFileSync(join(alone.folder, 'in-worker.mjs'), inWorker)
  writeFileSync(join(alone.folder, 'empty.html'), '<!doctype html><title>empty</title><link rel="icon" href="data:,">')
  served = await serve(alone.folder)
  browser = await chromium.launchPersistentContext(profile, { executablePath, args: flags, headless: true })
}, 240_000)

afterAll(async () => {
  await browser?.close()
  served?.close()
  alone?.remove()
  rmSync(profile, { recursive: true, force: true })
})

beforeEach(async () => {
  faults.length = 0
  page = await browser.newPage()
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
})

/** Straight from the packed folder: no bundler, no import map. */
const modules = `
  import * as main from '/node_modules/@plumbline/rules/dist/index.js'
  import * as loading from '/node_modules/@plumbline/rules/dist/load.js'
  import * as bulk from '/node_modules/@plumbline/rules/dist/bulk/index.js'
  import { hashesOf, outcomesOf } from '/same-bytes.mjs'
  export async function all() {
    const material = await (await fetch('/material.json')).json()
    const rules = { ...main, ...loading, ...bulk }
    return { outcomes: outcomesOf(rules, material), hashes: await hashesOf(rules, material) }
  }
`
const worker = `
  import { all } from '/outcomes.mjs'
  all().then(postMessage)
`

const inWorker = `
  export const all = () => new Promise((answer, refuse) => {
    const worker = new Worker('/worker.mjs', { type: 'module' })
    worker.addEventListener('message', ({ data }) => answer(data))
    worker.addEventListener('error', ({ message }) => refuse(new Error(message)))
  })
`

describe('in Chromium, without a build and without code from text, the same bytes come out', () => {
  it('in a page', async () => {
    await page.goto(`${served.url}/empty.html`)
    const found: unknown = await page.evaluate("import('/outcomes.mjs').then(({ all }) => all())")
    console.log(`Chromium ${browser.browser()?.version() ?? ''}: ${given.cases.length} cases`)
    expect(found).toEqual({ outcomes: here(given), hashes: await hashesHere(given) })
    expect(faults).toEqual([])
  })

  it('in a worker', async () => {
    await page.goto(`${served.url}/empty.html`)
    const found: unknown = await page.evaluate("import('/in-worker.mjs').then(({ all }) => all())")
    expect(found).toEqual({ outcomes: here(given), hashes: await hashesHere(given) })
    expect(faults).toEqual([])
  })
})

describe('the example page', () => {
  it('shows a range while answers are open, a band when they are not, and what a draft would move', async () => {
    await page.goto(`${served.url}/browser/index.html`)
    await page.locator('p', { hasText: 'very-high' }).waitFor()
    expect(await page.textContent('p')).toBe('standard to very-high')
    const choices = page.locator('select')
    expect(await choices.count()).toBe(24)
    for (let index = 0; index < 24; index++) await choices.nth(index).selectOption(index < 12 && index >= 4 ? 'possible' : 'absent')
    expect(await page.textContent('p')).not.toContain(' to ')
    expect(await page.textContent('ul')).toContain('has not been validated')
    await page.click('button')
    await page.locator('pre', { hasText: 'of 1 case' }).waitFor()
    expect(faults).toEqual([])
  })

  it('asks nobody but the server it came from', async () => {
    const elsewhere: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(served.url) && !request.url().startsWith('data:')) elsewhere.push(request.url())
    })
    await page.goto(`${served.url}/browser/index.html`)
    await page.locator('p', { hasText: 'very-high' }).waitFor()
    expect(elsewhere).toEqual([])
    expect(served.asked).toContain('/node_modules/@plumbline/rules/dist/index.js')
  })
})
