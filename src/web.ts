// The web app on disk: found as it was built, or built now when it is missing or its sources have changed since.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
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

/** The builds of a folder, the newest first; each stands in a folder of its own, named after the sources it is of. */
function builds(dist: string): readonly string[] {
  if (!existsSync(dist)) return []
  return readdirSync(dist)
    .map((name) => join(dist, name))
    .filter((path) => /^[0-9a-f]{16}$/.test(basename(path)) && existsSync(join(path, 'index.html')))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
}

/** Builds beside, and puts the whole in its place at once: two servers that start together do not disturb each other. */
async function build(root: string, target: string): Promise<void> {
  mkdirSync(dirname(target), { recursive: true })
  const beside = mkdtempSync(`${target}.`)
  try {
    const vite = await import('vite')
    const own = { outDir: beside, emptyOutDir: true }
    // Whatever the program around it runs as: what people get is never the development build, which is larger and slower.
    const around = process.env.NODE_ENV
    process.env.NODE_ENV = 'production'
    try {
      await vite.build({
        root,
        configFile: join(root, 'vite.config.ts'),
        mode: 'production',
        logLevel: 'error',
        build: own,
      })
    } finally {
      if (around === undefined) Reflect.deleteProperty(process.env, 'NODE_ENV')
      else process.env.NODE_ENV = around
    }
    // Whoever was first has put the same there.
    if (!existsSync(target)) renameSync(beside, target)
  } catch (error) {
    refuse('WEB_NOT_BUILT', { problem: error instanceof Error ? error.message : String(error) })
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

/** A server that runs has read its build into memory; those before the last one are of no more use. */
function forget(dist: string): void {
  for (const old of builds(dist).slice(2)) rmSync(old, { recursive: true, force: true })
}

/**
 * The folder of the built app. A package brings it built and without sources; a clone builds it at the first start, in
 * some seconds. Refuses WEB_NOT_BUILT, with the builder's own words.
 */
export async function webApp(say: (text: string) => void, root = ROOT): Promise<string> {
  const dist = join(root, 'dist')
  if (!existsSync(join(root, 'main.tsx')))
    return builds(dist)[0] ?? refuse('WEB_NOT_BUILT', { problem: 'its sources are missing' })
  const target = join(dist, fingerprint(root).slice(0, 16))
  if (existsSync(join(target, 'index.html'))) return target
  say('Building the web app')
  await build(root, target)
  forget(dist)
  return target
}

// `npm run build:web`.
if (process.argv[1] && import.meta.url.endsWith(process.argv[1].replaceAll('\\', '/')))
  console.log(await webApp((text) => console.log(text)))
