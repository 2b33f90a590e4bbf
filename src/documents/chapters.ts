// Sets a paper of chapters and tables, such as a charter, a blueprint or the report of a gate, as a PDF.
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Chapter, Content as Paper } from '../rollout/gate/paper/chapter.ts'
import { makePdf } from './pdf.ts'
import { cell, headCell, plain, table } from './sheet.ts'

const MARGIN = 36
const SOFT = '#5b5b57'

/** A hash has no place to break by itself; a thin space after every eight signs gives it some. */
const breakable = (text: string): string =>
  /^[0-9a-f]{64}$/.test(text) ? text.replace(/(.{8})(?=.)/g, '$1\u200a') : text

function chapterOf({ title, text, tables, whole }: Chapter): Content[] {
  return [
    { text: plain(title), fontSize: 12, bold: true, margin: [0, 16, 0, 2] },
    ...text.map((one): Content => ({ text: plain(one), margin: [0, 2, 0, 0] })),
    ...tables.map(
      ({ heads, rows }): Content =>
        rows.length === 0
          ? { text: '–', color: SOFT }
          : table(
              heads.map((_, at) => (at === heads.length - 1 ? '*' : 'auto')),
              heads.map((one) => headCell(one)),
              rows.map((row) => heads.map((_, at) => cell(breakable(row[at] ?? ''), { fontSize: 8 }))),
            ),
    ),
    ...(whole ? [{ text: `${whole.rows} in all, SHA-256 ${whole.hash}`, color: SOFT, fontSize: 7.5 }] : []),
  ]
}

/** The bytes of the PDF; `notes` stand under the title. */
export function chaptersPdf(paper: Paper, notes: readonly string[], now: Date): Promise<Buffer> {
  const pages: TDocumentDefinitions = {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [MARGIN, MARGIN, MARGIN, 44],
    content: [
      { text: plain(paper.title), fontSize: 16, bold: true, margin: [0, 0, 0, 6] },
      ...notes.map((one): Content => ({ text: plain(one), color: SOFT, margin: [0, 1, 0, 0] })),
      ...paper.chapters.flatMap(chapterOf),
    ],
    footer: (page, count) => ({
      margin: [MARGIN, 8, MARGIN, 0],
      columns: [
        cell(paper.title, { color: SOFT, fontSize: 7.5 }),
        { text: `${page} / ${count}`, alignment: 'right', color: SOFT, fontSize: 8, width: 70 },
      ],
    }),
  }
  return makePdf(pages, plain(paper.title), now)
}
