// The web app on disk: found as it was built, or built now when it is missing or its sources have changed since.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { refusals } from '#kernel/refusal'

const refuse = refusals({
  WEB_NOT_BUILT: {
    text: 'The web app could not be built: {problem}. Run `npm install` and `npm run build:web`, or start with --no-web to serve the API alone.',
    kind: 'conflict',
  },
})

const ROOT = fileURLToPath(new URL('../web', import.meta.url))
const DIST = join(ROOT, 'dist')
const MARK = join(DIST, 'built.json')

/** What a build depends on beside the sources: a package that was exchanged makes another app. */
const LOCK = fileURLToPath(new URL('../package-lock.json', import.meta.url))

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (path === DIST) continue
    if (entry.isDirectory()) yield* walk(path)
    else yield path
  }
}

/** Says which sources a build is of. Times of files are not asked: a fresh clone has them all from today. */
function fingerprint(): string {
  const hash = createHash('sha256')
  for (const path of [...[...walk(ROOT)].filter((one) => !one.endsWith('.md')).sort(), LOCK]) {
    if (existsSync(path)) hash.update(relative(ROOT, path)).update(readFileSync(path))
  }
  return hash.digest('hex')
}

function builtFrom(): string | undefined {
  if (!existsSync(MARK)) return undefined
  const mark: unknown = JSON.parse(readFileSync(MARK, 'utf8'))
  return typeof mark === 'object' && mark !== null && 'sources' in mark ? String(mark.sources) : undefined
}

/**
 * The folder of the built app. A package brings it built and without sources; a clone builds it at the first start, in
 * some seconds. Refuses WEB_NOT_BUILT, with the builder's own words.
 */
export async function webApp(say: (text: string) => void): Promise<string> {
  if (!existsSync(join(ROOT, 'main.tsx'))) {
    return existsSync(join(DIST, 'index.html')) ? DIST : refuse('WEB_NOT_BUILT', { problem: 'its sources are missing' })
  }
  const sources = fingerprint()
  if (builtFrom() === sources) return DIST
  say('Building the web app')
  await buildWeb(sources)
  return DIST
}

/** Builds the app and marks the build with its sources. Refuses WEB_NOT_BUILT. */
export async function buildWeb(sources = fingerprint()): Promise<void> {
  try {
    const { build } = await import('vite')
    await build({ root: ROOT, configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error' })
    writeFileSync(MARK, `${JSON.stringify({ sources })}\n`)
  } catch (error) {
    refuse('WEB_NOT_BUILT', { problem: error instanceof Error ? error.message : String(error) })
  }
}
