// One item's stock: how much there is and can be promised, when, where it lies, who holds it, and every move it made.
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { documentPath, useDescription } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { day } from '../../i18n/format.ts'
import { documentWord, t, useLanguage } from '../../i18n/index.ts'
import { buttonClass } from '../../parts/button.tsx'
import { sum } from '../../parts/exact.ts'
import { Empty, Figures, Page, ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { cell, growing, right, Table } from '../../parts/table.tsx'
import { Day, Quantity } from '../../parts/values.tsx'
import { useKeys } from '../../shell/keys.ts'
import { remember } from '../../shell/recent.ts'
import { Curve } from './curve.tsx'
import { HeldBy } from './held-by.tsx'
import { Moves } from './moves.tsx'
import { Places } from './places.tsx'
import styles from './stock.module.css'

type Asked = Readonly<Record<string, string | undefined>>

function useItem(id: string) {
  const { data, error, isPending } = useGet('/api/inventory/items', { item: id, limit: 1 })
  const curve = useGet('/api/warehouse/item-curve', { item: id })
  return { item: data?.items[0], error: error ?? curve.error, isPending, curve: curve.data?.items }
}

/** What one warehouse has and how its curve ends, as rows of the table that compares them. */
function perWarehouse(curve: NonNullable<ReturnType<typeof useItem>['curve']>) {
  return [...new Set(curve.map((one) => one.warehouse))].map((code) => {
    const rows = curve.filter((one) => one.warehouse === code)
    const first = rows[0]
    const next = rows.find((one) => one.supply !== '0')
    return {
      code,
      name: first?.name ?? '',
      on_hand: first?.on_hand ?? '0',
      reserved: first?.reserved ?? '0',
      free: first ? sum([first.free, first.supply === '0' ? '0' : `-${first.supply}`]) : '0',
      demand: sum(rows.map((one) => one.demand)),
      supply: sum(rows.map((one) => one.supply)),
      next: next?.day ?? null,
      left: rows.at(-1)?.left ?? '0',
    }
  })
}

function Warehouses({
  rows,
  chosen,
  go,
}: {
  rows: ReturnType<typeof perWarehouse>
  chosen: string | undefined
  go: (code: string) => void
}) {
  const coming = rows.some((one) => one.next)
  return (
    <Section title={t('stock.across')}>
      <Table
        heads={[
          growing(t('shell.warehouse')),
          right(t('stock.on-hand')),
          right(t('stock.free')),
          right(t('stock.demand')),
          coming ? t('stock.next') : null,
        ]}
      >
        {rows.map((one) => (
          <tr key={one.code}>
            <td className={cell.grow} title={one.name}>
              <button
                type="button"
                className={styles.chip}
                aria-pressed={chosen === one.code}
                onClick={() => go(one.code)}
              >
                {one.code}
              </button>
            </td>
            <td className={cell.right}>
              <Quantity value={one.on_hand} />
            </td>
            <td className={cell.right}>
              <b>
                <Quantity value={one.free} />
              </b>
            </td>
            <td className={cell.right}>
              {one.demand === '0' ? (
                <span className={styles.zero}>0</span>
              ) : (
                <span className={styles.lack}>
                  <Quantity value={one.demand} />
                </span>
              )}
            </td>
            {coming ? <td>{one.next ? <Day value={one.next} /> : <span className={styles.zero}>–</span>}</td> : null}
          </tr>
        ))}
      </Table>
    </Section>
  )
}

/** The screen at /stock/item/…?warehouse=…&on=… */
export function Screen() {
  useLanguage()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const search = useSearch({ strict: false }) as Asked
  const navigate = useNavigate()
  const { item, error, isPending, curve } = useItem(id)
  const described = useDescription('catalog.item')
  useKeys({ Escape: () => void navigate({ to: '/stock' }) })
  useEffect(() => {
    if (item) remember({ document: 'catalog.item', id: item.id, number: item.item, title: item.name })
  }, [item])
  if (error) return <ProblemNote error={error} />
  if (isPending) return <Skeleton lines={12} />
  if (!item)
    return (
      <Page title={t('stock.unknown')} crumb={{ to: '/stock', text: t('stock.title') }}>
        <Empty title={t('stock.unknown')}>{t('stock.unknown-rest')}</Empty>
      </Page>
    )
  const rows = perWarehouse(curve ?? [])
  const chosen = rows.find((one) => one.code === search.warehouse)?.code ?? rows[0]?.code
  const go = (next: Asked) =>
    void navigate({ to: `/stock/item/${id}`, search: { ...search, ...next } as Record<string, string>, replace: true })
  const points = (curve ?? []).filter((one) => one.warehouse === chosen)
  return (
    <Page
      title={`${item.item} · ${item.name}`}
      crumb={{ to: '/stock', text: t('stock.title') }}
      actions={
        described ? (
          <Link className={buttonClass} to={documentPath('catalog.item', item.id)}>
            {documentWord('catalog.item', described.label)}
          </Link>
        ) : null
      }
    >
      <div className={styles.figures}>
        <Figures
          figures={[
            { label: t('stock.on-hand'), value: <Quantity value={item.on_hand} unit={item.unit} /> },
            { label: t('stock.reserved'), value: <Quantity value={item.reserved} unit={item.unit} /> },
            { label: t('stock.free'), value: <Quantity value={item.free} unit={item.unit} /> },
            {
              label: item.next_due ? `${t('stock.expected')} · ${day(item.next_due)}` : t('stock.expected'),
              value: <Quantity value={item.expected} unit={item.unit} />,
            },
            {
              label: t('stock.waiting'),
              value: <Quantity value={sum(rows.map((one) => one.demand))} unit={item.unit} />,
            },
          ]}
        />
      </div>
      <div className={styles.columns}>
        <div>
          <Section
            title={t('stock.curve')}
            beside={
              rows.length > 1 ? (
                <div className={styles.chips}>
                  {rows.map((one) => (
                    <button
                      key={one.code}
                      type="button"
                      className={styles.chip}
                      aria-pressed={one.code === chosen}
                      onClick={() => go({ warehouse: one.code })}
                    >
                      {one.code}
                    </button>
                  ))}
                </div>
              ) : null
            }
          >
            {points.length > 0 ? (
              <div className={styles.panel}>
                <Curve points={points} unit={item.unit} />
              </div>
            ) : (
              <p className="quiet">{t('stock.never')}</p>
            )}
          </Section>
        </div>
        <div>
          <Warehouses rows={rows} chosen={chosen} go={(warehouse) => go({ warehouse })} />
          <Places item={item.id} unit={item.unit} on={search.on} onDay={(on) => go({ on: on ?? '' })} />
        </div>
      </div>
      <div className={styles.below}>
        {may('inventory.reservation.read') ? <HeldBy item={item.id} code={item.item} unit={item.unit} /> : null}
        <Moves item={item.id} unit={item.unit} />
      </div>
    </Page>
  )
}
