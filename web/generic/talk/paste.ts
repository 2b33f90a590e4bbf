// Files out of the clipboard: a picture that was cut out of a screen, or files that were copied.
import { useEffect, useRef } from 'react'
import { t } from '../../i18n/index.ts'

/** What browsers call a picture that has no name. */
const NAMELESS = /^image\.(\w+)$/

/** The file under a name that tells it from the next one: 'Pasted 2026-11-22 14.05.09.png'. */
export function named(file: File, now: Date): File {
  const [, ending] = NAMELESS.exec(file.name) ?? []
  if (!ending) return file
  const two = (n: number) => String(n).padStart(2, '0')
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-')
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('.')
  return new File([file], `${t('file.pasted')} ${day} ${time}.${ending}`, { type: file.type })
}

const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))

/**
 * Takes files that are pasted anywhere on the screen. Where somebody types, text is what he means: a spreadsheet puts a
 * picture of its cells beside them.
 */
export function usePasted(take: (files: readonly File[]) => void): void {
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const { files = [], types = [] } = event.clipboardData ?? {}
      if (files.length === 0 || (takesText(event.target) && types.includes('text/plain'))) return
      event.preventDefault()
      const now = new Date()
      latest.current([...files].map((file) => named(file, now)))
    }
    window.addEventListener('paste', onPaste)
    return () => window.removeEventListener('paste', onPaste)
  }, [])
}
