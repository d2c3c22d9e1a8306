import type { Reporter, TestModule } from 'vitest/node'

/** Ends a run with how many tests ran per lane and, last of all, one plain line that any build server can read. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const lanes = new Map<string, { passed: number; failed: number; skipped: number }>()
    for (const module of modules) {
      const lane = lanes.get(module.project.name) ?? { passed: 0, failed: 0, skipped: 0 }
      lanes.set(module.project.name, lane)
      const tests = [...module.children.allTests()]
      for (const test of tests)
        lane[test.result().state === 'passed' ? 'passed' : test.result().state === 'failed' ? 'failed' : 'skipped'] += 1
      if (!module.ok() && !tests.some((test) => test.result().state === 'failed')) lane.failed += 1
    }
    const sum = (key: 'passed' | 'failed' | 'skipped') => [...lanes.values()].reduce((total, lane) => total + lane[key], 0)
    const lines = [...lanes]
      .sort()
      .map(([name, lane]) => `  ${name}: ${lane.passed} passed, ${lane.failed} failed${lane.skipped ? `, ${lane.skipped} skipped` : ''}`)
    // After the default reporter's own summary.
    process.on('exit', () => {
      const notRun = (process.env.PLUMBLINE_LANES_NOT_RUN ?? '').split('\n').filter((line) => line !== '')
      console.log(['', 'lanes', ...lines, ...notRun.map((line) => `  ${line}`), ''].join('\n'))
      const skipped = sum('skipped') ? `, ${sum('skipped')} skipped` : ''
      console.log(`${sum('passed')} passed, ${sum('failed') + errors.length} failed${skipped}`)
    })
  }
}
