// What kinds of configuration, their fields and the ways of a change are called in the reader's language.
import { useGet } from '../../client/questions.ts'
import type { components } from '../../generated/api.ts'
import { choiceWord, documentWord, fieldWord, humane, type Key, t, verbWord } from '../../i18n/index.ts'

type Word = components['schemas']['rollout.words.row']

export type Words = {
  /** 'ledger.mapping' as 'Ledger mapping'. */
  kind(kind: string): string
  /** A field of a kind, as its document calls it. */
  field(kind: string, field: string): string
  /** How values of a field are written. */
  fieldKind(kind: string, field: string): string
  /** Whether this is a kind, or a field of it; nothing is before the words have come. */
  knows(kind: string, field?: string): boolean
}

/** The words of all kinds; asked once, since they change with the product only. */
export function useWords(): Words {
  const { data } = useGet('/api/rollout/words', {})
  const found = new Map<string, Word>((data?.items ?? []).map((one) => [`${one.kind} ${one.field}`, one]))
  const labels = new Map((data?.items ?? []).map((one) => [one.kind, one.label]))
  return {
    kind: (kind) => documentWord(kind, labels.get(kind) ?? humane(kind.split('.').at(-1) ?? kind)),
    field: (kind, field) => fieldWord(field, found.get(`${kind} ${field}`)?.field_label ?? undefined),
    fieldKind: (kind, field) => found.get(`${kind} ${field}`)?.field_kind ?? 'text',
    knows: (kind, field) => (field === undefined ? labels.has(kind) : found.has(`${kind} ${field}`)),
  }
}

const CHANNELS: Readonly<Record<string, Key>> = {
  inside: 'rollout.by-inside',
  api: 'rollout.by-api',
  import: 'rollout.by-import',
  job: 'rollout.by-job',
  cli: 'rollout.by-cli',
}

const SQL = 'SQL as '

/** By which way something was changed: 'api, ledger.mapping.set' in words, or the login that wrote past the program. */
export function howWord(how: string | null, words: Words): string {
  if (!how) return t('rollout.long-ago')
  if (how.startsWith(SQL)) return t('rollout.how-sql', { login: how.slice(SQL.length) })
  const [channel = '', name = ''] = how.split(', ')
  const at = name.lastIndexOf('.')
  if (at < 0) return how
  return t('rollout.how', {
    verb: `${words.kind(name.slice(0, at))} · ${verbWord(name.slice(at + 1))}`,
    channel: channel in CHANNELS ? t(CHANNELS[channel] ?? 'rollout.by-inside') : choiceWord(channel),
  })
}

const REASONS: Readonly<Record<string, Key>> = {
  'new in the template': 'rollout.because-new',
  'brought back: the site ended it outside of a plan': 'rollout.because-back',
  'no longer in the template': 'rollout.because-gone',
  'taken back: the site added it outside of a plan': 'rollout.because-added',
  'taken back: the site changed it outside of a plan': 'rollout.because-changed',
  'changed in the template': 'rollout.because-moved',
  'as the template has it': 'rollout.because-template',
}

const BUT = ', but '

/** Why a step stands in a plan: the plan's own reasons in the reader's language, the template's as they were written. */
export function reasonWord(reason: string): string {
  const [why = '', ...but] = reason.split(BUT)
  const parts = why.split('; ').map((part) => {
    const key = REASONS[part]
    return key ? t(key) : part
  })
  return [parts.join('; '), ...but].join(but.length > 0 ? t('rollout.but') : '')
}

/** A key of several parts, joined by slashes, as it is read; parts that are empty mean any. */
export const keyText = (key: string): string =>
  key.includes('/')
    ? key
        .split('/')
        .map((part) => part || '*')
        .join(' / ')
    : key

/** What a difference is in: 'Account 1100', and with a field 'Account 1100 · Name'. */
export const differenceText = (one: { kind: string; key: string; field?: string | null }, words: Words): string =>
  `${words.kind(one.kind)} ${keyText(one.key)}${one.field ? ` · ${words.field(one.kind, one.field)}` : ''}`

/** As gates keep a difference: kind, key, field, and in brackets the deviation that has run out. */
const KEPT = /^([a-z-]+\.[a-z-]+) (.+?)( \(DEV-\d{4}-\d{5,}\))?$/

/** A difference that a gate kept, 'ledger.account 1100 name', as drift calls it; undefined when the record is something else. */
export function keptDifference(record: string, words: Words): string | undefined {
  const [, kind = '', rest = '', deviation = ''] = KEPT.exec(record) ?? []
  if (!words.knows(kind)) return undefined
  const at = rest.lastIndexOf(' ')
  const field = rest.slice(at + 1)
  const one = at > 0 && words.knows(kind, field) ? { kind, key: rest.slice(0, at), field } : { kind, key: rest }
  return `${differenceText(one, words)}${deviation}`
}
