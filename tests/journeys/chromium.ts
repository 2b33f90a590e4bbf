// A real Chromium for the journeys: the machine's own, or Debian's, installed when that is allowed; else said plainly.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const found = (): string | undefined => {
  const named = process.env.CHROMIUM_PATH
  return named && existsSync(named) ? named : PLACES.find((place) => existsSync(place))
}

/** Debian, and allowed to install. */
const mayInstall = (): boolean => existsSync('/usr/bin/apt-get') && process.getuid?.() === 0

function install(): void {
  const run = (args: readonly string[]) =>
    spawnSync('apt-get', args, {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: 600_000,
    })
  let done = run(['install', '-y', '--no-install-recommends', 'chromium'])
  if (done.status !== 0) {
    run(['update'])
    done = run(['install', '-y', '--no-install-recommends', 'chromium'])
  }
  if (done.status !== 0)
    throw new Error(`Debian's chromium could not be installed: ${done.stderr.trim().split('\n').at(-1)}`)
}

/** The path of a Chromium. Throws with what to do when there is none: a journey that did not run has not passed. */
export function chromiumPath(): string {
  const here = found()
  if (here) return here
  if (!mayInstall())
    throw new Error(
      'The journeys need Chromium, and this machine has none. Install it (Debian: apt-get install chromium), or name one with CHROMIUM_PATH.',
    )
  install()
  const installed = found()
  if (!installed) throw new Error('chromium was installed and is not where it should be; name it with CHROMIUM_PATH.')
  return installed
}
