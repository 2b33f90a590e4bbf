// What opens beside a button: a menu of things to do, or a small form. Escape and a click elsewhere close it.
import { Menu as MantineMenu, Popover } from '@mantine/core'
import { Fragment, type ReactElement, type ReactNode, useState } from 'react'
import { Icon, type IconName } from './icon.tsx'
import styles from './pop.module.css'

export type MenuItem = {
  key: string
  text: ReactNode
  icon?: IconName
  chosen?: boolean
  /** A heading above this item, which begins a group. */
  heading?: string
  onChoose(): void
}

/** A menu under a button, moved through with the arrow keys. */
export function Menu({ target, items, width }: { target: ReactElement; items: readonly MenuItem[]; width?: number }) {
  return (
    <MantineMenu
      position="bottom-start"
      offset={4}
      transitionProps={{ duration: 0 }}
      unstyled
      classNames={{ dropdown: styles.drop ?? '', item: styles.item ?? '' }}
      {...(width ? { width } : {})}
    >
      <MantineMenu.Target>{target}</MantineMenu.Target>
      <MantineMenu.Dropdown>
        {items.map((item, at) => (
          <Fragment key={item.key}>
            {item.heading ? (
              <>
                {at > 0 ? <hr className={styles.line} /> : null}
                <div className={styles.heading}>{item.heading}</div>
              </>
            ) : null}
            <MantineMenu.Item onClick={item.onChoose} data-chosen={item.chosen ?? false}>
              {item.chosen === undefined ? null : <Icon name={item.chosen ? 'check' : 'right'} size={13} />}
              {item.icon ? <Icon name={item.icon} /> : null}
              {item.text}
            </MantineMenu.Item>
          </Fragment>
        ))}
      </MantineMenu.Dropdown>
    </MantineMenu>
  )
}

/** What everything that opens beside a button has in common. */
const DROPPED = {
  offset: 4,
  trapFocus: true,
  returnFocus: true,
  transitionProps: { duration: 0 },
  unstyled: true,
  classNames: { dropdown: `${styles.drop} ${styles.form}` },
} as const

type AttachedProps = {
  target: ReactElement
  label: string
  opened: boolean
  onOpened: (opened: boolean) => void
  children: ReactNode
  /** At most the window's own width. */
  width?: number
  /** Opens upward, for a bar at the lower edge. */
  above?: boolean
}

/** A panel that hangs on its button until it is done or put away: a click elsewhere leaves it open, with what was typed. */
export function Attached({ target, label, opened, onOpened, children, width = 400, above = false }: AttachedProps) {
  return (
    <Popover
      {...DROPPED}
      opened={opened}
      onChange={onOpened}
      closeOnClickOutside={false}
      position={above ? 'top-start' : 'bottom-end'}
    >
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown aria-label={label} style={{ width: `min(${width}px, 96vw)` }}>
        {opened ? children : null}
      </Popover.Dropdown>
    </Popover>
  )
}

type PopProps = {
  /** Draws the button; gets the function that opens and closes. */
  target: (toggle: () => void, opened: boolean) => ReactElement
  label: string
  children: (close: () => void) => ReactNode
  width?: number
}

/** A small form or a panel under a button; the focus goes in and comes back. */
export function Pop({ target, label, children, width = 300 }: PopProps) {
  const [opened, setOpened] = useState(false)
  const close = () => setOpened(false)
  return (
    <Popover {...DROPPED} opened={opened} onChange={setOpened} position="bottom-start">
      <Popover.Target>{target(() => setOpened(!opened), opened)}</Popover.Target>
      <Popover.Dropdown aria-label={label} style={{ width }}>
        {opened ? children(close) : null}
      </Popover.Dropdown>
    </Popover>
  )
}
