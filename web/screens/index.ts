// The screens written by hand: their address, what loads them, and where they stand in the navigation.
import type { ComponentType } from 'react'
import type { Key } from '../i18n/index.ts'
import type { Area } from '../shell/nav.ts'

export type Screen = {
  /** As TanStack Router writes it: '/desk', '/sales/order/$id'. It goes before a generic screen at the same address. */
  readonly path: string
  /** Loads the screen's own chunk: `() => import('./desk/desk.tsx')`, which exports the component as `Screen`. */
  readonly load: () => Promise<{ Screen: ComponentType }>
  /** Documents of which the person must be able to read at least one, for the navigation. */
  readonly needs?: readonly string[]
  readonly nav?: { readonly area: Area; readonly text: Key; readonly letter?: string }
}

export const screens: readonly Screen[] = [
  {
    path: '/desk',
    load: () => import('./order-desk/order-desk.tsx'),
    needs: ['sales.order'],
    nav: { area: 'sales', text: 'nav.desk', letter: 'd' },
  },
]
