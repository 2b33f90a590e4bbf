// Values as people read them: money with its currency, quantities with their unit, days, and documents by their name.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { documentPath, type FieldText } from '../client/descriptions.ts'
import { useName } from '../client/names.ts'
import * as format from '../i18n/format.ts'
import { choiceWord, t, useLanguage } from '../i18n/index.ts'
import { StateBadge } from './state-badge.tsx'

type Text = { value: string | null | undefined }

/** An amount of money. `value` is the server's exact text. */
export function Money({ value, currency }: Text & { currency?: string | null }) {
  useLanguage()
  return value ? <span className="number">{format.money(value, currency)}</span> : null
}

/** A quantity, with its unit when one is given. */
export function Quantity({ value, unit }: Text & { unit?: string | null }) {
  useLanguage()
  if (value === null || value === undefined) return null
  return (
    <span className="number">
      {format.quantity(value)}
      {unit ? <span className="quiet"> {unit}</span> : null}
    </span>
  )
}

/** A business day. */
export function Day({ value }: Text) {
  useLanguage()
  return value ? <time dateTime={value}>{format.day(value)}</time> : null
}

/** An instant: how long ago, with the exact time on hover. */
export function Instant({ value }: Text) {
  useLanguage()
  return value ? (
    <time dateTime={value} title={format.instant(value)}>
      {format.ago(value)}
    </time>
  ) : null
}

/** A document that another one names: its name where it has one, else its number; a link to it. */
export function Ref({
  of,
  id,
  as = 'name',
}: {
  of: string
  id: string | null | undefined
  as?: 'name' | 'number' | 'both'
}) {
  const name = useName(of, id ?? null)
  if (!id) return null
  if (name === undefined) return <span className="quiet">…</span>
  if (name === null) return <span className="quiet">–</span>
  return (
    <Link
      to={documentPath(of, id)}
      title={name.title ? `${name.number} · ${name.title}` : name.number}
      onClick={(event) => event.stopPropagation()}
    >
      {name.title && as !== 'number' ? (
        <>
          {as === 'both' ? <span className="quiet code">{name.number} </span> : null}
          {name.title}
        </>
      ) : (
        <span className="code">{name.number}</span>
      )}
    </Link>
  )
}

/** The JSON members of something, as words; for fields whose inside only their module knows. */
function Json({ value }: { value: unknown }): ReactNode {
  if (value === null || value === undefined) return null
  if (Array.isArray(value))
    return value.length === 0
      ? null
      : value.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one))).join(', ')
  if (typeof value !== 'object') return String(value)
  const members = Object.entries(value)
  return members
    .map(([key, one]) => `${key}: ${typeof one === 'object' ? JSON.stringify(one) : String(one)}`)
    .join(', ')
}

type ValueProps = {
  field: FieldText
  value: unknown
  row?: Readonly<Record<string, unknown>>
  refs?: 'name' | 'number' | 'both'
}

/** Any described field. `row` is the whole document or line, for the currency and unit that stand beside. */
export function Value({ field, value, row, refs = 'name' }: ValueProps): ReactNode {
  useLanguage()
  if (value === null || value === undefined || value === '') return null
  const text = typeof value === 'string' ? value : String(value)
  switch (field.kind) {
    case 'money':
      return <Money value={text} currency={typeof row?.currency === 'string' ? row.currency : null} />
    case 'price':
      return <span className="number">{format.price(text)}</span>
    case 'quantity':
      return <Quantity value={text} />
    case 'percent':
      return <span className="number">{format.percent(text)}</span>
    case 'integer':
      return <span className="number">{format.integer(text)}</span>
    case 'date':
      return <Day value={text} />
    case 'instant':
      return <Instant value={text} />
    case 'boolean':
      return value === true ? t('common.yes') : t('common.no')
    case 'choice':
      return field.name === 'state' ? <StateBadge state={text} /> : choiceWord(text)
    case 'ref':
      return <Ref of={field.of ?? ''} id={text} as={refs} />
    case 'code':
      return <span className="code">{text}</span>
    case 'json':
      return <Json value={value} />
    default:
      return text
  }
}

/** Whether a kind of field is read from the right, so that its digits stand under each other. */
export const isNumeric = (kind: FieldText['kind']): boolean =>
  kind === 'money' || kind === 'price' || kind === 'quantity' || kind === 'percent' || kind === 'integer'
