// The customer at a glance: what he may owe, what he owes, what he ordered last, what he buys.
import { Link } from '@tanstack/react-router'
import { documentPath } from '../../client/descriptions.ts'
import { day, money, price, quantity } from '../../i18n/format.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { compare, isNegative, minus, share, sum } from '../../parts/exact.ts'
import { Icon } from '../../parts/icon.tsx'
import { ProblemNote, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { type Bought, type Card, useCard, useCredit, useOpenItems } from './card-data.ts'
import styles from './desk.module.css'

/** Of each list in the strip; the rest is on the customer's own page. */
const TOLD = 3

/** The credit line as a bar: what is used, what this order adds, what is left. */
function CreditBar({ used, adds, limit }: { used: string; adds: string; limit: string }) {
  const taken = sum([used, adds])
  const over = compare(taken, limit) > 0
  const whole = over ? taken : limit
  return (
    <span className={styles.bar} data-over={over} aria-hidden="true">
      <i style={{ width: `${share(used, whole)}%` }} />
      <b style={{ width: `${share(adds, whole)}%` }} />
      {over && compare(limit, '0') > 0 ? <u style={{ left: `${share(limit, whole)}%` }} /> : null}
    </span>
  )
}

function Credit({ customer, amount }: { customer: string; amount: string }) {
  const credit = useCredit(customer)
  if (!credit) return null
  const limit = credit.limit_now ?? '0'
  const left = sum([limit, minus(credit.exposure), minus(amount)])
  const over = isNegative(left)
  return (
    <div className={styles.fact}>
      <h3>
        {t('desk.credit')}
        {credit.held ? <StateBadge state="on_hold">{t('desk.credit-held')}</StateBadge> : null}
      </h3>
      <CreditBar used={credit.exposure} adds={amount} limit={limit} />
      <dl>
        <div>
          <dt>{t('desk.credit-limit')}</dt>
          <dd>{money(limit, credit.currency)}</dd>
        </div>
        <div>
          <dt>{t('desk.credit-used')}</dt>
          <dd>{money(credit.exposure, credit.currency)}</dd>
        </div>
        <div data-bad={over}>
          <dt>{t(over ? 'desk.credit-over' : 'desk.credit-free')}</dt>
          <dd>{money(over ? minus(left) : left, credit.currency)}</dd>
        </div>
      </dl>
    </div>
  )
}

function OpenItems({ customer }: { customer: string }) {
  const items = useOpenItems(customer)
  if (!items) return null
  const today = new Date().toISOString().slice(0, 10)
  return (
    <div className={styles.fact}>
      <h3>{t('desk.open-items')}</h3>
      {items.length === 0 ? <p className="quiet">{t('desk.nothing-open')}</p> : null}
      <ul>
        {items.slice(0, TOLD).map((one) => (
          <li key={one.id}>
            <Link to={documentPath('receivables.invoice', one.id)} className="code" tabIndex={-1}>
              {one.number}
            </Link>
            <span data-bad={one.dueOn < today}>
              {one.dueOn < today ? <Icon name="clock" size={12} /> : null} {day(one.dueOn)}
            </span>
            <span>{money(one.open, one.currency)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function LastOrders({ card }: { card: Card }) {
  return (
    <div className={styles.fact}>
      <h3>
        {t('desk.last-orders')}
        {card.held_orders > 0 ? (
          <StateBadge state="on_hold">{counted('desk.on-hold', card.held_orders)}</StateBadge>
        ) : null}
      </h3>
      {card.orders.length === 0 ? <p className="quiet">{t('desk.no-orders')}</p> : null}
      <ul>
        {card.orders.slice(0, TOLD).map((one) => (
          <li key={one.id}>
            <Link to={documentPath('sales.order', one.id)} className="code" tabIndex={-1}>
              {one.number}
            </Link>
            <span>
              <StateBadge state={one.state} />
            </span>
            <span>{money(one.total, one.currency)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Usual({ items, onAdd }: { items: readonly Bought[]; onAdd: (one: Bought) => void }) {
  return (
    <div className={styles.fact}>
      <h3>{t('desk.usual')}</h3>
      {items.length === 0 ? <p className="quiet">{t('desk.no-orders')}</p> : null}
      <ul>
        {items.slice(0, TOLD).map((one) => (
          <li key={one.id}>
            <button type="button" tabIndex={-1} title={one.name} onClick={() => onAdd(one)}>
              <span className="code">{one.code}</span>
            </button>
            <span className="quiet">
              {quantity(one.quantity)} {one.unit} · {day(one.on)}
            </span>
            <span>{price(one.price)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

type Props = { customer: string; amount: string; onAdd: (one: Bought) => void }

/** The strip; a skeleton while it is on its way, which is rarely seen. */
export function Strip({ customer, amount, onAdd }: Props) {
  useLanguage()
  const { card, error } = useCard(customer)
  if (error) return <ProblemNote error={error} />
  if (!card || card.id !== customer)
    return (
      <div className={styles.strip}>
        <Skeleton lines={2} />
      </div>
    )
  return (
    <section className={styles.glance} aria-label={t('desk.at-a-glance')}>
      <p className={styles.person}>
        <Link to={documentPath('party.customer', card.id)} tabIndex={-1}>
          {card.name}
        </Link>
        {card.state === 'active' ? null : <StateBadge state={card.state} />}
        <span>{[card.class, card.city, card.phone, card.tax_id, card.term].filter(Boolean).join(' · ')}</span>
        {card.reference_required ? <span className={styles.must}>{t('desk.reference-needed')}</span> : null}
      </p>
      <div className={styles.strip}>
        <Credit customer={customer} amount={amount} />
        <OpenItems customer={customer} />
        <LastOrders card={card} />
        <Usual items={card.items} onAdd={onAdd} />
      </div>
    </section>
  )
}
