// Who hears a scan: the part of the screen that was drawn last and asks for it; the screen hears it when nobody does.
import { useEffect, useRef } from 'react'

type Heard = (code: string) => void
const ears: { current: Heard | undefined }[] = []

/** Hears scans while the component is there. */
export function useHeard(heard: Heard | undefined): void {
  const own = useRef(heard)
  own.current = heard
  useEffect(() => {
    ears.push(own)
    return () => void ears.splice(ears.indexOf(own), 1)
  }, [])
}

/** Tells a scan to whoever wants it; says whether somebody did. */
export function tell(code: string): boolean {
  const ear = ears.findLast((one) => one.current !== undefined)
  ear?.current?.(code)
  return ear !== undefined
}
