// Values as people read them: money with its currency, quantities with their unit, days, and documents by their name.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { documentPath, type FieldText, useDescription } from '../client/descriptions.ts'
import { useName } from '../client/names.ts'
import * as format from '../i18n/format.ts'
import { choiceWord, fieldWord, locale, t, useLanguage, valueWord } from '../i18n/index.ts'
import { times } from './exact.ts'
import { isLoose, LooseRef } from './loose-ref.tsx'
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
  const leads = useDescription(of) !== undefined
  if (!id) return null
  if (name === undefined) return <span className="quiet">…</span>
  if (name === null) return <span className="quiet">–</span>
  // People have a name and no page.
  if (!leads) return <span>{name.title ?? name.number}</span>
  return (
    <Link
      to={documentPath(of, id)}
      title={name.title ? `${name.number} · ${name.title}` : name.number}
      onClick={(event) => event.stopPropagation()}
    >
      {name.title && as !== 'number' ? (
        <>
          {as === 'both' ? <span className="quiet code">{name.number}</span> : null}
          {as === 'both' ? ' ' : null}
          {name.title}
        </>
      ) : (
        <span className="code">{name.number}</span>
      )}
    </Link>
  )
}

/** The first Monday after the epoch, for the names of weekdays. */
const MONDAY = Date.UTC(1970, 0, 5)
const weekday = (n: number): string =>
  new Intl.DateTimeFormat(locale(), { weekday: 'short', timeZone: 'UTC' }).format(MONDAY + (n - 1) * 86_400_000)

/** Ids mean nothing to a reader. */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/
/** A fingerprint, of which nobody reads more than the beginning. */
const FINGERPRINT = /^[0-9a-f]{40,}$/

const told = (value: unknown): string =>
  value === null || value === undefined
    ? '–'
    : typeof value === 'boolean'
      ? t(value ? 'common.yes' : 'common.no')
      : Array.isArray(value)
        ? value.map(told).join(', ')
        : typeof value === 'object'
          ? Object.entries(value)
              .filter(([, one]) => !ID.test(String(one)))
              .map(([key, one]) => `${fieldWord(key)} ${told(one)}`)
              .join(' · ')
          : format.isDay(String(value))
            ? format.day(String(value))
            : INSTANT.test(String(value))
              ? format.instant(String(value))
              : String(value)

/** The JSON members of something, as words; for fields whose inside only their module knows. */
function Json({ name, value }: { name: string; value: unknown }): ReactNode {
  if (value === null || value === undefined) return null
  if (name === 'weekdays' && Array.isArray(value)) return value.map((one) => weekday(Number(one))).join(', ')
  return told(value)
}

/** Fields whose codes are words of the programme: they are read, and nobody types them. */
const WORDED: ReadonlySet<string> = new Set([
  'seat',
  'area',
  'kind',
  'class',
  'council',
  'metric',
  'function',
  'stance',
  'matter',
])
const KEBAB = /^[a-z]+(-[a-z]+)*$/

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
      return <span className="number">{format.percent(field.fraction ? times(text, '100') : text)}</span>
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
      if (valueWord(field.name, text)) return valueWord(field.name, text)
      return WORDED.has(field.name) && KEBAB.test(text) ? choiceWord(text) : <span className="code">{text}</span>
    case 'json':
      return <Json name={field.name} value={value} />
    default:
      if (WORDED.has(field.name) && KEBAB.test(text)) return choiceWord(text)
      if (isLoose(field.name, text)) return <LooseRef field={field.name} id={text} group={row?.group} />
      if (FINGERPRINT.test(text)) return <span title={text}>{`${text.slice(0, 12)}…`}</span>
      if (format.isSpan(text)) return format.span(text)
      return format.isDay(text) ? <Day value={text} /> : text
  }
}

/** Whether a kind of field is read from the right, so that its digits stand under each other. */
export const isNumeric = (kind: FieldText['kind']): boolean =>
  kind === 'money' || kind === 'price' || kind === 'quantity' || kind === 'percent' || kind === 'integer'
