// Keys: one listener for the page, the newest binding first, and none of them while somebody types.
import { useEffect, useRef } from 'react'

/** 'mod+k' (Ctrl or Command), 'shift+?', 'g o' (one after the other), 'Escape', 'ArrowDown', 'j'. */
type Bindings = Readonly<Record<string, ((event: KeyboardEvent) => void) | undefined>>
type Entry = { current: Bindings }

const stack: Entry[] = []
let before = ''
let beforeAt = 0

/** How long the second key of a pair may take, in milliseconds. */
const PAIR = 900

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && target.type === 'checkbox')

function nameOf(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : ''
  const shift = event.shiftKey && event.key.length > 1 ? 'shift+' : ''
  return `${mod}${event.altKey ? 'alt+' : ''}${shift}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const name = nameOf(event)
  const typing = isTyping(event.target)
  if (typing && !name.startsWith('mod+') && name !== 'Escape') return
  const paired = !typing && event.timeStamp - beforeAt < PAIR ? `${before} ${name}` : ''
  before = name
  beforeAt = event.timeStamp
  for (const entry of [...stack].reverse()) {
    const act = entry.current[paired] ?? entry.current[name]
    if (!act) continue
    event.preventDefault()
    before = ''
    act(event)
    return
  }
}

addEventListener('keydown', onKey)

/** Binds keys while the component is there. What was bound last is asked first, so that a panel may take Escape. */
export function useKeys(bindings: Bindings, enabled = true): void {
  const entry = useRef(bindings)
  entry.current = bindings
  useEffect(() => {
    if (!enabled) return
    stack.push(entry)
    return () => void stack.splice(stack.indexOf(entry), 1)
  }, [enabled])
}
