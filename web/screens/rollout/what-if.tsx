// What a release would do to every site before any site follows it: change by site as a matrix; and what sites have taught.
import { useGet } from '../../client/questions.ts'
import type { components } from '../../generated/api.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { inputClass } from '../../parts/field.tsx'
import { Empty, Figures, ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { right, Table } from '../../parts/table.tsx'
import { scrolls } from './headings.ts'
import { Rings } from './rings.tsx'
import styles from './rollout.module.css'
import type { Go } from './template.tsx'
import { Trials } from './trials.tsx'
import { plainText } from './value.tsx'
import { keyText, reasonWord, useWords, type Words } from './words.ts'

type Effect = components['schemas']['rollout.what-if.row']
type Release = components['schemas']['rollout.releases.row']

/** A sign for each effect, so that a cell is as small as a letter; the word stands in the legend and is heard. */
const SIGNS = { create: '+', update: '~', end: '−', deferred: '…', conflict: '!', needless: '○' } as const
type Kind = keyof typeof SIGNS
const KINDS: readonly Kind[] = ['create', 'update', 'end', 'deferred', 'conflict', 'needless']

type FieldChange = { readonly field: string; readonly from: unknown; readonly to: unknown }

/** The values that change: 'Due days 14 → 10'. */
function changesOf(one: Effect, words: Words): readonly string[] {
  // The column is JSON, which the API describes as unknown; the server writes it in this shape.
  const fields = (one.fields ?? []) as readonly FieldChange[]
  return fields.map(({ field, from, to }) => `${words.field(one.kind, field)} ${plainText(from)} → ${plainText(to)}`)
}

/** What happens to the object at a site, and why, in a line. */
const told = (one: Effect, words: Words): string =>
  [one.site, t(`rollout.effect-${one.effect}`), ...changesOf(one, words), reasonWord(one.reason)].join(' · ')

type Line = { readonly kind: string; readonly key: string; readonly at: ReadonlyMap<string, Effect> }

/** One line for each object that changes anywhere, with its effect by site. */
function linesOf(effects: readonly Effect[]): readonly Line[] {
  const found = new Map<string, { kind: string; key: string; at: Map<string, Effect> }>()
  for (const one of effects) {
    const name = `${one.kind} ${one.key}`
    const line = found.get(name) ?? { kind: one.kind, key: one.key, at: new Map() }
    // What somebody must decide goes before what simply happens.
    if (!line.at.has(one.site) || one.effect === 'conflict') line.at.set(one.site, one)
    found.set(name, line)
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line)
}

function Cell({ effect, words }: { effect: Effect | undefined; words: Words }) {
  if (!effect) return <td />
  return (
    <td className={styles.mark}>
      <span className={styles[`effect_${effect.effect}`]} title={told(effect, words)}>
        <span aria-hidden="true">{SIGNS[effect.effect]}</span>
        <span className="only-heard">{t(`rollout.effect-${effect.effect}`)}</span>
      </span>
    </td>
  )
}

function Matrix({ effects, sites, words }: { effects: readonly Effect[]; sites: readonly string[]; words: Words }) {
  return (
    <Table className={styles.matrix} heads={[t('rollout.object'), ...sites]}>
      {linesOf(effects).map((line) => (
        <tr key={`${line.kind} ${line.key}`}>
          <td>
            {words.kind(line.kind)} <span className="code">{keyText(line.key)}</span>
            <small>{[...new Set([...line.at.values()].flatMap((one) => changesOf(one, words)))].join('; ')}</small>
          </td>
          {sites.map((site) => (
            <Cell key={site} effect={line.at.get(site)} words={words} />
          ))}
        </tr>
      ))}
    </Table>
  )
}

/** Rules that several sites hold the same deviation from. */
function Lessons({ words }: { words: Words }) {
  const { data } = useGet('/api/rollout/lessons', {})
  if (!data || data.items.length === 0) return null
  return (
    <Section title={t('rollout.lessons')} beside={<span className={styles.aside}>{t('rollout.lessons-why')}</span>}>
      <Table
        heads={[
          t('rollout.object'),
          t('rollout.field'),
          t('rollout.value'),
          right(t('rollout.all-sites')),
          t('rollout.waived-at'),
        ]}
      >
        {data.items.map((one) => (
          <tr key={`${one.kind} ${one.key} ${one.field}`}>
            <td>
              {words.kind(one.kind)} <span className="code">{keyText(one.key)}</span>
            </td>
            <td>{one.field === null ? t('rollout.whole') : words.field(one.kind, one.field)}</td>
            <td>{plainText(one.value)}</td>
            <td className="number">{t('rollout.of', { n: one.sites, all: one.of })}</td>
            <td className="quiet">{one.waived}</td>
          </tr>
        ))}
      </Table>
    </Section>
  )
}

function Effects({ release }: { release: string }) {
  useLanguage()
  const words = useWords()
  const board = useGet('/api/rollout/board', {})
  const { data, error, isPending, refetch } = useGet('/api/rollout/what-if', { release })
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending || !board.data) return <Skeleton lines={10} />
  const effects = data.items
  const touched = new Set(effects.map((one) => one.site))
  const sites = board.data.items.map((one) => one.code).filter((code) => touched.has(code))
  const left = board.data.items.length - sites.length
  return (
    <>
      <div className={styles.legend}>
        <Figures
          figures={KINDS.map((kind) => ({
            label: `${SIGNS[kind]} ${t(`rollout.effect-${kind}`)}`,
            value: effects.filter((one) => one.effect === kind).length,
          }))}
        />
        <p className="quiet">
          {t('rollout.what-if-lead', { release })} {left > 0 ? counted('rollout.what-if-untouched', left) : null}
        </p>
      </div>
      {effects.length === 0 ? (
        <Empty title={t('rollout.what-if-none')}>{t('rollout.what-if-none-rest')}</Empty>
      ) : (
        <Matrix effects={effects} sites={sites} words={words} />
      )}
      <Trials release={release} />
      <Rings release={release} />
      <Lessons words={words} />
    </>
  )
}

type Props = { releases: readonly Release[]; release: string | undefined; go: Go }

/** The newest release until another one is chosen. */
export function WhatIf({ releases, release, go }: Props) {
  useLanguage()
  const open = releases.filter((one) => one.state === 'released')
  const chosen = release ?? open[0]?.number
  if (chosen === undefined) return <Empty title={t('rollout.what-if-none')}>{t('rollout.follow-only')}</Empty>
  return (
    <>
      <div className={styles.sides}>
        <label className={styles.side}>
          <span>{t('rollout.release')}</span>
          <select
            className={`${inputClass} ${styles.select}`}
            value={chosen}
            onChange={(event) => go({ release: event.target.value })}
          >
            {open.map((one) => (
              <option key={one.number} value={one.number}>
                {one.number}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className={styles.scroll} {...scrolls(t('rollout.what-if'))}>
        <div className={styles.padded}>
          <Effects release={chosen} />
        </div>
      </div>
    </>
  )
}
