// How wide a box is just now, for drawings that are made to measure.
import { type RefCallback, useCallback, useState } from 'react'

/** The ref for the box and its width in pixels: `first` until it was measured, and never under `least`. */
export function useWidth(first: number, least: number): readonly [RefCallback<HTMLElement>, number] {
  const [width, setWidth] = useState(first)
  const measure = useCallback(
    (box: HTMLElement | null) => {
      if (!box) return
      const observer = new ResizeObserver(() => setWidth(Math.max(least, box.clientWidth)))
      observer.observe(box)
      return () => observer.disconnect()
    },
    [least],
  )
  return [measure, width]
}
