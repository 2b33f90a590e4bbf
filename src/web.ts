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

/** What a build depends on beside the sources: a package that was exchanged makes another app. */
const LOCK = fileURLToPath(new URL('../package-lock.json', import.meta.url))

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.name === 'dist') continue
    if (entry.isDirectory()) yield* walk(path)
    else yield path
  }
}

/** Says which sources a build is of. Times of files are not asked: a fresh clone has them all from today. */
function fingerprint(root: string): string {
  const hash = createHash('sha256')
  for (const path of [...[...walk(root)].filter((one) => !one.endsWith('.md')).sort(), LOCK]) {
    if (existsSync(path)) hash.update(relative(root, path)).update(readFileSync(path))
  }
  return hash.digest('hex')
}

function builtFrom(mark: string): string | undefined {
  if (!existsSync(mark)) return undefined
  const built: unknown = JSON.parse(readFileSync(mark, 'utf8'))
  return typeof built === 'object' && built !== null && 'sources' in built ? String(built.sources) : undefined
}

/**
 * The folder of the built app. A package brings it built and without sources; a clone builds it at the first start, in
 * some seconds. Refuses WEB_NOT_BUILT, with the builder's own words.
 */
export async function webApp(say: (text: string) => void, root = ROOT): Promise<string> {
  const dist = join(root, 'dist')
  if (!existsSync(join(root, 'main.tsx')))
    return existsSync(join(dist, 'index.html')) ? dist : refuse('WEB_NOT_BUILT', { problem: 'its sources are missing' })
  const sources = fingerprint(root)
  const mark = join(dist, 'built.json')
  if (builtFrom(mark) === sources) return dist
  say('Building the web app')
  try {
    const { build } = await import('vite')
    await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error' })
    writeFileSync(mark, `${JSON.stringify({ sources })}\n`)
  } catch (error) {
    refuse('WEB_NOT_BUILT', { problem: error instanceof Error ? error.message : String(error) })
  }
  return dist
}
