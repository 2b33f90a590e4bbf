// Turns a description of pages into a PDF: fonts from the package, nothing fetched, texts as they are.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import pdfmake from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'

const FONTS = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'build/fonts/Roboto')
const font = (name: string): string => join(FONTS, `Roboto-${name}.ttf`)

let ready = false

/** Fonts are the only files, and no address is ever opened: a paper shows what the books say and nothing else. */
function prepare(): void {
  if (ready) return
  ready = true
  pdfmake.setFonts({
    Roboto: {
      normal: font('Regular'),
      bold: font('Medium'),
      italics: font('Italic'),
      bolditalics: font('MediumItalic'),
    },
  })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(FONTS))
}

/** The bytes of the PDF. `now` is the instant that it says it was made at. */
export async function makePdf(pages: TDocumentDefinitions, title: string, now: Date): Promise<Buffer> {
  prepare()
  const info = { title, producer: 'Tradewright', creator: 'Tradewright', creationDate: now }
  return await pdfmake
    .createPdf({ ...pages, info, compress: true, defaultStyle: { font: 'Roboto', fontSize: 9 } })
    .getBuffer()
}
