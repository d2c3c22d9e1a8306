import { progressBar } from './progress-bar.ts'
import { run } from './run.ts'

// Whoever reads has seen enough: `plumbline rules schema FILE | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(`${text}\n`),
  error: (text) => process.stderr.write(`${text}\n`),
  colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
  today: () => new Date().toISOString().slice(0, 10),
  ...(process.stderr.isTTY ? { progress: progressBar((text) => process.stderr.write(text)) } : {}),
})
