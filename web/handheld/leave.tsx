// Packing and shipping one list: what is inside, how many parcels, and by whom it goes.
import { useState } from 'react'
import { quantity } from '../i18n/format.ts'
import { t, useLanguage } from '../i18n/index.ts'
import { isZero } from '../parts/exact.ts'
import styles from './handheld.module.css'
import type { List } from './lists.ts'
import { Big, BigField } from './parts.tsx'
import { enqueue } from './queue.ts'
import { useHeard } from './shared.ts'
import { right } from './signal.ts'

function Contents({ list }: { list: List }) {
  return (
    <>
      <p className={styles.label}>{t('hand.contents')}</p>
      <ul className={styles.contents}>
        {list.lines
          .filter((line) => !isZero(line.picked))
          .map((line) => (
            <li key={line.line}>
              <b>
                {quantity(line.picked)} {line.unit}
              </b>
              <span className="code">{line.item}</span>
              <span>{line.name}</span>
            </li>
          ))}
      </ul>
    </>
  )
}

const whole = (text: string): boolean => /^[1-9]\d{0,8}$/.test(text)

/** Packs a list. The weight is checked by the server when it is given. */
export function Pack({ list }: { list: List }) {
  useLanguage()
  const [parcels, setParcels] = useState('1')
  const [weight, setWeight] = useState('')
  const ready = whole(parcels) && (weight === '' || whole(weight))
  const pack = () => {
    right()
    void enqueue({
      path: '/api/warehouse/shipment/pack',
      body: { ids: [list.id], parcels: Number(parcels), ...(weight === '' ? {} : { weightGrams: Number(weight) }) },
      told: t('hand.did-pack', { number: list.number }),
      effect: { kind: 'pack', shipment: list.id },
    })
  }
  return (
    <>
      <Contents list={list} />
      <div className={styles.pair}>
        <BigField
          label={t('hand.parcels')}
          inputMode="numeric"
          value={parcels}
          onChange={(event) => setParcels(event.target.value)}
        />
        <BigField
          label={t('hand.weight')}
          inputMode="numeric"
          value={weight}
          onChange={(event) => setWeight(event.target.value)}
        />
      </div>
      <Big tone="primary" disabled={!ready} onClick={pack}>
        {t('hand.pack-do', { number: list.number })}
      </Big>
    </>
  )
}

/** Ships a list. A scan that is no list is the label of the carrier. */
export function Ship({ list, done, isList }: { list: List; done: () => void; isList: (code: string) => boolean }) {
  useLanguage()
  const [carrier, setCarrier] = useState('')
  const [tracking, setTracking] = useState('')
  useHeard((code) => {
    if (isList(code)) return
    right()
    setTracking(code)
  })
  const ship = () => {
    right()
    void enqueue({
      path: '/api/warehouse/shipment/ship',
      body: {
        ids: [list.id],
        ...(carrier.trim() ? { carrier: carrier.trim() } : {}),
        ...(tracking.trim() ? { tracking: tracking.trim() } : {}),
      },
      told: t('hand.did-ship', { number: list.number }),
      effect: { kind: 'ship', shipment: list.id },
    })
    done()
  }
  return (
    <>
      <Contents list={list} />
      <BigField
        label={t('hand.carrier')}
        maxLength={60}
        value={carrier}
        onChange={(event) => setCarrier(event.target.value)}
      />
      <BigField
        label={t('hand.tracking')}
        maxLength={60}
        value={tracking}
        onChange={(event) => setTracking(event.target.value)}
      />
      <Big tone="primary" onClick={ship}>
        {t('hand.ship-do', { number: list.number })}
      </Big>
    </>
  )
}
