// The keys, on one page: `?`.
import { store, useStore } from '../client/store.ts'
import { t } from '../i18n/index.ts'
import { Kbd } from '../parts/button.tsx'
import type { Place } from './nav.ts'
import styles from './sheet.module.css'
import { Sheet } from './sheet.tsx'

export const helpOpen = store(false)

type Line = readonly [text: string, keys: readonly string[]]

function Group({ title, lines }: { title: string; lines: readonly Line[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <dl>
        {lines.map(([text, keys]) => (
          <div key={text}>
            <dt>{text}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** The page of keys; the lists are those that the person has. */
export function Help({ places }: { places: readonly Place[] }) {
  if (!useStore(helpOpen)) return null
  const go = places.flatMap((place): Line[] => (place.letter ? [[place.text, ['g', place.letter]]] : []))
  return (
    <Sheet label={t('help.title')} onClose={() => helpOpen.set(false)}>
      <div className={styles.help}>
        <h1>{t('help.title')}</h1>
        <Group
          title={t('help.anywhere')}
          lines={[
            [t('help.palette'), ['Ctrl', 'K']],
            [t('help.help'), ['?']],
            [t('nav.home'), ['g', 'h']],
            [t('help.back'), ['Esc']],
          ]}
        />
        <Group
          title={t('help.lists')}
          lines={[
            [t('help.move'), ['↑', '↓', 'j', 'k']],
            [t('help.open'), ['Enter']],
            [t('help.select'), ['x']],
            [t('help.select-range'), ['Shift', '↓']],
            [t('help.search-list'), ['/']],
            [t('help.filter'), ['f']],
            [t('help.new'), ['n']],
          ]}
        />
        <Group
          title={t('help.documents')}
          lines={[
            [t('help.act'), ['.']],
            [t('help.back'), ['Esc']],
          ]}
        />
        <Group title={t('help.go')} lines={go} />
      </div>
    </Sheet>
  )
}
