import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('../..', import.meta.url))
const workspace = fileURLToPath(new URL('../../../..', import.meta.url))

/** Without the settings of the test run, as somebody's own shell would have it. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|VITE|pnpm)/i.test(name)))

/** @throws Error with what the command printed */
export function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env: environment, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`)
  return stdout
}

/** The package as it would be published, and installed alone in an empty folder. */
export type Packed = {
  tarball: string
  folder: string
  /** Runs a module in the folder with nothing but Node, and gives what it prints as JSON. */
  plainNode(code: string, flags?: readonly string[]): unknown
  remove(): void
}

/** Compiles from the source, packs, installs. Takes seconds, and nothing from the network. */
export function packed(): Packed {
  const work = mkdtempSync(join(tmpdir(), 'plumbline-package-'))
  const built = join(work, 'package')
  const folder = join(work, 'empty')
  cpSync(here, built, {
    recursive: true,
    filter: (path) => !/\/(?:dist|src|test|node_modules|bench)(?:\/|$)/.test(path.slice(here.length - 1)),
  })
  const compiler = join(workspace, 'node_modules/typescript/bin/tsc')
  run(process.execPath, [compiler, '-p', here, '--outDir', join(built, 'dist'), '--tsBuildInfoFile', join(work, '.tsbuildinfo')], workspace)
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', work], built)) as [{ filename: string }]
  const tarball = join(work, filename)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', tarball], folder)
  return {
    tarball,
    folder,
    plainNode: (code, flags = []) => {
      writeFileSync(join(folder, 'try.mjs'), code)
      return JSON.parse(run(process.execPath, ['--no-warnings', ...flags, 'try.mjs'], folder))
    },
    remove: () => rmSync(work, { recursive: true, force: true }),
  }
}
