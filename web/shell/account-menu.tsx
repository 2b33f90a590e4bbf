// The person's own menu: how the app looks and speaks, and signing out.
import { remove } from '../client/http.ts'
import { client } from '../client/questions.ts'
import { session } from '../client/session.ts'
import { useStore } from '../client/store.ts'
import { forgetImports } from '../generic/import/kept.ts'
import { speak, t, useLanguage } from '../i18n/index.ts'
import { Icon } from '../parts/icon.tsx'
import { Menu, type MenuItem } from '../parts/pop.tsx'
import styles from './frame.module.css'
import { density, theme } from './preferences.ts'

/** Ends the session here and forgets what was read, and the files that were imported. */
async function signOut(): Promise<void> {
  await remove('/api/session').catch(() => undefined)
  client.clear()
  await forgetImports()
  session.set(null)
}

/** The menu under the person's name. */
export function AccountMenu() {
  const language = useLanguage()
  const who = useStore(session)?.account
  const look = useStore(theme)
  const dense = useStore(density)
  const items: readonly MenuItem[] = [
    ...(['system', 'light', 'dark'] as const).map((one, at) => ({
      key: one,
      text: t(`shell.theme.${one}`),
      chosen: look === one,
      ...(at === 0 ? { heading: t('shell.theme') } : {}),
      onChoose: () => theme.set(one),
    })),
    ...(['comfortable', 'compact'] as const).map((one, at) => ({
      key: one,
      text: t(`shell.density.${one}`),
      chosen: dense === one,
      ...(at === 0 ? { heading: t('shell.density') } : {}),
      onChoose: () => density.set(one),
    })),
    ...(['en', 'de'] as const).map((one, at) => ({
      key: one,
      text: one === 'en' ? 'English' : 'Deutsch',
      chosen: language === one,
      ...(at === 0 ? { heading: t('shell.language') } : {}),
      onChoose: () => void speak(one),
    })),
    { key: 'out', text: t('shell.sign-out'), heading: who?.email ?? '', onChoose: () => void signOut() },
  ]
  return (
    <Menu
      items={items}
      target={
        <button type="button" className={styles.who} aria-label={`${who?.name}, ${t('shell.account')}`}>
          <Icon name="person" />
          <span>{who?.name}</span>
        </button>
      }
    />
  )
}
