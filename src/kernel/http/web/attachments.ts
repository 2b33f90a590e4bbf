// Files beside any document: kept by whoever may talk about it, had by whoever may read it, taken back by who brought them.
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { administerOpenly } from '#kernel/access'
import { type Context, may } from '#kernel/context'
import { join, name, sql, type Tx, transaction } from '#kernel/db'
import type { Document } from '#kernel/document'
import { newId } from '#kernel/ids'
import { refusals, refuse as refuseKernel } from '#kernel/refusal'
import { findId, readPermission, within } from '../reading.ts'
import type { Call } from '../route.ts'
import { ENDINGS, kindNamed } from './file-kind.ts'
import { dispositionOf, plainName } from './file-name.ts'
import { type Documents, standingOf, subjectOf, talk, unmoved } from './subject.ts'

const refuse = refusals({
  ATTACHMENT_EXPECTED: {
    text: 'Send the file itself as the body, as application/octet-stream, and its name as name=.',
    kind: 'invalid',
  },
  ATTACHMENT_NAME_UNUSABLE: {
    text: 'Nothing is left of that name without folders and unseen characters. Choose another name for the file and attach it again.',
    kind: 'invalid',
  },
  ATTACHMENT_KIND_REFUSED: {
    text: '{name} is of no kind that can be attached. Possible: {endings}. Save it as one of these, or put it into a ZIP.',
    kind: 'invalid',
  },
  ATTACHMENT_NOT_AS_NAMED: {
    text: '{name} does not hold what its name says. Save it anew under its own kind, and attach that.',
    kind: 'invalid',
  },
  ATTACHMENT_EMPTY: { text: '{name} is empty. Check the file and attach it again.', kind: 'invalid' },
  ATTACHMENT_TOO_LARGE: {
    text: '{name} is larger than the {megabytes} MB that a file may have. Make it smaller, or split it.',
    kind: 'invalid',
  },
  ATTACHMENTS_FULL: {
    text: 'This {document} has {most} files already. Put several into one ZIP, or take one of yours back.',
  },
  ATTACHMENT_TAKEN_BACK: {
    text: '{name} was taken back and is not there any more. Ask who attached it for another copy.',
    kind: 'unknown',
    retry: 'no',
  },
  ATTACHMENT_NOT_YOURS: {
    text: 'Only who attached {name} can take it back. Ask him, or say in a comment what is wrong with it.',
    kind: 'forbidden',
    retry: 'no',
  },
  ATTACHMENT_TOO_OLD: {
    text: '{name} was attached more than {hours} hours ago and stays. Say in a comment what is wrong with it.',
    retry: 'no',
  },
})

const LISTED_MOST = 1_000
const HOURS = 24
const MEGABYTE = 1_048_576

type Limits = { bytes: number; files: number }
type Listed = {
  id: string
  at: Date
  by: string
  byName: string | null
  own: boolean
  takenBackAt: Date | null
  takenBackReason: string | null
}

/** The files of a document, oldest first; those taken back with their reason, and without their bytes. */
export async function list(documents: Documents, { kernel, context, query }: Call) {
  const asked = context()
  const doc = subjectOf(documents, asked, String(query.document))
  const rows = await transaction(
    kernel.pool,
    { companies: [asked.companyId] },
    async (tx) => {
      const id = await findId(tx, doc, asked, String(query.id))
      return await tx.rows(sql<Listed>`select f.id, f.at, f.account_id as by, a.name as "byName", f.name, f.media_type as "mediaType", f.size,
          f.account_id = ${asked.principal.id}::uuid as own, f.taken_back_at as "takenBackAt", f.taken_back_reason as "takenBackReason"
        from kernel.attachment f left join access.account a on a.id = f.account_id
        where f.company_id = ${asked.companyId} and f.document_id = ${id}::uuid and f.document = ${doc.name}
        order by f.at, f.id limit ${LISTED_MOST}`)
    },
    { snapshot: true },
  )
  const young = asked.now.getTime() - HOURS * 3_600_000
  const items = rows.map(({ by, byName, own, ...rest }) => ({
    ...rest,
    by: { id: by, name: byName },
    canTakeBack: own && rest.takenBackAt === null && rest.at.getTime() > young,
  }))
  return { items }
}

/**
 * Keeps a file beside a document, once for each key. Refuses what is no known kind, is not what its name says, is too
 * large, or is one too many.
 */
export async function attach(documents: Documents, { kernel, access, context, query, file }: Call) {
  const asked = context()
  const doc = subjectOf(documents, asked, String(query.document))
  if (!file) return refuse('ATTACHMENT_EXPECTED')
  const called = plainName(String(query.name))
  if (called === '') refuse('ATTACHMENT_NAME_UNUSABLE')
  const kind = kindNamed(called)
  if (!kind) return refuse('ATTACHMENT_KIND_REFUSED', { name: called, endings: ENDINGS })
  const key = String(query.id)
  const most = await transaction(kernel.pool, { companies: [asked.companyId] }, async (tx) => {
    await findId(tx, doc, asked, key)
    return await tx.first(sql<Limits>`select bytes, files from kernel.attachment_limits(${asked.companyId})`)
  })
  const { bytes: bytesMost, files: filesMost } = most ?? { bytes: 10 * MEGABYTE, files: 50 }
  const bytes = await read(file, bytesMost)
  if (!bytes) return refuse('ATTACHMENT_TOO_LARGE', { name: called, megabytes: bytesMost / MEGABYTE })
  if (bytes.length === 0) refuse('ATTACHMENT_EMPTY', { name: called })
  if (!kind.holds(bytes)) refuse('ATTACHMENT_NOT_AS_NAMED', { name: called })
  const sha256 = createHash('sha256').update(bytes).digest()
  const fact = { name: called, mediaType: kind.mediaType, size: bytes.length }
  const input = { document: key, ...fact, sha256: sha256.toString('hex') }
  return await administerOpenly(access, asked, talk(doc, 'attach'), input, async (tx) => {
    const standing = await standingOf(tx, doc, asked, key)
    await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('files of ' || ${standing.id}::text, 0))`)
    const kept = await tx.first(sql<{ files: number }>`select count(*)::int as files from kernel.attachment
      where company_id = ${asked.companyId} and document_id = ${standing.id}::uuid and document = ${doc.name} and taken_back_at is null`)
    if ((kept?.files ?? 0) >= filesMost)
      refuse('ATTACHMENTS_FULL', { document: doc.label.toLowerCase(), most: filesMost })
    const own = newId()
    await tx.run(sql`insert into kernel.attachment (company_id, id, at, account_id, document, document_id, name, media_type, size, sha256, bytes)
      values (${asked.companyId}, ${own}::uuid, ${asked.now}, ${asked.principal.id}::uuid, ${doc.name}, ${standing.id}::uuid, ${called},
        ${kind.mediaType}, ${bytes.length}, ${sha256}, ${bytes})`)
    const answer = { id: own, ...fact }
    return { ...unmoved(standing), changes: { attachment: own, ...fact, sha256: input.sha256 }, answer, kept: answer }
  })
}

/** The bytes, or undefined when there are more than `most`; the rest is then read past, so that the sender hears the answer. */
async function read(file: Readable, most: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of file) {
    size += part.length
    if (size <= most) parts.push(part)
    else parts.length = 0
  }
  return size > most ? undefined : Buffer.concat(parts)
}

type Found = {
  id: string
  at: Date
  by: string
  documentId: string
  document: string
  name: string
  mediaType: string
  takenBack: boolean
}

/** A file of a document that the asker may read. Refuses NOT_FOUND alike for one of another document, or of none. */
async function find(tx: Tx, documents: Documents, asked: Context, id: string): Promise<Found & { doc: Document }> {
  const nothing = () => refuseKernel('NOT_FOUND', { document: 'attachment', id })
  const found =
    await tx.first(sql<Found>`select id, at, account_id as by, document_id as "documentId", document, name, media_type as "mediaType",
      taken_back_at is not null as "takenBack"
    from kernel.attachment where company_id = ${asked.companyId} and id = ${id}::uuid`)
  const doc = found && documents.get(found.document)
  if (!doc || !may(asked, readPermission(doc))) return nothing()
  const seen = await tx.first(sql`select from ${name(doc.table)} t
    where ${join([sql`t.id = ${found.documentId}::uuid`, ...within(doc, asked)], ' and ')}`)
  if (!seen) return nothing()
  if (found.takenBack) refuse('ATTACHMENT_TAKEN_BACK', { name: found.name })
  return { ...found, doc }
}

/** The file, to be kept and never to be shown: whatever is in it, no browser runs it in our name. */
export async function download(documents: Documents, { kernel, context, params, reply }: Call) {
  const asked = context()
  const found = await transaction(
    kernel.pool,
    { companies: [asked.companyId] },
    async (tx) => {
      const file = await find(tx, documents, asked, params.attachment ?? '')
      const held = await tx.first(sql<{ bytes: Buffer }>`select bytes from kernel.attachment
        where company_id = ${asked.companyId} and id = ${file.id}::uuid`)
      return { ...file, bytes: held?.bytes }
    },
    { snapshot: true },
  )
  return reply
    .header('content-disposition', dispositionOf(found.name))
    .header('cache-control', 'private, no-store')
    .type(found.mediaType)
    .send(found.bytes)
}

/** Takes back one's own file within a day: the bytes go, the row stays and says why. */
export async function takeBack(documents: Documents, { kernel, access, context, body }: Call) {
  const asked = { ...context(), reason: String(body.reason).trim() }
  const id = String(body.attachment)
  const scope = { companies: [asked.companyId] }
  // A replay finds it gone already, and is answered from what was kept: so the document is asked for without the file.
  const where = await transaction(kernel.pool, scope, (tx) =>
    tx.first(
      sql<{
        document: string
      }>`select document from kernel.attachment where company_id = ${asked.companyId} and id = ${id}::uuid`,
    ),
  )
  const doc = documents.get(where?.document ?? '')
  if (!doc || !may(asked, readPermission(doc))) return refuseKernel('NOT_FOUND', { document: 'attachment', id })
  return await administerOpenly(access, asked, talk(doc, 'take-back'), { attachment: id }, async (tx) => {
    await tx.run(
      sql`select from kernel.attachment where company_id = ${asked.companyId} and id = ${id}::uuid for no key update`,
    )
    const found = await find(tx, documents, asked, id)
    if (found.by !== asked.principal.id) refuse('ATTACHMENT_NOT_YOURS', { name: found.name })
    if (found.at.getTime() <= asked.now.getTime() - HOURS * 3_600_000)
      refuse('ATTACHMENT_TOO_OLD', { name: found.name, hours: HOURS })
    await tx.run(sql`update kernel.attachment set bytes = null, taken_back_at = ${asked.now}, taken_back_reason = ${asked.reason}
      where company_id = ${asked.companyId} and id = ${id}::uuid`)
    const standing = await standingOf(tx, doc, asked, found.documentId)
    return { ...unmoved(standing), changes: { attachment: id, name: found.name }, answer: { id }, kept: { id } }
  })
}
