// Readers of papers that share nothing with their makers: PDF.js for text and picture, ZXing for bars, Zebrash for ZPL.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createCanvas } from '@napi-rs/canvas'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const require = createRequire(import.meta.url)
const wasm = readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'))

export type Paper = {
  readonly pages: readonly string[]
  readonly sizes: readonly (readonly [number, number])[]
  readonly pictures: readonly Uint8Array[]
}

/** The text and a picture of each page, three dots to the point. */
export async function readPdf(bytes: Uint8Array, draw = true): Promise<Paper> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
  const pdf = await task.promise
  const pages: string[] = []
  const sizes: [number, number][] = []
  const pictures: Uint8Array[] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    pages.push(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join(''))
    const viewport = page.getViewport({ scale: 3 })
    sizes.push([viewport.width / 3, viewport.height / 3])
    if (!draw) continue
    const canvas = createCanvas(viewport.width, viewport.height)
    // PDF.js is typed for browsers; this canvas has all that it draws with.
    await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport }).promise
    pictures.push(await canvas.encode('png'))
  }
  await task.destroy()
  return { pages, sizes, pictures }
}

/** The barcodes of a picture, as an independent reader sees them. */
export async function readBars(png: Uint8Array): Promise<readonly { format: string; text: string; gs1: boolean }[]> {
  prepareZXingModule({
    overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) },
  })
  const found = await readBarcodes(new Uint8Array(png), { tryHarder: true, textMode: 'Plain' })
  return found.map((one) => ({ format: one.format, text: one.text, gs1: one.contentType === 'GS1' }))
}

/** The labels of a ZPL text as pictures. */
export async function readZpl(zpl: string): Promise<readonly Uint8Array[]> {
  const { ready } = await import('zpl-renderer-js')
  const { api } = await ready
  const labels = await api.zplToBase64MultipleAsync(zpl, 101.6, 152.4, 8)
  return labels.map((label) => Buffer.from(label, 'base64'))
}
