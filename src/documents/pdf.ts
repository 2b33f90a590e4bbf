// Turns a description of pages into a PDF: fonts from the package, nothing fetched, texts as they are.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'

const FONTS = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'build/fonts/Roboto')
const font = (name: string): string => join(FONTS, `Roboto-${name}.ttf`)

let library: ReturnType<typeof prepared> | undefined

/**
 * The library, read when the first paper is made, for it is a tenth of what a command needs to start. Fonts are the only
 * files, and no address is ever opened: a paper shows what the books say and nothing else.
 */
async function prepared() {
  const { default: pdfmake } = await import('pdfmake')
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
  return pdfmake
}

/** The bytes of the PDF. `now` is the instant that it says it was made at. */
export async function makePdf(pages: TDocumentDefinitions, title: string, now: Date): Promise<Buffer> {
  library ??= prepared()
  const pdfmake = await library
  const info = { title, producer: 'Tradewright', creator: 'Tradewright', creationDate: now }
  return await pdfmake
    .createPdf({ ...pages, info, compress: true, defaultStyle: { font: 'Roboto', fontSize: 9 } })
    .getBuffer()
}
