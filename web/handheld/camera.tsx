// The camera as a scanner, for devices that have no other: pictures are read on the device by ZXing, loaded when first used.
import { useEffect, useRef, useState } from 'react'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { t, useLanguage } from '../i18n/index.ts'
import styles from './handheld.module.css'

/** How long to wait between two looks, in milliseconds: a battery lasts a shift. */
const PAUSE = 160
/** The same code is not taken twice while it stays in the picture. */
const HOLD = 1_500

async function reader() {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader')
  prepareZXingModule({
    overrides: { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasmUrl : prefix + path) },
  })
  return readBarcodes
}

/** Looks until the signal says stop, and calls `heard` for each new code. */
async function look(video: HTMLVideoElement, heard: (code: string) => void, signal: AbortSignal): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 } },
  })
  const stop = () => {
    for (const track of stream.getTracks()) track.stop()
  }
  if (signal.aborted) return stop()
  signal.addEventListener('abort', stop)
  video.srcObject = stream
  await video.play()
  const read = await reader()
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  let last = { text: '', at: 0 }
  while (!signal.aborted && context) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
    if (video.videoWidth === 0) continue
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    context.drawImage(video, 0, 0)
    const [found] = await read(context.getImageData(0, 0, canvas.width, canvas.height), {
      textMode: 'Plain',
      maxNumberOfSymbols: 1,
    })
    if (!found?.text || signal.aborted) continue
    const now = performance.now()
    if (found.text === last.text && now - last.at < HOLD) {
      last.at = now
      continue
    }
    last = { text: found.text, at: now }
    heard(found.text)
  }
}

/** The picture of the camera. */
export function Camera({ heard }: { heard: (code: string) => void }) {
  useLanguage()
  const video = useRef<HTMLVideoElement>(null)
  const latest = useRef(heard)
  latest.current = heard
  const [fault, setFault] = useState<string>()
  useEffect(() => {
    const ended = new AbortController()
    if (video.current)
      look(video.current, (code) => latest.current(code), ended.signal).catch((error: unknown) =>
        setFault(error instanceof Error ? error.message : String(error)),
      )
    return () => ended.abort()
  }, [])
  if (fault) return <p role="alert">{t('hand.camera-none', { why: fault })}</p>
  return <video ref={video} className={styles.camera} muted playsInline />
}
