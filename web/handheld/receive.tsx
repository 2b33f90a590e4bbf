// Receiving by scan: each scan is one piece, lots where an item has them, and one receipt for what came in together.
import { useState } from 'react'
import { newKey, read } from '../client/http.ts'
import { counted, t, useLanguage } from '../i18n/index.ts'
import { isZero, sum } from '../parts/exact.ts'
import { useWarehouses } from '../shell/company-switch.tsx'
import { useWarehouse } from '../shell/place.ts'
import styles from './handheld.module.css'
import { isQuantity } from './lists.ts'
import { Ask, Big, BigField } from './parts.tsx'
import { enqueue } from './queue.ts'
import { useHeard } from './shared.ts'
import { right } from './signal.ts'

type Found = { item: string; name: string; unit: string; tracking: string }
type Came = { key: string; code: string; found: Found | undefined; quantity: string; lot: string; expires: string }

/** Undefined when there is no line; null when nobody knows the code. */
async function lookUp(code: string): Promise<Found | null | undefined> {
  try {
    const { items } = (await read('/api/warehouse/scan-item', { query: { code } })) as { items: readonly Found[] }
    return items.length === 1 ? items[0] : null
  } catch {
    return undefined
  }
}

const MOST = '999999999999'
const ready = (one: Came): boolean =>
  isQuantity(one.quantity, MOST) &&
  !isZero(one.quantity) &&
  (!one.found || one.found.tracking === 'none' || one.lot.trim() !== '')

function Row({ one, change, remove }: { one: Came; change: (next: Came) => void; remove: () => void }) {
  return (
    <li className={styles.came} data-code={one.code}>
      <div>
        <b className="code">{one.found?.item ?? one.code}</b> <span>{one.found?.name ?? t('hand.unchecked')}</span>
      </div>
      <div className={styles.pair}>
        <BigField
          label={`${t('hand.quantity')}${one.found ? ` (${one.found.unit})` : ''}`}
          inputMode="decimal"
          value={one.quantity}
          onChange={(event) => change({ ...one, quantity: event.target.value.replace(',', '.') })}
        />
        <Big tone="quiet" onClick={remove}>
          {t('hand.remove')}
        </Big>
      </div>
      {one.found && one.found.tracking !== 'none' ? (
        <div className={styles.pair}>
          <BigField
            label={t('hand.need-lot')}
            maxLength={40}
            value={one.lot}
            onChange={(event) => change({ ...one, lot: event.target.value })}
          />
          <BigField
            label={t('hand.expires')}
            type="date"
            value={one.expires}
            onChange={(event) => change({ ...one, expires: event.target.value })}
          />
        </div>
      ) : null}
    </li>
  )
}

function usePlace(): { warehouses: readonly { id: string; code: string; name: string }[]; chosen: string | null } {
  const rows = useWarehouses().data?.items ?? []
  const warehouses = rows.map((one) => ({
    id: one.id,
    code: String(one.code ?? one.number),
    name: String(one.name ?? ''),
  }))
  const here = useWarehouse()
  return { warehouses, chosen: here ?? (warehouses.length === 1 ? (warehouses[0]?.id ?? null) : null) }
}

/** The screen of what comes in. */
export function Receive({ wrong, done }: { wrong: (text: string) => void; done: () => void }) {
  useLanguage()
  const place = usePlace()
  const [warehouse, setWarehouse] = useState<string | null>(null)
  const [came, setCame] = useState<readonly Came[]>([])
  const [reference, setReference] = useState('')
  const where = place.warehouses.find((one) => one.id === (warehouse ?? place.chosen))
  useHeard(async (code) => {
    const same = came.find((one) => one.code === code && (!one.found || one.found.tracking === 'none'))
    const found = same ? same.found : await lookUp(code)
    if (found === null) return wrong(t('hand.wrong-unknown', { scanned: code }))
    right()
    // Several scans may come while the first is looked up: the row is found when it is written.
    setCame((now) => {
      const row = now.find(
        (one) => (found ? one.found?.item === found.item : one.code === code) && (!found || found.tracking === 'none'),
      )
      if (row) return now.map((one) => (one === row ? { ...one, quantity: sum([one.quantity, '1']) } : one))
      return [{ key: newKey(), code, found, quantity: '1', lot: '', expires: '' }, ...now]
    })
  })
  if (!where)
    return (
      <>
        <Ask>{t('hand.need-warehouse')}</Ask>
        {place.warehouses.map((one) => (
          <Big key={one.id} onClick={() => setWarehouse(one.id)}>
            {one.code} · {one.name}
          </Big>
        ))}
      </>
    )
  const receive = () => {
    right()
    const lines = came.map((one) => ({
      item: one.found?.item ?? one.code,
      quantity: one.quantity,
      ...(one.lot.trim() ? { lot: one.lot.trim() } : {}),
      ...(one.expires ? { expiresOn: one.expires } : {}),
    }))
    void enqueue({
      path: '/api/warehouse/receipt/receive',
      body: {
        documents: [{ warehouse: where.code, ...(reference.trim() ? { reference: reference.trim() } : {}), lines }],
      },
      told: t('hand.did-receive', { lines: counted('board.lines', lines.length), warehouse: where.code }),
      effect: { kind: 'receive' },
    })
    done()
  }
  return (
    <>
      <Ask>{t('hand.receive-scan')}</Ask>
      <BigField
        label={t('hand.reference')}
        maxLength={60}
        value={reference}
        onChange={(event) => setReference(event.target.value)}
      />
      <ul className={styles.list}>
        {came.map((one) => (
          <Row
            key={one.key}
            one={one}
            change={(next) => setCame(came.map((other) => (other.key === one.key ? next : other)))}
            remove={() => setCame(came.filter((other) => other.key !== one.key))}
          />
        ))}
      </ul>
      <Big tone="primary" disabled={came.length === 0 || !came.every(ready)} onClick={receive}>
        {counted('hand.receive-do', came.length)} · {where.code}
      </Big>
    </>
  )
}
