import fs from 'node:fs'
import path from 'node:path'
import packagedChromium from '@sparticuz/chromium'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']
const places: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ['/usr/bin/chromium', '/snap/bin/chromium', '/opt/google/chrome/chrome'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  ],
}

/**
 * The browser for the tests: CHROMIUM_PATH, else one that is installed, else the one that comes as a package.
 * Start it with `--no-sandbox --disable-gpu --disable-background-networking`, which suit all of them.
 * @throws when there is none; a browser test is never skipped.
 */
export async function findChromium(): Promise<string> {
  const chosen = process.env['CHROMIUM_PATH']
  if (chosen) {
    if (!isExecutable(chosen)) throw new Error(`CHROMIUM_PATH is ${chosen}, where there is no program to start.`)
    return chosen
  }
  return findInstalled() ?? (await unpackPackaged())
}

function findInstalled(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '')
  const ending = process.platform === 'win32' ? '.exe' : ''
  const onPath = folders.flatMap((folder) => names.map((name) => path.join(folder, `${name}${ending}`)))
  return [...onPath, ...(places[process.platform] ?? [])].find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return fs.statSync(file).isFile()
  } catch {
    return false
  }
}

async function unpackPackaged(): Promise<string> {
  const advice = 'Install Chromium or Google Chrome, or set CHROMIUM_PATH to a browser built on Chromium.'
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`The browser tests found no browser. ${advice}`)
  }
  try {
    return await packagedChromium.executablePath()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `The browser tests found no browser, and the packaged one could not be unpacked (${reason}). ${advice}`,
    )
  }
}
