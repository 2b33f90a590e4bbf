// A workbook that somebody imports comes back as rows of text, read under the limits of every other workbook.
import { readWorkbook } from '#kernel/exchange'
import { T } from '#kernel/schema'
import { INTEGER, listOf, objectOf, TEXT } from '../answers.ts'
import { type Call, inCompany, type Route } from '../route.ts'

// A screen shows what it imports, and the server answers others meanwhile: less than the command line takes.
const LIMITS = { bytesMax: 20 * 1024 * 1024, cellsMax: 500_000 } as const

/** The longest text of the file, which is three quarters of it in bytes. */
const FILE_MOST = 16 * 1024 * 1024

const file = T.text(FILE_MOST)

const workbook = objectOf({
  sheets: listOf(TEXT),
  sheet: TEXT,
  rows: listOf(objectOf({ line: INTEGER, cells: listOf(TEXT) })),
})

async function answer({ body }: Call) {
  const bytes = Buffer.from(String(body.file), 'base64')
  return await readWorkbook(bytes, { ...LIMITS, ...(typeof body.sheet === 'string' ? { sheet: body.sheet } : {}) })
}

/** POST /api/sheet, which changes nothing: the file goes in as base64, and its first sheet or the one named comes out. */
export const sheetRoute: Route = {
  method: 'POST',
  url: '/api/sheet',
  operation: 'web.sheet',
  tag: 'web',
  summary: 'The rows of an XLSX workbook, as text',
  needs: inCompany,
  body: T.object({
    file: { ...file, pattern: '^[A-Za-z0-9+/]*={0,2}$', contentEncoding: 'base64' },
    sheet: T.optional(T.text(200)),
  }),
  answer: workbook,
  changes: false,
  handle: answer,
}
