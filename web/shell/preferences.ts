// How the app looks to this person on this device: theme, density, the folded navigation, the warehouse he works in.
import { store } from '../client/store.ts'

export type Theme = 'system' | 'light' | 'dark'
export type Density = 'comfortable' | 'compact'

const choice = <T extends string>(key: string, choices: readonly T[], first: T) => {
  const stored = localStorage.getItem(key)
  const kept = store<T>(choices.find((one) => one === stored) ?? first)
  kept.listen(() => localStorage.setItem(key, kept.get()))
  return kept
}

export const theme = choice<Theme>('tradewright.theme', ['system', 'light', 'dark'], 'system')
export const density = choice<Density>('tradewright.density', ['comfortable', 'compact'], 'comfortable')
export const folded = choice<'yes' | 'no'>('tradewright.folded', ['yes', 'no'], 'no')

const dark = matchMedia('(prefers-color-scheme: dark)')

/** Puts theme and density on the root element, now and whenever they change. */
export function applyPreferences(): void {
  const apply = () => {
    const wished = theme.get()
    const root = document.documentElement
    root.dataset.theme = wished === 'system' ? (dark.matches ? 'dark' : 'light') : wished
    root.dataset.density = density.get()
  }
  apply()
  theme.listen(apply)
  density.listen(apply)
  dark.addEventListener('change', apply)
}
