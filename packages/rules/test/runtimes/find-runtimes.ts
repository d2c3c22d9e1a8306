import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The program of a Chromium, or undefined: that of `TEST_CHROMIUM`, else the first one on the path. */
export const findChromium = (): string | undefined =>
  process.env['TEST_CHROMIUM'] || onPath(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'])

/** The program of another version of Node than the one that runs: that of `TEST_OTHER_NODE`, else `node24` on the path. */
export const findOtherNode = (): string | undefined => process.env['TEST_OTHER_NODE'] || onPath(['node24'])

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
