// The built web app: one page for every address, its files kept for ever under names that change with their content.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { type TObject, Type } from '@sinclair/typebox'
import type { FastifyReply } from 'fastify'
import { T } from '#kernel/schema'
import { APP_POLICY, APP_RIGHTS } from '../headers.ts'
import { refuse } from '../refusals.ts'
import { anybody, type Call, type Route } from '../route.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

type File = { readonly type: string; readonly bytes: Buffer; readonly tag: string; packed: Map<string, Buffer> }

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* walk(path)
    else yield path
  }
}

/** Every file of the folder in memory, by its address; about two megabytes. */
function readFolder(folder: string): ReadonlyMap<string, File> {
  const files = new Map<string, File>()
  for (const path of walk(folder)) {
    const type = TYPES[extname(path)]
    if (!type || !statSync(path).isFile()) continue
    const bytes = readFileSync(path)
    const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { type, bytes, tag, packed: new Map() })
  }
  return files
}

/** The file in the best packing that the browser takes, made when first asked for and then kept. */
function pack(file: File, accepted: string): { bytes: Buffer; encoding?: string } {
  const encoding = accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : undefined
  if (!encoding || file.type.startsWith('font/') || file.type === 'image/png' || file.bytes.length < 1_000)
    return { bytes: file.bytes }
  let bytes = file.packed.get(encoding)
  if (!bytes) {
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
    bytes = encoding === 'br' ? brotliCompressSync(file.bytes, quality) : gzipSync(file.bytes)
    file.packed.set(encoding, bytes)
  }
  return { bytes, encoding }
}

function send(reply: FastifyReply, file: File, forEver: boolean): FastifyReply {
  const { headers } = reply.request
  reply
    .header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('etag', file.tag)
    .header('vary', 'accept-encoding')
  // A worker obeys the policy that came with it, and has to fetch what it keeps.
  if (file.type.startsWith('text/html') || reply.request.url.split('?', 1)[0] === '/handheld-sw.js')
    reply.header('content-security-policy', APP_POLICY).header('permissions-policy', APP_RIGHTS)
  if (headers['if-none-match'] === file.tag) return reply.code(304).send()
  const { bytes, encoding } = pack(file, String(headers['accept-encoding'] ?? ''))
  if (encoding) reply.header('content-encoding', encoding)
  return reply.type(file.type).send(bytes)
}

/**
 * What stands behind the question mark of a page is read by the page, not here. The router takes schemas of objects
 * only; a record of anything is checked like one, and `properties` says that no member has a name of its own.
 */
const anyQuery = Type.Record(Type.String(), Type.Unknown(), {
  additionalProperties: false,
  properties: {},
}) as unknown as TObject

const place = { method: 'GET', tag: 'pages', needs: anybody, query: anyQuery } as const

/** The routes that `fileRoutes` adds, which are public. */
export const FILE_ROUTES: readonly string[] = ['GET /', 'GET /*']

/**
 * The app under every address that is no route of the API. Which screen an address means is the app's affair, so a deep
 * link gets the same page; but only a browser that asks for a page does: anything else that is not there is not found.
 */
export function fileRoutes(folder: string): readonly Route[] {
  const files = readFolder(folder)
  const page = files.get('/index.html')
  if (!page) throw new Error(`${folder} holds no index.html; build the web app with npm run build:web`)
  const anywhere = ({ reply }: Call) => {
    const path = reply.request.url.split('?', 1)[0] ?? '/'
    const file = files.get(path)
    if (file && file !== page) return send(reply, file, path.startsWith('/assets/'))
    const wantsPage = reply.request.headers.accept?.includes('text/html') === true
    if (!wantsPage || path.startsWith('/api/') || path.startsWith('/assets/')) refuse('ROUTE_UNKNOWN', { path })
    return send(reply, page, false)
  }
  return [
    {
      ...place,
      url: '/',
      operation: 'web.home',
      summary: 'The web app',
      produces: 'text/html',
      handle: ({ reply }) => send(reply, page, false),
    },
    {
      ...place,
      url: '/*',
      operation: 'web.page',
      summary: 'A screen of the web app, or one of its files',
      produces: 'text/html',
      params: T.object({ '*': T.optional({ ...T.text(400) }) }),
      handle: anywhere,
    },
  ]
}
