// A sheet over the screen for what is opened and left at once: the palette, the help. The browser keeps the focus in it.
import { type ReactNode, useEffect, useRef } from 'react'
import styles from './sheet.module.css'

/** A modal dialog element; Escape and a click beside it close it. */
export function Sheet({ label, onClose, children }: { label: string; onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    // The click is a convenience; closing by keyboard is the dialog's own Escape.
    <dialog
      ref={dialog}
      className={styles.sheet}
      aria-label={label}
      onClose={onClose}
      onMouseDown={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      {children}
    </dialog>
  )
}
