const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Plumbline needs Node 20.19 or newer; this is ${process.versions.node}`)
  process.exit(1)
}

// Imported only now: an older Node would stumble over the syntax before it could say so.
const { run } = await import('./commands.ts')
process.exitCode = await run(process.argv.slice(2))
export {}
