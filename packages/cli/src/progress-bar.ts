/** One line that is written over again, and cleared at the end. Redrawn only when it looks different. */
export function progressBar(write: (text: string) => void): (done: number, of: number) => void {
  let shown = ''
  return (done, of) => {
    const filled = of === 0 ? WIDTH : Math.floor((WIDTH * done) / of)
    const line = done >= of ? '' : `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${Math.floor((100 * done) / of)} %`
    if (line === shown) return
    shown = line
    write(`\r\u001b[2K${line}`)
  }
}

const WIDTH = 30
