// Every move that an item made, the latest first, each with the document that moved it.
import { useInfiniteQuery } from '@tanstack/react-query'
import { get } from '../../client/http.ts'
import { companyCode } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import { choiceWord, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { DocRef } from '../../parts/doc-ref.tsx'
import { isNegative } from '../../parts/exact.ts'
import { ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { cell, growing, right, Table } from '../../parts/table.tsx'
import { Day, Quantity } from '../../parts/values.tsx'
import styles from './stock.module.css'

const PAGE = 30

/** The table, thirty rows at a time. */
export function Moves({ item, unit }: { item: string; unit: string }) {
  useLanguage()
  const company = useStore(companyCode)
  const asked = useInfiniteQuery({
    queryKey: ['ask', company, '/api/inventory/item-moves', { item }],
    initialPageParam: { before: '', beforeId: '' },
    queryFn: ({ pageParam, signal }) =>
      get('/api/inventory/item-moves', {
        query: { item, limit: PAGE, ...(pageParam.before ? pageParam : {}) },
        signal,
      }),
    getNextPageParam: (page) => {
      const last = page.items.length === PAGE ? page.items.at(-1) : undefined
      return last ? { before: last.moved_at, beforeId: last.id } : undefined
    },
  })
  const rows = asked.data?.pages.flatMap((page) => page.items) ?? []
  const place = (warehouse: string | null, name: string) => (warehouse ? `${warehouse} · ${name}` : name)
  return (
    <Section title={t('stock.moves')}>
      {asked.error ? (
        <ProblemNote error={asked.error} />
      ) : asked.isPending ? (
        <Skeleton lines={5} />
      ) : rows.length === 0 ? (
        <p className="quiet">{t('stock.no-moves')}</p>
      ) : (
        <Table
          heads={[
            t('finance.date'),
            t('stock.event'),
            t('finance.document'),
            right(t('stock.quantity')),
            t('stock.from'),
            growing(t('stock.to')),
          ]}
        >
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <Day value={row.day} />
              </td>
              <td>{choiceWord(row.event)}</td>
              <td>{<DocRef of={row.source} id={row.source_id} />}</td>
              <td className={cell.right}>
                {row.change === null ? (
                  <Quantity value={row.quantity} unit={unit} />
                ) : (
                  <span className={isNegative(row.change) ? undefined : styles.plus}>
                    {isNegative(row.change) ? '' : '+'}
                    <Quantity value={row.change} unit={unit} />
                  </span>
                )}
              </td>
              <td>{place(row.from_warehouse, row.from_place)}</td>
              <td className={cell.grow}>{place(row.to_warehouse, row.to_place)}</td>
            </tr>
          ))}
        </Table>
      )}
      {asked.hasNextPage ? (
        <div className={styles.more}>
          <Button onClick={() => void asked.fetchNextPage()} disabled={asked.isFetchingNextPage}>
            {t('stock.more')}
          </Button>
        </div>
      ) : null}
    </Section>
  )
}
