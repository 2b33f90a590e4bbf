// The site board: every site by wave with its stage, owner and release, how far it is on the template, and what presses.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useRef, useState } from 'react'
import { useDescription } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import { chooseCompany, companyCode } from '../../client/session.ts'
import { counted, stateWord, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { type Column, DataGrid } from '../../parts/data-grid.tsx'
import { CheckField, inputClass } from '../../parts/field.tsx'
import { kept } from '../../parts/narrow.ts'
import { Empty, Figures, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { useWidth } from '../../parts/use-width.ts'
import { useKeys } from '../../shell/keys.ts'
import { headed, type Lined } from './headings.ts'
import { Release, type Site, STAGES, Stage, Standardisation, type Standing } from './marks.tsx'
import styles from './rollout.module.css'

type Row = Site & { readonly now: Standing | undefined }

const isBehind = (one: Row): boolean => one.newest_release !== null && one.newest_release !== one.release
const isPressing = (one: Row): boolean =>
  isBehind(one) || one.expired > 0 || one.asked > 0 || one.waiting > 0 || (one.now?.drift ?? 0) > 0

const waveWord = (wave: number): string => (wave === 0 ? t('rollout.wave-0') : t('rollout.wave', { n: wave }))

/** A count that asks for somebody, in words' ink; nothing is a quiet nought. */
function Count({ n, presses = false }: { n: number | undefined; presses?: boolean }) {
  if (n === undefined) return <span className="quiet">…</span>
  if (n === 0) return <span className={styles.nought}>0</span>
  return <span className={presses ? styles.presses : 'number'}>{n}</span>
}

const columns = (): readonly Column<Row>[] => [
  { key: 'code', label: t('rollout.site'), width: 92, render: (one) => <b className="code">{one.code}</b> },
  {
    key: 'name',
    label: t('rollout.name'),
    width: 120,
    grows: true,
    render: (one) => (
      <>
        {one.name}
        {one.below ? <small className="quiet"> {t('rollout.below', { site: one.below })}</small> : null}
      </>
    ),
  },
  { key: 'stage', label: t('rollout.stage'), width: 128, render: (one) => <Stage stage={one.stage} /> },
  { key: 'owner', label: t('rollout.owner'), width: 132, render: (one) => one.owner },
  { key: 'release', label: t('rollout.release'), width: 156, render: (one) => <Release site={one} /> },
  {
    key: 'standardisation',
    label: t('rollout.standardisation'),
    width: 144,
    numeric: true,
    render: (one) => (one.now ? <Standardisation of={one.now} /> : <span className="quiet">…</span>),
  },
  {
    key: 'drift',
    label: t('rollout.drift'),
    width: 58,
    numeric: true,
    render: (one) => <Count n={one.now?.drift} presses />,
  },
  {
    key: 'waiting',
    label: t('rollout.plans'),
    width: 58,
    numeric: true,
    render: (one) => <Count n={one.waiting} />,
  },
  {
    key: 'deviations',
    label: t('rollout.deviations'),
    width: 92,
    numeric: true,
    render: (one) => <Count n={one.deviations} />,
  },
  {
    key: 'expired',
    label: t('rollout.expired'),
    width: 84,
    numeric: true,
    render: (one) => <Count n={one.expired} presses />,
  },
]

/** What there is room for: on a smaller screen what can be read on the site's own page is left out first. */
const shownColumns = (width: number): readonly Column<Row>[] => {
  if (width < 560) return kept(columns(), ['code', 'stage', 'drift', 'expired'], true)
  if (width < 760) return kept(columns(), ['code', 'name', 'stage', 'release', 'drift', 'expired'], true)
  const most = ['code', 'name', 'stage', 'release', 'standardisation', 'drift', 'expired']
  return kept(columns(), most, width < 1080)
}

/** What the board comes to, each figure counted from the rows below it. */
function Totals({ rows }: { rows: readonly Row[] }) {
  const counted = rows.every((one) => one.now !== undefined)
  const sum = (of: (one: Row) => number) => rows.reduce((so, one) => so + of(one), 0)
  return (
    <Figures
      figures={[
        { label: t('rollout.all-sites'), value: rows.length },
        { label: t('rollout.sites-behind'), value: rows.filter(isBehind).length },
        {
          label: t('rollout.sites-drifted'),
          value: counted ? rows.filter((one) => (one.now?.drift ?? 0) > 0).length : '…',
        },
        { label: t('rollout.waiting'), value: sum((one) => one.waiting) },
        { label: t('rollout.asked'), value: sum((one) => one.asked) },
        { label: t('rollout.expired'), value: sum((one) => one.expired) },
      ]}
    />
  )
}

/** The sites with how they stand; the counts come a moment later into the places that wait for them. */
function useSites() {
  const sites = useGet('/api/rollout/board', {}, { refetchInterval: 60_000 })
  const standings = useGet('/api/rollout/standing', {}, { refetchInterval: 60_000 })
  const now = new Map((standings.data?.items ?? []).map((one) => [one.id, one]))
  const rows = (sites.data?.items ?? []).map((one): Row => ({ ...one, now: now.get(one.id) }))
  return { rows, error: sites.error, isPending: sites.isPending, again: () => void sites.refetch() }
}

function useFilter(rows: readonly Row[]) {
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>
  const navigate = useNavigate()
  const [typed, setTyped] = useState(search.q ?? '')
  const q = useDeferredValue(typed.trim().toLocaleLowerCase())
  const { stage, pressing } = search
  const go = (next: Readonly<Record<string, string | undefined>>) =>
    void navigate({
      to: '/rollout/board',
      search: Object.fromEntries(Object.entries({ stage, pressing, ...next }).filter(([, value]) => value)),
      replace: true,
    })
  const shown = rows.filter(
    (one) =>
      `${one.code} ${one.name} ${one.owner} ${one.company} ${one.place ?? ''}`.toLocaleLowerCase().includes(q) &&
      (!stage || one.stage === stage) &&
      (pressing !== 'yes' || isPressing(one)),
  )
  return { typed, setTyped, stage: stage ?? '', pressing: pressing === 'yes', go, shown }
}

function Tools({ filter }: { filter: ReturnType<typeof useFilter> }) {
  const box = useRef<HTMLInputElement>(null)
  useKeys({ '/': () => box.current?.focus() })
  return (
    <div className={styles.tools}>
      <input
        ref={box}
        type="search"
        className={inputClass}
        aria-label={t('rollout.find-site')}
        placeholder={`${t('rollout.find-site')}  /`}
        value={filter.typed}
        onChange={(event) => filter.setTyped(event.target.value)}
      />
      <select
        className={`${inputClass} ${styles.select}`}
        aria-label={t('rollout.stage')}
        value={filter.stage}
        onChange={(event) => filter.go({ stage: event.target.value })}
      >
        <option value="">{t('rollout.any-stage')}</option>
        {STAGES.map((one) => (
          <option key={one} value={one}>
            {stateWord(one)}
          </option>
        ))}
      </select>
      <CheckField
        label={t('rollout.only-pressing')}
        checked={filter.pressing}
        onChange={(event) => filter.go({ pressing: event.target.checked ? 'yes' : undefined })}
      />
    </div>
  )
}

/** The screen at /rollout/board?stage=…&pressing=yes */
export function Screen() {
  useLanguage()
  const navigate = useNavigate()
  const [place, width] = useWidth(1160, 320)
  const { rows, error, isPending, again } = useSites()
  const filter = useFilter(rows)
  const opens = useDescription('rollout.site')?.verbs.some((verb) => verb.verb === 'open')
  const asks = useDescription('rollout.new-site')?.verbs.some((verb) => verb.verb === 'request')
  const open = () => void navigate({ to: '/rollout/site/new' })
  const ask = () => void navigate({ to: '/rollout/new-site/new' })
  useKeys(asks ? { c: ask } : opens ? { c: open } : {})
  const go = (one: Lined<Row>) => {
    if (one.heading) return
    if (one.company !== companyCode.get()) chooseCompany(one.company)
    void navigate({ to: `/rollout/site/${one.id}` })
  }
  return (
    <Page
      title={t('rollout.board')}
      beside={rows.length > 0 ? <span className="quiet">{counted('rollout.count', filter.shown.length)}</span> : null}
      actions={
        <>
          {opens ? (
            <Button tone="quiet" onClick={open}>
              {t('rollout.open-site')}
            </Button>
          ) : null}
          {asks ? (
            <Button icon="plus" hint="c" onClick={ask}>
              {t('rollout.new-site')}
            </Button>
          ) : null}
        </>
      }
      body="bare"
    >
      {error ? (
        <ProblemNote error={error} onRetry={again} />
      ) : isPending ? (
        <Skeleton lines={10} />
      ) : rows.length === 0 ? (
        <Empty title={t('rollout.no-sites')}>{t('rollout.no-sites-rest')}</Empty>
      ) : (
        <div className={styles.screen}>
          <div className={styles.summary}>
            <Totals rows={rows} />
            <p className="quiet">{t('rollout.board-lead')}</p>
          </div>
          <Tools filter={filter} />
          <div ref={place} className={styles.place}>
            {filter.shown.length === 0 ? (
              <Empty title={t('rollout.none-such')}>{t('rollout.none-such-rest')}</Empty>
            ) : (
              <DataGrid
                label={t('rollout.board')}
                columns={shownColumns(width)}
                rows={headed(
                  filter.shown,
                  (one) => waveWord(one.wave),
                  (one) => ({ ...one, id: `wave ${one.wave}` }),
                )}
                keyOf={(one) => one.id}
                onOpen={go}
                count={filter.shown.length}
                headingOf={({ heading }: Lined<Row>) =>
                  heading ? (
                    <>
                      {heading.text} <span className="quiet">{counted('rollout.count', heading.count)}</span>
                    </>
                  ) : undefined
                }
              />
            )}
          </div>
        </div>
      )}
    </Page>
  )
}
