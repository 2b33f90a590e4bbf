// What all papers of a company have in common: the letterhead, the foot with its pages, tables, and the words beside a value.
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Issuer } from './company.ts'
import { country, type Tongue } from './locale.ts'
import type { Place } from './read-shipment.ts'
import type { Say } from './words.ts'

/** On what a paper is written and how. */
export type Stationery = {
  readonly issuer: Issuer
  readonly tongue: Tongue
  readonly say: Say
  readonly size: 'A4' | 'LETTER'
}

const MARGIN = 42
const LINE = '#b9b9b3'
const SOFT = '#5b5b57'

/** Control signs would move a printer or a reader; a text is one line of letters. */
export const plain = (text: string | null | undefined): string => (text ?? '').replace(/\p{Cc}+/gu, ' ')

export const cell = (text: string, more: object = {}): { text: string } & object => ({ text: plain(text), ...more })
export const right = (text: string, more: object = {}): { text: string } & object =>
  cell(text, { alignment: 'right', ...more })

/** English-speaking countries write the code behind the town, the others before it. */
const townOf = ({ postcode, city, country: where }: Place): string =>
  (['US', 'CA', 'GB', 'IE', 'AU', 'NZ'].includes(where ?? '') ? [city, postcode] : [postcode, city])
    .filter(Boolean)
    .join(' ')

/** An address as a letter has it. */
export const addressOf = (place: Place, { tongue, issuer }: Stationery): readonly string[] =>
  [
    place.name,
    place.street,
    townOf(place),
    place.country === issuer.country ? '' : country(place.country, tongue),
  ].flatMap((line) => (line ? [plain(line)] : []))

/** Pairs of a word and its value; what has no value is not told. */
export const facts = (pairs: readonly (readonly [string, string | null | undefined])[]): Content => ({
  table: {
    widths: ['auto', '*'],
    body: [
      ...pairs
        .filter(([, value]) => value)
        .map(([word, value]): TableCell[] => [cell(word, { color: SOFT }), cell(value ?? '', { bold: false })]),
      [{ text: '' }, { text: '' }],
    ],
  },
  layout: { ...PLAIN, paddingTop: () => 1, paddingBottom: () => 1 },
})

const PLAIN = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 10,
}

/** A table with a heading that comes again on every page, and rows that are not torn apart. */
export const table = (
  widths: readonly (string | number)[],
  heads: readonly TableCell[],
  rows: readonly TableCell[][],
): Content => ({
  margin: [0, 14, 0, 0],
  table: {
    headerRows: 1,
    dontBreakRows: true,
    keepWithHeaderRows: 1,
    widths: [...widths],
    body: [[...heads], ...rows],
  },
  layout: {
    hLineWidth: (at: number, node: { table: { body: unknown[] } }) =>
      at === 1 || at === node.table.body.length ? 0.8 : 0.3,
    hLineColor: () => LINE,
    vLineWidth: () => 0,
    paddingLeft: (at: number) => (at === 0 ? 0 : 5),
    paddingRight: () => 5,
    paddingTop: () => 3.5,
    paddingBottom: () => 3.5,
  },
})

export const headCell = (text: string, more: object = {}): TableCell =>
  cell(text, { bold: true, fontSize: 8, color: SOFT, ...more })

const bars = (svg: string): Content => ({ svg, width: 150, height: 26, alignment: 'right', margin: [0, 6, 0, 0] })

/** The upper part of the first page: whose paper, to whom, what it is; `bars` is a drawing of the number. */
export function letterhead(
  on: Stationery,
  given: {
    title: string
    number: string
    to: { word: string; place: Place }
    told: Content
    bars?: string | undefined
  },
): Content[] {
  const { issuer } = on
  const [first = '', ...rest] = addressOf(given.to.place, on)
  return [
    {
      columns: [
        {
          width: '*',
          stack: [
            cell(issuer.name, { fontSize: 13, bold: true }),
            ...(issuer.address ?? []).map((line) => cell(line, { color: SOFT, fontSize: 8.5 })),
          ],
        },
        {
          width: 200,
          stack: [
            right(given.title, { fontSize: 17, bold: true }),
            right(given.number, { fontSize: 11 }),
            ...(given.bars ? [bars(given.bars)] : []),
          ],
        },
      ],
    },
    {
      margin: [0, 26, 0, 0],
      columns: [
        {
          width: '*',
          stack: [
            cell(given.to.word, { color: SOFT, fontSize: 8, margin: [0, 0, 0, 2] }),
            cell(first, { bold: true, fontSize: 10 }),
            ...rest.map((line) => cell(line, { fontSize: 10 })),
          ],
        },
        { width: 230, stack: [given.told] },
      ],
    },
  ]
}

/** A running text for the foot or the head of a page, by its number. */
export type Running = (page: number, pages: number) => string | undefined

/** Puts contents on pages: number and title on those after the first, company and page number on all. */
export function sheet(
  on: Stationery,
  given: { title: string; content: Content[]; mark?: string | undefined; above?: Running; below?: Running },
): TDocumentDefinitions {
  const { issuer, say } = on
  const foot = [
    issuer.name,
    ...(issuer.address ?? []),
    issuer.taxId ? `${say('tax-id')} ${issuer.taxId}` : '',
    ...(issuer.bank ?? []),
  ]
  return {
    pageSize: on.size,
    pageMargins: [MARGIN, 62, MARGIN, 74],
    content: given.content,
    ...(given.mark ? { watermark: { text: given.mark, opacity: 0.09, bold: true } } : {}),
    header: (page, pages) =>
      page === 1
        ? null
        : {
            margin: [MARGIN, 28, MARGIN, 0],
            columns: [
              cell(`${issuer.name} · ${given.title}`, { color: SOFT }),
              right(given.above?.(page, pages) ?? '', { bold: true, width: 'auto' }),
            ],
          },
    footer: (page, pages) => ({
      margin: [MARGIN, 8, MARGIN, 0],
      stack: [
        right(given.below?.(page, pages) ?? '', { bold: true, margin: [0, 0, 0, 6] }),
        {
          columns: [
            cell(foot.filter(Boolean).join(' · '), { color: SOFT, fontSize: 7.5 }),
            right(say('page', { page, pages }), { color: SOFT, fontSize: 8, width: 70 }),
          ],
        },
      ],
    }),
  }
}
