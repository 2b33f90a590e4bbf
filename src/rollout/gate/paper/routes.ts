// The papers of the rollout by HTTP: what would be said now, what was drafted or signed, and the report of a gate.
import { sql, type Tx, transaction } from '#kernel/db'
import { type Call, holder, type Route } from '#kernel/http'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { siteOf } from '../../governance/site.ts'
import { type Content, differences } from './chapter.ts'
import { contentOf, PAPERS, type Sources } from './content.ts'
import { paperHtml } from './html.ts'
import { gateReport } from './report.ts'

/** What a paper says, and what stands under its title. */
type Written = { readonly content: Content; readonly notes: readonly string[] }

/** Sets a paper as a PDF, for whoever builds the server with one that can. */
export type PdfWriter = (content: Content, notes: readonly string[], now: Date) => Promise<Buffer>

const read = <R>(call: Call, work: (tx: Tx) => Promise<R>): Promise<R> =>
  transaction(call.kernel.pool, { companies: [call.context().companyId] }, work, { snapshot: true })

const sendHtml = (call: Call, { content, notes }: Written): unknown =>
  call.reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
    .send(paperHtml(content, notes))

const sendPdf = async (call: Call, { content, notes }: Written, pdf: PdfWriter): Promise<unknown> =>
  call.reply
    .type('application/pdf')
    .header('content-disposition', 'inline')
    .send(await pdf(content, notes, call.now))

const key = (entity: string) =>
  T.object({ id: { ...T.text(120), minLength: 1, description: 'The id or the number.', 'x-entity': entity } })

async function livePaper(call: Call, sources: Sources, kind: string): Promise<Written> {
  const { companyId, today, now } = call.context()
  const content = await read(call, async (tx) =>
    contentOf(kind, { tx, companyId, today, now, sources, site: await siteOf(tx, companyId, call.params.id ?? '') }),
  )
  return { content, notes: [`As it stands on ${today}; not signed.`] }
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

async function storedPaper(call: Call, sources: Sources): Promise<Written> {
  const { companyId, today, now } = call.context()
  const id = call.params.id ?? ''
  const { row, changed } = await read(call, async (tx) => {
    const found =
      await tx.first(sql<Stored>`select p.number, p.kind, p.edition, p.state, p.content, p.hash, a.name as signed_by, p.signed_at::date as signed_on, p.site_id
      from rollout.paper p left join access.account a on a.id = p.signed_by where p.company_id = ${companyId} and (p.id::text = ${id} or p.number = ${id})`)
    if (!found) return refuseKernel('NOT_FOUND', { document: 'rollout paper', id })
    const site = await siteOf(tx, companyId, found.site_id)
    return {
      row: found,
      changed: differences(found.content, await contentOf(found.kind, { tx, companyId, today, now, sources, site })),
    }
  })
  const signed = `${row.signed_by ? ` by ${row.signed_by}` : ''}${row.signed_on ? ` on ${row.signed_on}` : ''}`
  return {
    content: row.content,
    notes: [
      `${row.number}, edition ${row.edition}, ${row.state}${signed}. SHA-256 ${row.hash}`,
      changed.length === 0 ? 'It says what holds now.' : `It differs from what holds now in: ${changed.join(', ')}.`,
    ],
  }
}

async function report(call: Call): Promise<Written> {
  const id = call.params.id ?? ''
  const found = await read(call, (tx) => gateReport(tx, call.context().companyId, id))
  return found ?? refuseKernel('NOT_FOUND', { document: 'gate run', id })
}

type Given = {
  readonly url: string
  readonly operation: string
  readonly summary: string
  readonly permission: string
  readonly entity: string
  write(call: Call): Promise<Written>
}

/** A paper at one address as HTML, and beside it as PDF where there is somebody to set one. */
function formats({ url, operation, summary, permission, entity, write }: Given, pdf: PdfWriter | undefined): Route[] {
  const common = { method: 'GET', tag: 'rollout', needs: holder(permission), params: key(entity) } as const
  const html: Route = {
    ...common,
    url: `${url}.html`,
    operation,
    summary,
    produces: 'text/html',
    handle: async (call) => sendHtml(call, await write(call)),
  }
  if (!pdf) return [html]
  const asPdf: Route = {
    ...common,
    url: `${url}.pdf`,
    operation: `${operation}-pdf`,
    summary: `${summary}, as PDF`,
    produces: 'application/pdf',
    handle: async (call) => sendPdf(call, await write(call), pdf),
  }
  return [html, asPdf]
}

/** The routes of papers over these sources, for whoever builds the server. */
export const rolloutPaperRoutes = (sources: Sources, pdf?: PdfWriter): readonly Route[] =>
  [
    ...Object.entries(PAPERS).map(([kind, { name }]) => ({
      url: `/api/rollout/site/:id/paper/${kind}`,
      operation: `rollout.site.paper.${kind}`,
      summary: `${name} of a site as it stands now`,
      permission: 'rollout.paper.read',
      entity: 'rollout.site',
      write: (call: Call) => livePaper(call, sources, kind),
    })),
    {
      url: '/api/rollout/paper/:id/paper',
      operation: 'rollout.paper.paper',
      summary: 'A paper as it was drafted or signed, and what differs now',
      permission: 'rollout.paper.read',
      entity: 'rollout.paper',
      write: (call: Call) => storedPaper(call, sources),
    },
    {
      url: '/api/rollout/gate-run/:id/report',
      operation: 'rollout.gate-run.report',
      summary: 'The report of a gate run',
      permission: 'rollout.gate-run.read',
      entity: 'rollout.gate-run',
      write: report,
    },
  ].flatMap((one) => formats(one, pdf))
