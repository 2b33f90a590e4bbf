// The papers of the rollout by HTTP, as HTML: what would be said now, what was drafted or signed, and the report of a gate.
import { sql, type Tx, transaction } from '#kernel/db'
import { type Call, holder, type Route } from '#kernel/http'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { siteOf } from '../../governance/site.ts'
import { type Content, differences } from './chapter.ts'
import { contentOf, PAPERS, type Sources } from './content.ts'
import { paperHtml } from './html.ts'
import { gateReport } from './report.ts'

const read = <R>(call: Call, work: (tx: Tx) => Promise<R>): Promise<R> =>
  transaction(call.kernel.pool, { companies: [call.context().companyId] }, work, { snapshot: true })

const send = (call: Call, html: string): unknown =>
  call.reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
    .send(html)

const key = (entity: string) =>
  T.object({ id: { ...T.text(120), minLength: 1, description: 'The id or the number.', 'x-entity': entity } })

async function livePaper(call: Call, sources: Sources, kind: string): Promise<unknown> {
  const { companyId, today } = call.context()
  const content = await read(call, async (tx) =>
    contentOf(kind, { tx, companyId, today, sources, site: await siteOf(tx, companyId, call.params.id ?? '') }),
  )
  return send(call, paperHtml(content, [`As it stands on ${today}; not signed.`]))
}

type Stored = {
  number: string
  kind: string
  edition: number
  state: string
  content: Content
  hash: string
  signed_by: string | null
  signed_on: string | null
  site_id: string
}

async function storedPaper(call: Call, sources: Sources): Promise<unknown> {
  const { companyId, today } = call.context()
  const id = call.params.id ?? ''
  const { row, changed } = await read(call, async (tx) => {
    const found =
      await tx.first(sql<Stored>`select p.number, p.kind, p.edition, p.state, p.content, p.hash, a.name as signed_by, p.signed_at::date as signed_on, p.site_id
      from rollout.paper p left join access.account a on a.id = p.signed_by where p.company_id = ${companyId} and (p.id::text = ${id} or p.number = ${id})`)
    if (!found) return refuseKernel('NOT_FOUND', { document: 'rollout paper', id })
    const site = await siteOf(tx, companyId, found.site_id)
    return {
      row: found,
      changed: differences(found.content, await contentOf(found.kind, { tx, companyId, today, sources, site })),
    }
  })
  return send(
    call,
    paperHtml(row.content, [
      `${row.number}, edition ${row.edition}, ${row.state}${row.signed_by ? ` by ${row.signed_by}` : ''}${row.signed_on ? ` on ${row.signed_on}` : ''}. SHA-256 ${row.hash}`,
      changed.length === 0 ? 'It says what holds now.' : `It differs from what holds now in: ${changed.join(', ')}.`,
    ]),
  )
}

async function report(call: Call): Promise<unknown> {
  const id = call.params.id ?? ''
  const found = await read(call, (tx) => gateReport(tx, call.context().companyId, id))
  if (!found) return refuseKernel('NOT_FOUND', { document: 'gate run', id })
  return send(call, paperHtml(found.content, found.notes))
}

const html = (
  url: string,
  operation: string,
  summary: string,
  permission: string,
  entity: string,
  handle: Route['handle'],
): Route => ({
  method: 'GET',
  url,
  operation,
  tag: 'rollout',
  summary,
  needs: holder(permission),
  params: key(entity),
  produces: 'text/html',
  handle,
})

/** The routes of papers over these sources, for whoever builds the server. */
export const rolloutPaperRoutes = (sources: Sources): readonly Route[] => [
  ...Object.entries(PAPERS).map(([kind, { name }]) =>
    html(
      `/api/rollout/site/:id/paper/${kind}.html`,
      `rollout.site.paper.${kind}`,
      `${name} of a site as it stands now`,
      'rollout.paper.read',
      'rollout.site',
      (call) => livePaper(call, sources, kind),
    ),
  ),
  html(
    '/api/rollout/paper/:id/paper.html',
    'rollout.paper.paper',
    'A paper as it was drafted or signed, and what differs now',
    'rollout.paper.read',
    'rollout.paper',
    (call) => storedPaper(call, sources),
  ),
  html(
    '/api/rollout/gate-run/:id/report.html',
    'rollout.gate-run.report',
    'The report of a gate run',
    'rollout.gate-run.read',
    'rollout.gate-run',
    report,
  ),
]
