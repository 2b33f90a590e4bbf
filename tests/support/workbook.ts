// A workbook as another program would write it: its sheets, each cell as XML, and a style that shows a number as a day.
import { zipStored } from '#kernel/exchange/zip'

/** A cell: a text, or the XML of a cell without its address. */
export type Cell = string | { readonly attributes?: string; readonly inside: string }

/** Number, day, formula with and without its result, and what a formula shows that cannot be worked out. */
export const number = (value: string): Cell => ({ inside: `<v>${value}</v>` })
export const day = (serial: string): Cell => ({ attributes: ' s="1"', inside: `<v>${serial}</v>` })
export const formula = (text: string, result?: string): Cell => ({
  inside: `<f>${text}</f>${result === undefined ? '' : `<v>${result}</v>`}`,
})
export const error = (shown: string): Cell => ({ attributes: ' t="e"', inside: `<v>${shown}</v>` })

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

function cellXml(cell: Cell, address: string): string {
  if (typeof cell === 'string')
    return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
  return `<c r="${address}"${cell.attributes ?? ''}>${cell.inside}</c>`
}

/** Rows of cells; an empty list leaves a row out, so that the numbers of the others show. */
function sheetXml(rows: readonly (readonly Cell[])[]): string {
  const row = (cells: readonly Cell[], at: number) =>
    cells.length === 0
      ? ''
      : `<row r="${at + 1}">${cells.map((cell, column) => cellXml(cell, `${String.fromCharCode(65 + column)}${at + 1}`)).join('')}</row>`
  return `<worksheet ${MAIN}><sheetData>${rows.map(row).join('')}</sheetData></worksheet>`
}

export type SheetOf = { readonly name: string; readonly hidden?: true; readonly rows: readonly (readonly Cell[])[] }

/** The bytes of a workbook of these sheets. At most 26 columns. */
export function workbook(sheets: readonly SheetOf[]): Buffer {
  const all = sheets.map((sheet, at) => ({ ...sheet, id: at + 1 }))
  const files: Readonly<Record<string, string>> = {
    '_rels/.rels': `<Relationships ${RELATIONS}><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets>${all
      .map(
        ({ name, hidden, id }) =>
          `<sheet name="${escaped(name)}" sheetId="${id}"${hidden ? ' state="hidden"' : ''} r:id="rId${id}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships ${RELATIONS}>${all
      .map(({ id }) => `<Relationship Id="rId${id}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${id}.xml"/>`)
      .join('')}<Relationship Id="rIdS" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet ${MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(all.map(({ id, rows }) => [`xl/worksheets/sheet${id}.xml`, sheetXml(rows)])),
  }
  const body = (xml: string) => Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${xml}`)
  return zipStored(Object.entries(files).map(([name, xml]) => ({ name, data: body(xml) })))
}
