// A camera that looks at one barcode: a film of it, which Chromium shows in place of a real camera.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import bwip from 'bwip-js/node'

const WIDTH = 640
const HEIGHT = 480
/** Points of the narrowest bar; the quiet zone beside a code is ten of these (ISO/IEC 15417). */
const BAR = 2
const WHITE = 235
const BLACK = 16
const GREY = 128

/** The widths of bars and gaps in turn, beginning with a bar. */
function barsOf(text: string): readonly number[] {
  const [code] = bwip.raw({ bcid: 'code128', text })
  if (!code || !('sbs' in code)) throw new Error(`no bars for ${text}`)
  return code.sbs
}

/** One picture: a paper that fills it, with the code across the middle. */
function pictureOf(text: string): Buffer {
  const light = Buffer.alloc(WIDTH * HEIGHT, WHITE)
  const bars = barsOf(text)
  const wide = bars.reduce((sum, one) => sum + one, 0) * BAR
  let x = Math.trunc((WIDTH - wide) / 2)
  if (x < 10 * BAR) throw new Error(`${text} is too long for the picture`)
  bars.forEach((width, at) => {
    const end = x + width * BAR
    if (at % 2 === 0) for (let y = 140; y < 340; y++) light.fill(BLACK, y * WIDTH + x, y * WIDTH + end)
    x = end
  })
  return Buffer.concat([light, Buffer.alloc((WIDTH * HEIGHT) / 2, GREY)])
}

/** Writes the film into `folder`; what it shows can be changed by writing it again before the next browser starts. */
export function filmOf(text: string, folder: string): string {
  const file = join(folder, 'camera.y4m')
  const frame = Buffer.concat([Buffer.from('FRAME\n'), pictureOf(text)])
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`)
  writeFileSync(file, Buffer.concat([head, frame, frame]))
  return file
}

/** What Chromium must be told to take the film for its camera, and to let pages look without asking. */
export const lookingAt = (film: string): readonly string[] => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
]
