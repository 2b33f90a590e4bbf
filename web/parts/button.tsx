// Buttons, in four voices, and keys as people see them on a keyboard.
import type { ComponentProps } from 'react'
import styles from './button.module.css'
import { Icon, type IconName } from './icon.tsx'

export type Tone = 'plain' | 'primary' | 'quiet' | 'danger'

type ButtonProps = ComponentProps<'button'> & {
  tone?: Tone
  icon?: IconName
  /** Shown as a key cap; the screen binds the key itself with `useKeys`. */
  hint?: string
}

/** A button. One primary button a screen; without children it is square and needs `aria-label`. */
export function Button({ tone = 'plain', icon, hint, className, children, ...rest }: ButtonProps) {
  const voices = [styles.button, tone === 'plain' ? '' : styles[tone], children ? '' : styles.bare, className ?? '']
  return (
    <button type="button" {...rest} className={voices.join(' ')}>
      {icon ? <Icon name={icon} /> : null}
      {children}
      {hint ? <Kbd>{hint}</Kbd> : null}
    </button>
  )
}

/** For a link that looks like a button. */
export const buttonClass = styles.button ?? ''

/** A key cap. */
export const Kbd = ({ children }: { children: string }) => <kbd className={styles.kbd}>{children}</kbd>
