// Scanners that type: what comes fast and ends with Enter is a scan, wherever the focus is; a person's typing is left alone.
import { useEffect, useRef } from 'react'

/** Scanners send a sign every few milliseconds; nobody types that fast, in milliseconds between two keys. */
const FAST = 45
/** Where no field has the focus, signs belong to nobody else, and slow scanners are heard too. */
const PATIENT = 1_200
const LEAST = 2

const inField = (target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)

/** Takes what a fast scan has put into a field out of it again. */
function takeBack(field: HTMLElement, text: string): void {
  if (!(field instanceof HTMLInputElement) || !field.value.endsWith(text)) return
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  setter?.call(field, field.value.slice(0, -text.length))
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/** Calls `heard` for every scan while the component is there. Other keys of the app rest meanwhile. */
export function useScanner(heard: (code: string) => void): void {
  const latest = useRef(heard)
  latest.current = heard
  useEffect(() => {
    let text = ''
    let last = 0
    let fast = true
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      const typing = inField(event.target)
      const gap = event.timeStamp - last
      if (event.key.length === 1) {
        if (gap > PATIENT || text === '') {
          text = ''
          fast = true
        } else if (gap > FAST) fast = false
        text += event.key
        last = event.timeStamp
        // Letters that go to another screen are not for a handheld.
        if (!typing) event.stopPropagation()
        // A space would press the button that has the focus.
        if (!typing && event.key === ' ') event.preventDefault()
        return
      }
      if (event.key !== 'Enter' && event.key !== 'Tab') return
      const scanned = text.trim()
      const isScan = scanned.length >= LEAST && gap <= PATIENT && (typing ? fast : true)
      text = ''
      if (!isScan || (typing && event.key === 'Tab')) return
      event.preventDefault()
      event.stopPropagation()
      if (typing) takeBack(event.target as HTMLElement, scanned)
      latest.current(scanned)
    }
    addEventListener('keydown', onKey, { capture: true })
    return () => removeEventListener('keydown', onKey, { capture: true })
  }, [])
}
