// The objects of a release for a site, by file: found by any word, each with all that it says beside the list.
import { useGet } from '../../client/questions.ts'
import type { components } from '../../generated/api.ts'
import { choiceWord, counted, humane, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { type Column, DataGrid } from '../../parts/data-grid.tsx'
import { kept } from '../../parts/narrow.ts'
import { Empty, Facts, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { useWidth } from '../../parts/use-width.ts'
import { useKeys } from '../../shell/keys.ts'
import { headed, type Lined } from './headings.ts'
import { Lock, lockWhy } from './marks.tsx'
import styles from './rollout.module.css'
import type { Go } from './template.tsx'
import { ConfigValue, membersOf, plainText } from './value.tsx'
import { keyText, useWords, type Words } from './words.ts'

type TemplateObject = components['schemas']['rollout.template-objects.row']
/** `text` is everything that a search looks through; `says` what the row shows of it. */
type Row = TemplateObject & { readonly says: string; readonly text: string }

const nameOf = (one: TemplateObject): string => `${one.kind} ${one.key}`

/** What an object says in a line: its values without those that its key tells already. */
function saysOf(one: TemplateObject, words: Words): string {
  const parts = new Set(one.key.split('/'))
  return membersOf(one.fields)
    .filter(([, value]) => value !== null && value !== '' && !parts.has(String(value)))
    .map(([field, value]) => {
      if (field === 'name') return plainText(value)
      const text = Array.isArray(value) ? String(value.length) : plainText(value, words.fieldKind(one.kind, field))
      return field === 'value' ? text : `${words.field(one.kind, field)} ${text}`
    })
    .join(' · ')
}

const rowsOf = (objects: readonly TemplateObject[], words: Words): readonly Row[] =>
  objects.map((one) => {
    const says = saysOf(one, words)
    const text = [words.kind(one.kind), one.key, says, choiceWord(one.owner), one.reason, plainText(one.fields)]
    return { ...one, says, text: text.join(' ').toLocaleLowerCase() }
  })

/** Bounds and choices in words: 'one of these', 'between two numbers', or what people wrote. */
function allowedText(allowed: unknown): string {
  return membersOf(allowed)
    .map(([field, value]) => {
      const bounds = Object.fromEntries(membersOf(value))
      const [min, max] = [bounds.min, bounds.max].map((one) => (one === undefined ? undefined : plainText(one)))
      const text =
        min !== undefined && max !== undefined
          ? t('rollout.between', { min, max })
          : min !== undefined
            ? t('rollout.at-least', { min })
            : max !== undefined
              ? t('rollout.at-most', { max })
              : plainText(value)
      return field === 'value' ? text : `${humane(field)}: ${text}`
    })
    .join('; ')
}

const columns = (words: Words): readonly Column<Lined<Row>>[] => [
  { key: 'kind', label: t('rollout.kind'), width: 150, render: (one) => words.kind(one.kind) },
  {
    key: 'key',
    label: t('rollout.object'),
    width: 180,
    render: (one) => <span className="code">{keyText(one.key)}</span>,
  },
  {
    key: 'says',
    label: t('rollout.says'),
    width: 200,
    grows: true,
    render: (one) => <span title={one.says}>{one.says}</span>,
  },
  { key: 'control', label: t('rollout.lock'), width: 128, render: (one) => <Lock control={one.control} /> },
  { key: 'owner', label: t('rollout.owner'), width: 144, render: (one) => choiceWord(one.owner) },
]

/** What there is room for beside the chosen object, or on a telephone. */
const shownColumns = (words: Words, width: number) => {
  if (width < 600) return kept(columns(words), ['key', 'control'], true)
  return kept(columns(words), ['kind', 'key', 'says', 'control'], width < 840)
}

/** All that one object says, and what it may be instead. */
function Detail({ one, words, close }: { one: Row; words: Words; close: () => void }) {
  useLanguage()
  useKeys({ Escape: close })
  const allowed = allowedText(one.allowed)
  return (
    <aside className={styles.detail} aria-label={`${words.kind(one.kind)} ${one.key}`}>
      <header>
        <div>
          <span className="quiet">{words.kind(one.kind)}</span>
          <h2 className="code">{keyText(one.key)}</h2>
        </div>
        <Button tone="quiet" icon="close" aria-label={t('common.close')} onClick={close} />
      </header>
      <Lock control={one.control} />
      <p className="quiet">{lockWhy(one.control)}</p>
      {one.reason ? <p className={styles.notes}>{one.reason}</p> : null}
      <Facts
        facts={[
          { label: t('rollout.owner'), value: choiceWord(one.owner) },
          { label: t('rollout.file'), value: <span className="code">{one.file}</span> },
          ...(allowed ? [{ label: t('rollout.allowed'), value: allowed }] : []),
        ]}
      />
      <dl className={styles.values}>
        {membersOf(one.fields).map(([field, value]) => (
          <div key={field}>
            <dt>{words.field(one.kind, field)}</dt>
            <dd>
              <ConfigValue value={value} kind={words.fieldKind(one.kind, field)} />
            </dd>
          </div>
        ))}
      </dl>
    </aside>
  )
}

type Props = { site: string; release: string; q: string; at: string | undefined; go: Go }

export function Objects({ site, release, q, at, go }: Props) {
  useLanguage()
  const words = useWords()
  const [place, width] = useWidth(1160, 320)
  const { data, error, isPending, refetch } = useGet('/api/rollout/template-objects', { site, release })
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={12} />
  const rows = rowsOf(data.items, words)
  const wanted = q.split(/\s+/)
  const shown = rows.filter((one) => wanted.every((word) => one.text.includes(word)))
  const chosen = rows.find((one) => nameOf(one) === at)
  if (shown.length === 0) return <Empty title={t('rollout.no-objects')}>{t('rollout.none-such-rest')}</Empty>
  const lines = headed(
    shown,
    (one) => one.file ?? '',
    (one, text) => ({ ...one, key: '', kind: text }),
  )
  return (
    <div className={styles.two} data-open={chosen !== undefined}>
      <div ref={place} className={styles.place}>
        <DataGrid
          label={t('rollout.objects')}
          columns={shownColumns(words, width)}
          rows={lines}
          keyOf={nameOf}
          onOpen={(one: Lined<Row>) => (one.heading ? undefined : go({ at: nameOf(one) }))}
          count={shown.length}
          headingOf={({ heading }: Lined<Row>) =>
            heading ? (
              <>
                <span className="code">{heading.text}</span>{' '}
                <span className="quiet">{counted('rollout.object-count', heading.count)}</span>
              </>
            ) : undefined
          }
        />
      </div>
      {chosen ? <Detail one={chosen} words={words} close={() => go({ at: undefined })} /> : null}
    </div>
  )
}
