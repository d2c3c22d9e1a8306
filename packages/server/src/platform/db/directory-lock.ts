import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'

/** Another process holds the data directory: PGlite itself would let both write and lose rows. */
export class DirectoryHeld extends Error {
  override name = 'DirectoryHeld'
}

/** When the process with this id started, in clock ticks since boot; null where the system does not say. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Takes `<directory>.lock` for this process; a lock whose process is gone (or whose number was given to another) is taken over. */
export function lockDirectory(directory: string): () => void {
  const path = `${directory}.lock`
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const file = openSync(path, 'wx')
      writeSync(file, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }))
      closeSync(file)
      return () => rmSync(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = readHolder(path)
      if (holder && isAlive(holder.pid) && (holder.started === null || holder.started === startOf(holder.pid)))
        throw new DirectoryHeld(
          `the data directory ${directory} is in use by process ${holder.pid}; stop that one first, or choose another with PLUMBLINE_DATA`,
        )
      rmSync(path, { force: true })
    }
  }
  throw new DirectoryHeld(`the lock ${path} keeps coming back; is another server starting?`)
}

function readHolder(path: string): { pid: number; started: string | null } | null {
  if (!existsSync(path)) return null
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { pid: number; started: string | null }
  } catch {
    return null
  }
}
