import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { findPostgresql } from './find-postgresql.ts'

/** One database for the whole lane, dropped afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const found = await findPostgresql()
  if (!found) throw new Error('no PostgreSQL for this lane')
  const name = `plumbline_test_${process.pid}`
  const admin = postgres(found.url, { max: 1, onnotice: () => {} })
  await admin.unsafe(`drop database if exists ${name} with (force)`)
  await admin.unsafe(`create database ${name}`)
  const url = new URL(found.url)
  url.pathname = `/${name}`
  project.provide('postgresqlUrl', url.href)
  return async () => {
    await admin.unsafe(`drop database if exists ${name} with (force)`)
    await admin.end()
    found.stop()
  }
}

declare module 'vitest' {
  export interface ProvidedContext {
    postgresqlUrl: string
  }
}
