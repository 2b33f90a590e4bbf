// References whose document is one of several, which a description cannot say: a price of a customer or of a group.
import { type Named, useName } from '../client/names.ts'
import { choiceWord, type Key, t } from '../i18n/index.ts'
import { Ref } from './values.tsx'

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** What stands where any will do. */
const ANY = '00000000-0000-0000-0000-000000000000'

type Kinds = { of: readonly [string, string]; any: Key; otherwise: Key }
const LOOSE: Readonly<Record<string, Kinds>> = {
  subject: { of: ['party.customer', 'party.supplier'], any: 'value.everyone', otherwise: 'value.price-group' },
  object: { of: ['catalog.item', 'catalog.category'], any: 'value.everything', otherwise: 'common.empty' },
}

/** What a text refers to when it is an id: each document that it may be one of. */
export const looseRefs = (field: string, value: unknown): readonly (readonly [of: string, id: string])[] =>
  typeof value === 'string' && ID.test(value) && value !== ANY
    ? (LOOSE[field]?.of ?? []).map((of) => [of, value] as const)
    : []

/** Whether a text is such a reference. */
export const isLoose = (field: string, text: string): boolean => field in LOOSE && ID.test(text)

/** The number or name of what a text refers to. `group` is the code of the price group, where it refers to one. */
export function LooseRef({ field, id, group }: { field: string; id: string; group: unknown }) {
  const kinds = LOOSE[field]
  const named = field === 'subject' && typeof group === 'string' && group !== '' ? group : undefined
  const asked = id === ANY || named ? null : id
  const first: Named | null | undefined = useName(kinds?.of[0] ?? '', asked)
  const second: Named | null | undefined = useName(kinds?.of[1] ?? '', asked)
  if (!kinds) return null
  if (named) return <span>{t('value.group-named', { group: choiceWord(named) })}</span>
  if (asked === null) return <span className="quiet">{t(kinds.any)}</span>
  const of = first ? kinds.of[0] : second ? kinds.of[1] : undefined
  if (of) return <Ref of={of} id={id} as="both" />
  return <span className="quiet">{first === undefined || second === undefined ? '…' : t(kinds.otherwise)}</span>
}
