// Two sides of the template laid beside each other: two releases, a release and what stands at a site, or two sites.
import { useGet } from '../../client/questions.ts'
import type { components } from '../../generated/api.ts'
import { choiceWord, counted, t, useLanguage } from '../../i18n/index.ts'
import { inputClass } from '../../parts/field.tsx'
import { Empty, ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { Table } from '../../parts/table.tsx'
import { scrolls } from './headings.ts'
import type { Site } from './marks.tsx'
import styles from './rollout.module.css'
import type { Go } from './template.tsx'
import { ObjectFields, plainText, SideValue } from './value.tsx'
import { keyText, useWords, type Words } from './words.ts'

type Difference = components['schemas']['rollout.template-diff.row']
type Release = components['schemas']['rollout.releases.row']

const sideWord = (side: string): string => (side.startsWith('@') ? side.slice(1) : side)

type SideProps = {
  label: string
  value: string
  releases: readonly Release[]
  sites: readonly Site[]
  onChange: (side: string) => void
}

function SideSelect({ label, value, releases, sites, onChange }: SideProps) {
  return (
    <label className={styles.side}>
      <span>{label}</span>
      <select
        className={`${inputClass} ${styles.select}`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        <optgroup label={t('rollout.releases')}>
          {releases.map((one) => (
            <option key={one.number} value={one.number}>
              {one.number}
              {one.state === 'withdrawn' ? ` · ${t('rollout.withdrawn')}` : ''}
            </option>
          ))}
        </optgroup>
        <optgroup label={t('rollout.sites')}>
          {sites.map((one) => (
            <option key={one.id} value={`@${one.code}`}>
              {one.code} · {one.name}
            </option>
          ))}
        </optgroup>
      </select>
    </label>
  )
}

function Row({ one, words, from, to }: { one: Difference; words: Words; from: string; to: string }) {
  const kind = one.field === null ? undefined : words.fieldKind(one.kind, one.field)
  const side = (value: unknown, other: unknown, where: string) =>
    one.field === null && value === null ? (
      <span className="quiet">{t('rollout.not-there')}</span>
    ) : one.field === null ? (
      <ObjectFields kind={one.kind} fields={value} words={words} />
    ) : (
      <span title={where}>
        <SideValue value={value} other={other} {...(kind ? { kind } : {})} />
      </span>
    )
  return (
    <tr>
      <td>
        <span className={`code ${styles.key}`}>{keyText(one.key)}</span>
      </td>
      <td>
        {one.field !== null
          ? words.field(one.kind, one.field)
          : t('rollout.only-to', { side: sideWord(one.what === 'added' ? to : from) })}
      </td>
      <td data-label={sideWord(from)}>{side(one.from, one.to, from)}</td>
      <td data-label={sideWord(to)}>{side(one.to, one.from, to)}</td>
      <td className={styles.reason}>
        {one.reason}
        {one.owner ? <small className="quiet">{choiceWord(one.owner)}</small> : null}
      </td>
    </tr>
  )
}

type Asked = { site: string; from: string; to: string; q: string }

function Differences({ site, from, to, q }: Asked) {
  useLanguage()
  const words = useWords()
  const { data, error, isPending, refetch } = useGet('/api/rollout/template-diff', { site, from, to })
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={8} />
  const shown = data.items.filter((one) =>
    [words.kind(one.kind), one.key, plainText(one.from), plainText(one.to), choiceWord(one.owner), one.reason]
      .join(' ')
      .toLocaleLowerCase()
      .includes(q),
  )
  if (shown.length === 0) return <Empty title={t('rollout.no-differences')}>{t('rollout.no-differences-rest')}</Empty>
  const kinds = [...new Set(shown.map((one) => one.kind))]
  return (
    <>
      <p className={styles.sum}>
        <b>{counted('rollout.difference-count', shown.length)}</b>
      </p>
      {kinds.map((kind) => (
        <Section key={kind} title={words.kind(kind)}>
          <Table
            className={`${styles.steps} ${styles.compare}`}
            heads={[t('rollout.object'), t('rollout.field'), sideWord(from), sideWord(to), t('rollout.why')]}
          >
            {shown
              .filter((one) => one.kind === kind)
              .map((one) => (
                <Row key={`${one.key} ${one.field}`} one={one} words={words} from={from} to={to} />
              ))}
          </Table>
        </Section>
      ))}
    </>
  )
}

type Props = {
  site: Site
  releases: readonly Release[]
  search: Readonly<Record<string, string | undefined>>
  q: string
  go: Go
}

/** From the site's release to what stands there, until others are chosen. */
export function Compare({ site, releases, search, q, go }: Props) {
  useLanguage()
  const sites = (useGet('/api/rollout/board', {}).data?.items ?? []).filter(
    (one) => one.scope === site.scope && one.place === site.place,
  )
  const from = search.from ?? site.release
  const to = search.to ?? `@${site.code}`
  return (
    <>
      <div className={styles.sides}>
        <SideSelect
          label={t('rollout.from')}
          value={from}
          releases={releases}
          sites={sites}
          onChange={(side) => go({ from: side })}
        />
        <SideSelect
          label={t('rollout.to')}
          value={to}
          releases={releases}
          sites={sites}
          onChange={(side) => go({ to: side })}
        />
      </div>
      <div className={styles.scroll} {...scrolls(t('rollout.compare'))}>
        <div className={styles.padded}>
          {from === to ? (
            <Empty title={t('rollout.no-differences')}>{t('rollout.same-sides')}</Empty>
          ) : (
            <Differences site={site.id} from={from} to={to} q={q} />
          )}
        </div>
      </div>
    </>
  )
}
