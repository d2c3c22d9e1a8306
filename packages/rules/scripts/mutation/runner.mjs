import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { testFiles } from './test-files.mjs'
import { Tests } from './tests.mjs'

/**
 * Runs the tests in this process instead of starting Vitest for each mutant, so that a mutant takes milliseconds.
 * Only tests that come past the mutant are run, and the first failure ends it.
 */
class InProcess {
  static inject = []

  capabilities() {
    return { reloadEnvironment: true }
  }

  async init() {
    console.log = () => {}
    this.tests = await Tests.of(process.cwd(), testFiles)
  }

  dryRun() {
    const { files } = this.tests
    const tests = files.flatMap((file) => file.tests.map((test) => ({ ...test, fileName: file.path })))
    const failed = tests.filter(({ failure }) => failure !== undefined)
    if (failed.length > 0)
      return { status: 'error', errorMessage: failed.map(({ id, failure }) => `${id}: ${failure.stack ?? failure}`).join('\n') }
    const loading = {}
    for (const file of files) for (const [mutant, hits] of file.loading) loading[mutant] = (loading[mutant] ?? 0) + hits
    return {
      status: 'complete',
      tests: tests.map(({ id, name, milliseconds, fileName }) => ({ id, name, fileName, timeSpentMs: milliseconds, status: 0 })),
      mutantCoverage: { static: loading, perTest: Object.fromEntries(tests.map(({ id, hits }) => [id, Object.fromEntries(hits)])) },
    }
  }

  async mutantRun({ activeMutant: { id } }) {
    const { failure, isEndless, killer, count } = await this.tests.against(id)
    if (failure === undefined) return { status: 'survived', nrOfTests: count }
    if (isEndless) return { status: 'timeout', reason: String(failure) }
    return { status: 'killed', killedBy: [killer], failureMessage: String(failure.message ?? failure), nrOfTests: count }
  }
}

/** Tells of each mutant that nothing noticed as soon as it is known, a line of JSON each. */
class Survivors {
  static inject = []

  onMutationTestingPlanReady() {
    mkdirSync('.plumbline', { recursive: true })
    writeFileSync('.plumbline/survivors.ndjson', '')
  }

  onMutantTested({ status, fileName, location, mutatorName, replacement }) {
    if (status !== 'Survived' && status !== 'NoCoverage') return
    const line = {
      status,
      at: `${relative(process.cwd(), fileName)}:${location.start.line}:${location.start.column}`,
      mutatorName,
      replacement,
    }
    appendFileSync('.plumbline/survivors.ndjson', `${JSON.stringify(line)}\n`)
  }
}

export const strykerPlugins = [
  { kind: 'TestRunner', name: 'in-process', injectableClass: InProcess },
  { kind: 'Reporter', name: 'survivors', injectableClass: Survivors },
]
