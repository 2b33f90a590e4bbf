// Every rule that was checked, by the part of the product that owns it; what is broken stands first, with its rows.
import { useState } from 'react'
import { integer } from '../../i18n/format.ts'
import { humane, t, useLanguage } from '../../i18n/index.ts'
import { DocRef } from '../../parts/doc-ref.tsx'
import { CheckField } from '../../parts/field.tsx'
import { Section } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import styles from './consistency.module.css'

type Result = { id: string; title: string; owner: string; breaches: number; milliseconds: number }
type Example = Readonly<Record<string, unknown>>

const isResult = (one: unknown): one is Result =>
  typeof one === 'object' && one !== null && 'title' in one && 'breaches' in one
const resultsOf = (value: unknown): readonly Result[] => (Array.isArray(value) ? value.filter(isResult) : [])

const PARTS = [
  ...(['ledger', 'receivables', 'sales', 'inventory', 'costing', 'warehouse', 'credit'] as const),
  ...(['pricing', 'masters', 'kernel'] as const),
] as const

// Some rules name the role that answers for them, others their module; on the screen they stand by what they are about.
const PART_OF: Readonly<Record<string, (typeof PARTS)[number]>> = {
  'finance controller': 'ledger',
  accountant: 'receivables',
  'sales manager': 'sales',
  'stock controller': 'inventory',
  'data steward': 'masters',
}

const partOf = (owner: string): string => PART_OF[owner] ?? owner

function partWord(part: string): string {
  const known = PARTS.find((one) => one === part)
  return known ? t(`proof.owner-${known}`) : humane(part)
}

/** The rules; `examples` is missing when the reader may not see which rows break them. */
export function Rules({ results, examples }: { results: unknown; examples: unknown }) {
  useLanguage()
  const [onlyBroken, setOnlyBroken] = useState(false)
  const all = resultsOf(results)
  const good = all.filter((one) => one.breaches === 0).length
  const owners = [...new Set(all.map((one) => partOf(one.owner)))].sort((a, b) => rank(all, a) - rank(all, b))
  return (
    <Section
      title={t('proof.checks')}
      beside={<span className="quiet">{t('proof.of', { good, all: all.length })}</span>}
    >
      {good < all.length ? (
        <CheckField
          label={t('proof.only-broken')}
          checked={onlyBroken}
          onChange={(event) => setOnlyBroken(event.target.checked)}
        />
      ) : null}
      <div className={styles.owners}>
        {owners.map((owner) => {
          const own = all.filter((one) => partOf(one.owner) === owner && (!onlyBroken || one.breaches > 0))
          if (own.length === 0) return null
          return (
            <section key={owner} className={styles.owner}>
              <h3>{partWord(owner)}</h3>
              <ul>
                {[...own]
                  .sort((a, b) => b.breaches - a.breaches)
                  .map((one) => (
                    <Rule key={one.id} rule={one} examples={examples} />
                  ))}
              </ul>
            </section>
          )
        })}
      </div>
    </Section>
  )
}

/** Owners with broken rules first, then as they are listed. */
const rank = (all: readonly Result[], owner: string): number => {
  const at = PARTS.findIndex((one) => one === owner)
  return (at < 0 ? PARTS.length : at) - (all.some((one) => partOf(one.owner) === owner && one.breaches > 0) ? 100 : 0)
}

function Rule({ rule, examples }: { rule: Result; examples: unknown }) {
  const holds = rule.breaches === 0
  return (
    <li data-rule={rule.id}>
      <div className={styles.rule}>
        <span className={styles.id}>{rule.id}</span>
        <span className={styles.title}>{rule.title}</span>
        <small title={t('proof.milliseconds', { n: rule.milliseconds })}>
          {t('proof.milliseconds', { n: rule.milliseconds })}
        </small>
        <StateBadge state={holds ? 'holds' : 'broken'} mood={holds ? 'good' : 'bad'}>
          {holds ? t('proof.ok') : t('proof.breaches', { n: integer(rule.breaches) })}
        </StateBadge>
      </div>
      {holds ? null : <Examples rows={examplesOf(examples, rule.id)} />}
    </li>
  )
}

function examplesOf(examples: unknown, id: string): readonly Example[] | undefined {
  if (typeof examples !== 'object' || examples === null) return undefined
  const found = Object.entries(examples).find(([key]) => key === id)?.[1]
  return Array.isArray(found) ? found : []
}

/** The rows as a table with the columns that the rule tells. */
function Examples({ rows }: { rows: readonly Example[] | undefined }) {
  if (!rows) return <p className={styles.hidden}>{t('proof.hidden')}</p>
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((one) => one !== 'company_id')
  return (
    <div className={styles.examples}>
      <table>
        <caption>{t('proof.examples')}</caption>
        <thead>
          <tr>
            {columns.map((one) => (
              <th key={one} scope="col">
                {humane(one)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify(row)}>
              {columns.map((one) => (
                <td key={one}>
                  <Told column={one} value={row[one]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

// What an id in a counter-example is the id of, by the name of its column.
const ID_OF: Readonly<Record<string, string>> = {
  item_id: 'catalog.item',
  order_id: 'sales.order',
  customer_id: 'party.customer',
  invoice_id: 'receivables.invoice',
  payment_id: 'receivables.payment',
  shipment_id: 'warehouse.shipment',
  receipt_id: 'warehouse.receipt',
  entry_id: 'ledger.entry',
  location_id: 'inventory.location',
}
const NO_LOT = '00000000-0000-0000-0000-000000000000'

/** A value of a counter-example: a link where it names a document that the reader may see. */
function Told({ column, value }: { column: string; value: unknown }) {
  if (value === null || value === undefined || value === NO_LOT) return '–'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const of = ID_OF[column]
  return of ? <DocRef of={of} id={text} otherwise={text} /> : text
}
