// Where an item lies, place by place and lot by lot: now, or as it was at the end of any day.
import { useId } from 'react'
import { useGet } from '../../client/questions.ts'
import { day } from '../../i18n/format.ts'
import { choiceWord, stateWord, t, useLanguage } from '../../i18n/index.ts'
import { sum } from '../../parts/exact.ts'
import { inputClass } from '../../parts/field.tsx'
import { ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { cell, growing, right, Table } from '../../parts/table.tsx'
import { Day, Quantity } from '../../parts/values.tsx'
import styles from './stock.module.css'

type PlacesProps = { item: string; unit: string; on: string | undefined; onDay: (on: string | undefined) => void }

/** The table with its day. */
export function Places({ item, unit, on, onDay }: PlacesProps) {
  useLanguage()
  const id = useId()
  const { data, error } = useGet('/api/inventory/stock', { item, ...(on ? { on } : {}) })
  const rows = data?.items ?? []
  const lots = rows.some((row) => row.lot)
  return (
    <Section
      title={t('stock.where')}
      beside={
        <span className={styles.asOf}>
          <label htmlFor={id}>{t('stock.as-of')}</label>
          <input
            id={id}
            type="date"
            className={inputClass}
            value={on ?? ''}
            onChange={(event) => onDay(event.target.value || undefined)}
          />
        </span>
      }
    >
      {on ? (
        <p className={styles.past}>
          {t('stock.past', { day: day(on), total: sum(rows.map((row) => row.on_hand)), unit })}
        </p>
      ) : null}
      {error ? (
        <ProblemNote error={error} />
      ) : !data ? (
        <Skeleton lines={3} />
      ) : rows.length === 0 ? (
        <p className="quiet">{t('stock.nowhere')}</p>
      ) : (
        <Table
          heads={[
            growing(t('stock.place')),
            lots ? t('stock.lot') : null,
            right(t('stock.on-hand')),
            on ? null : right(t('stock.free')),
          ]}
        >
          {rows.map((row) => (
            <tr key={`${row.warehouse}-${row.location}-${row.lot ?? ''}`}>
              <td className={cell.grow}>
                <span className="code">
                  {row.warehouse} {row.location}
                </span>{' '}
                {row.kind === 'stock' ? null : <span className="quiet">{choiceWord(row.kind)}</span>}
              </td>
              {lots ? (
                <td>
                  <span className="code">{row.lot}</span>{' '}
                  <span className="quiet">
                    {row.lot_state && row.lot_state !== 'released' ? stateWord(row.lot_state) : null}{' '}
                    <Day value={row.expires_on} />
                  </span>
                </td>
              ) : null}
              <td className={cell.right}>
                <Quantity value={row.on_hand} />
              </td>
              {on ? null : (
                <td className={cell.right}>
                  <Quantity value={row.available} />
                </td>
              )}
            </tr>
          ))}
        </Table>
      )}
    </Section>
  )
}
