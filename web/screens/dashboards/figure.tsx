// One key figure: how it is reckoned, how it went, and the records that count against it, each one open to a click.
import { useNavigate, useParams } from '@tanstack/react-router'
import { documentPath } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import { currentCompany } from '../../client/session.ts'
import type { components } from '../../generated/api.ts'
import { day, integer } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { type Column, DataGrid } from '../../parts/data-grid.tsx'
import { kept, useNarrow } from '../../parts/narrow.ts'
import { Empty, Page, ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { useWarehouse } from '../../shell/place.ts'
import { useAsked } from '../finance/use-asked.ts'
import { Times } from './dashboards.tsx'
import { type Definition, daysOf, ROLES, standingOf, type Time, timeOf, told } from './figures.ts'
import { LargeTrend } from './pictures.tsx'
import styles from './tile.module.css'
import { Standing } from './tile.tsx'
import { formulaOf, nameOf, roleWord } from './words.ts'

/** The screen at /dashboards/figure/otif?time=12w&role=sales */
export function Screen() {
  useLanguage()
  const { id } = useParams({ strict: false }) as { id: string }
  const [asked, go] = useAsked()
  const time = timeOf(asked.time)
  const role = ROLES.find((one) => one === asked.role)
  const { data, error, isPending, refetch } = useGet('/api/insight/kpis', {})
  const definition = data?.items.find((one) => one.id === id)
  return (
    <Page
      title={definition ? nameOf(definition) : id}
      crumb={{ to: role ? `/dashboards/${role}` : '/dashboards', text: t('dash.title') }}
      actions={<Times time={time} onChoose={(next) => go({ time: next })} />}
    >
      {error ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton lines={8} />
      ) : definition ? (
        <div className={styles.screen}>
          <Head definition={definition} time={time} />
          {definition.kind === 'now' ? null : <LargeTrend definition={definition} time={time} />}
          <div className={styles.below}>
            <Records definition={definition} time={time} />
          </div>
        </div>
      ) : (
        <Empty title={t('dash.nothing')}>{t('dash.nothing-rest')}</Empty>
      )}
    </Page>
  )
}

function Head({ definition, time }: { definition: Definition; time: Time }) {
  const warehouse = useWarehouse()
  const narrowed = definition.by_warehouse && warehouse ? { warehouse } : {}
  const { data } = useGet('/api/insight/kpi', { id: definition.id, ...daysOf(time), ...narrowed })
  const figure = data?.items[0]
  return (
    <>
      <p className={styles.head}>
        <b>{figure ? told(figure.value, figure.unit, figure.currency) : '…'}</b>
        {figure ? (
          <Standing
            standing={standingOf(figure, definition.better)}
            target={figure.target === null ? null : told(figure.target, figure.unit, figure.currency)}
            better={definition.better}
          />
        ) : null}
        {warehouse && !definition.by_warehouse ? <span className="quiet">{t('kpi.whole-company')}</span> : null}
        {definition.kind === 'now' ? <span className="quiet">{t('kpi.as-it-is')}</span> : null}
      </p>
      <p className={styles.definitionText}>
        {formulaOf(definition)}{' '}
        <span className="quiet">{t('kpi.owner', { spec: definition.spec, role: roleWord(definition.owner) })}</span>
      </p>
    </>
  )
}

type Row = components['schemas']['insight.kpi-records.row']

function placeLabel({ id, of, grain }: Definition): string | null {
  if (of === 'catalog.item') return t('kpi.place-warehouse')
  if (id === 'overdue') return t('kpi.place-late')
  if (id === 'hold-time') return t('kpi.place-hold')
  return grain === 'line' || grain === 'unit' ? t('kpi.place-line') : null
}

function columnsOf(definition: Definition): readonly Column<Row>[] {
  const place = placeLabel(definition)
  const { unit, of } = definition
  const { currency } = currentCompany()
  const share = unit === 'percent'
  const amount = definition.id === 'overdue' || definition.id === 'dso' || definition.id === 'margin-leakage'
  const numeric = amount ? 'money' : share ? 'count' : unit
  return [
    { key: 'number', label: t('kpi.number'), width: 148, render: (row) => <span className="code">{row.number}</span> },
    ...(place ? [{ key: 'place', label: place, width: 96, render: (row: Row) => row.place }] : []),
    ...(of === 'catalog.item'
      ? []
      : [
          {
            key: 'customer',
            label: t('kpi.customer'),
            width: 96,
            render: (row: Row) => <span className="code">{row.customer}</span>,
          },
        ]),
    { key: 'text', label: t('kpi.name'), width: 150, grows: true, render: (row) => row.text },
    { key: 'day', label: t('kpi.day'), width: 132, render: (row) => day(row.day) },
    ...(definition.grain === 'unit'
      ? [
          {
            key: 'asked',
            label: t('kpi.asked'),
            width: 96,
            numeric: true,
            render: (row: Row) => told(row.denominator, 'count', currency),
          },
        ]
      : []),
    ...(share && !amount && definition.grain !== 'unit'
      ? []
      : [
          {
            key: 'amount',
            label: t(definition.grain === 'unit' ? 'kpi.done' : 'kpi.amount'),
            width: 120,
            numeric: true,
            render: (row: Row) => told(row.numerator, numeric, currency),
          },
        ]),
  ]
}

function Records({ definition, time }: { definition: Definition; time: Time }) {
  const navigate = useNavigate()
  const narrow = useNarrow()
  const warehouse = useWarehouse()
  const { from, to } = daysOf(time)
  const narrowed = definition.by_warehouse && warehouse ? { warehouse } : {}
  const { data, error, isPending, refetch } = useGet('/api/insight/kpi-records', {
    id: definition.id,
    from,
    to,
    ...narrowed,
    limit: 200,
  })
  const rows = data?.items ?? []
  const all = rows[0]?.all ?? 0
  const columns = columnsOf(definition)
  return (
    <Section
      title={t('kpi.records')}
      beside={
        all > 0 ? (
          <span className="quiet">
            {all > rows.length ? t('kpi.records-of-all', { shown: rows.length, all }) : integer(all)}
          </span>
        ) : null
      }
    >
      {error ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton lines={6} />
      ) : rows.length === 0 ? (
        <Empty title={t('kpi.no-records')}>{t('kpi.no-records-rest')}</Empty>
      ) : (
        <DataGrid
          label={t('kpi.records')}
          height="content"
          columns={kept(columns, ['number', columns.some((one) => one.key === 'amount') ? 'amount' : 'text'], narrow)}
          rows={rows}
          keyOf={(row) => `${row.id} ${row.place ?? ''} ${row.day}`}
          onOpen={(row) => void navigate({ to: documentPath(row.of, row.id) })}
        />
      )}
    </Section>
  )
}
