// Two plain pages: what this is, and what the API offers. No script, nothing from elsewhere.
import type { FastifyReply } from 'fastify'
import { PAGE_POLICY } from './headers.ts'
import { pageStyle } from './page-style.ts'
import { anybody, type Route } from './route.ts'
import { schemasOf } from './router.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const safe = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(title)}</title><link rel="stylesheet" href="/page.css"></head>
<body>${body}</body>
</html>
`

const html = (reply: FastifyReply, text: string) =>
  reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY).send(text)

/** The pages and their style sheet. `routes` are those that the API page lists. `home` is left out when a web app brings its own. */
export function pageRoutes(routes: () => readonly Route[], home: boolean): readonly Route[] {
  const place = { method: 'GET', tag: 'pages' } as const
  return [
    ...(home
      ? [
          {
            ...place,
            url: '/',
            operation: 'pages.home',
            summary: 'What this is',
            needs: anybody,
            produces: 'text/html',
            handle: ({ reply }: { reply: FastifyReply }) => html(reply, HOME),
          },
        ]
      : []),
    {
      ...place,
      url: '/page.css',
      operation: 'pages.style',
      summary: 'The style of the plain pages',
      needs: anybody,
      produces: 'text/css',
      handle: ({ reply }) => reply.type('text/css; charset=utf-8').send(pageStyle),
    },
    {
      ...place,
      url: '/api',
      operation: 'pages.api',
      summary: 'This list',
      needs: anybody,
      produces: 'text/html',
      handle: ({ reply }) => html(reply, apiPage(routes())),
    },
  ]
}

const HOME = page(
  'Tradewright',
  `<header><p class="brand">Tradewright</p></header>
<main>
<h1>The distributor’s books, stock and orders, in one place.</h1>
<p class="lead">From quotation to cash and back, on one data model, with one permission for every verb, and a rollout that keeps every site the same.</p>
<ul class="cards">
<li><h2>Sign in</h2><p>Send your e-mail and password to <code>POST /api/session</code>.</p>
<pre>curl -c cookies -H 'content-type: application/json' \\
  -d '{"email":"you@example.com","password":"…"}' \\
  http://localhost:8080/api/session</pre></li>
<li><h2><a href="/api">The API</a></h2><p>Every verb, list and question, each with a line to try it.</p></li>
<li><h2><a href="/api/openapi.json">OpenAPI 3.1</a></h2><p>The same for machines, made from the routes that run.</p></li>
<li><h2><a href="/healthz">Alive</a> and <a href="/readyz">ready</a></h2><p>For whoever operates it; measurements are at <code>/metrics</code>.</p></li>
</ul>
</main>`,
)

function apiPage(routes: readonly Route[]): string {
  const tags = [...new Set(routes.map((route) => route.tag))]
  const index = tags.map((tag) => `<a href="#${safe(tag)}">${safe(tag)}</a>`).join(' ')
  const sections = tags.map(
    (tag) =>
      `<section id="${safe(tag)}"><h2>${safe(tag)}</h2>${routes
        .filter((route) => route.tag === tag)
        .map(operation)
        .join('')}</section>`,
  )
  return page(
    'Tradewright API',
    `<header><p class="brand"><a href="/">Tradewright</a></p></header><main><h1>The API</h1>
<p class="lead">Put an API key into <code>$KEY</code> and the address of this server into <code>$HOST</code>. Lists take <code>limit</code>, <code>cursor</code>, <code>sort</code>, <code>q</code>,
<code>filter[field]</code>, <code>total=true</code> and <code>format=csv</code> or <code>xlsx</code>; changes take <code>dryRun=true</code> and an <code>Idempotency-Key</code>.</p>
<nav>${index}</nav>${sections.join('\n')}</main>`,
  )
}

function operation(route: Route): string {
  const permission = route.needs.kind === 'may' ? route.needs.permission : route.needs.kind
  return `<details><summary><b class="${route.method.toLowerCase()}">${route.method}</b> <code>${safe(route.url)}</code> <span>${safe(route.summary)}</span></summary>
<p>Needs <code>${safe(permission)}</code></p><pre>${safe(curl(route))}</pre></details>`
}

// A TypeBox schema is plain JSON Schema, of which the sample reads these few members; its own type says more than they need.
function curl(route: Route): string {
  const { body, query } = schemasOf(route)
  const address = `"$HOST${route.url.replace(/:(\w+)/g, '…')}${'company' in query.properties ? '?company=CODE' : ''}"`
  const lines = [`curl -H "authorization: Bearer $KEY"`]
  if (route.method !== 'GET')
    lines.push(
      route.body ? `-H 'content-type: application/json' -H "idempotency-key: $(uuidgen)"` : `-X ${route.method}`,
    )
  if (route.body) lines.push(`-d '${JSON.stringify(sample(body as Shape))}'`)
  return [...lines, address].join(' \\\n  ')
}

type Shape = {
  type?: string | undefined
  properties?: Record<string, Shape> | undefined
  required?: readonly string[] | undefined
  items?: Shape | undefined
  anyOf?: readonly Shape[] | undefined
  const?: unknown
  pattern?: string | undefined
  minimum?: number | undefined
}

/** The least that a schema asks for, with a placeholder for each value. */
function sample(schema: Shape): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.anyOf) return sample(schema.anyOf[0] ?? {})
  if (schema.type === 'object')
    return Object.fromEntries((schema.required ?? []).map((key) => [key, sample(schema.properties?.[key] ?? {})]))
  if (schema.type === 'array') return [sample(schema.items ?? {})]
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1
  if (schema.type === 'boolean') return true
  return schema.pattern?.includes('\\d{4}-')
    ? '2026-01-31'
    : schema.pattern?.startsWith('^\\d') || schema.pattern?.startsWith('^-?\\d')
      ? '1'
      : '…'
}
