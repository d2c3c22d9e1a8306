#!/usr/bin/env node
import { existsSync } from 'node:fs'

const main = new URL('../dist/main.js', import.meta.url)
if (!existsSync(main)) {
  console.error('plumbline-server is not built yet: run `npx -y pnpm@12 build` once')
  process.exit(1)
}
await import(main.href)
