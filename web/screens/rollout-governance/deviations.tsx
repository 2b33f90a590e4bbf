// The register of deviations: every accepted difference of every site as a card with its days left, the most pressing first.
import { Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { documentPath } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import type { components } from '../../generated/api.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { day } from '../../i18n/format.ts'
import { choiceWord, counted, stateWord, t, useLanguage, verbWord } from '../../i18n/index.ts'
import { CheckField, inputClass } from '../../parts/field.tsx'
import { Empty, Figures, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { type Mood, StateBadge } from '../../parts/state-badge.tsx'
import { plainText } from '../rollout/value.tsx'
import { keyText, useWords, type Words } from '../rollout/words.ts'
import styles from './governance.module.css'
import { useTexts } from './sites.tsx'

type Card = components['schemas']['rollout.deviation-cards.row']

const PATH = '/rollout/deviations'
const MOODS: Readonly<Record<string, Mood>> = {
  ...{ valid: 'good', soon: 'wait', expired: 'bad', requested: 'wait', rejected: 'over', withdrawn: 'over' },
}

/** How a deviation stands, in days where days count. */
function Standing({ one }: { one: Card }) {
  useLanguage()
  const text =
    one.standing === 'expired'
      ? counted('governance.days-over', -one.days_left)
      : one.state === 'approved'
        ? counted('governance.days-left', one.days_left)
        : stateWord(one.state)
  return (
    <StateBadge state={one.standing} mood={MOODS[one.standing] ?? 'idle'}>
      {text}
    </StateBadge>
  )
}

function Verbs({ one }: { one: Card }) {
  useLanguage()
  const subjects = [{ id: one.id, number: one.number, state: one.state, version: one.version }]
  const document = 'rollout.deviation'
  return (
    <div className={styles.verbs}>
      {one.state === 'requested' ? (
        <>
          <VerbButton document={document} verb="approve" subjects={subjects} tone="primary" />
          <VerbButton document={document} verb="reject" subjects={subjects} />
        </>
      ) : null}
      {one.state === 'approved' && may('rollout.deviation.renew') ? (
        <Link to="/rollout/deviation/new" search={{ verb: 'renew', of: one.number }} className={styles.link}>
          {verbWord('renew')}
        </Link>
      ) : null}
      {one.state === 'approved' || one.state === 'requested' ? (
        <VerbButton document={document} verb="withdraw" subjects={subjects} />
      ) : null}
    </div>
  )
}

function DeviationCard({ one, words }: { one: Card; words: Words }) {
  useLanguage()
  const pairs: readonly (readonly [string, string])[] = [
    [t('governance.instead'), plainText(one.value)],
    [t('governance.scope'), one.scope],
    [t('governance.reason'), one.reason],
    [t('governance.risk'), one.risk],
    [t('governance.control'), one.compensating_control],
    [t('rollout.owner'), one.owner],
    [t('governance.until'), day(one.expires_on)],
    [t('governance.asked-by'), one.requested_by],
    ...(one.approved_by ? [[t('governance.granted-by'), one.approved_by] as const] : []),
    ...(one.renews ? [[t('governance.renews'), one.renews] as const] : []),
  ]
  return (
    <li className={styles.card} data-standing={one.standing} data-deviation={one.number}>
      <header>
        <b className="code">{one.site}</b>
        <Link to={documentPath('rollout.deviation', one.id)} className="code">
          {one.number}
        </Link>
        <Standing one={one} />
      </header>
      <h2>
        {words.kind(one.kind)} <span className="code">{keyText(one.object_key)}</span>
        {one.field ? ` · ${words.field(one.kind, one.field)}` : ''}
      </h2>
      <dl className={styles.pairs}>
        {pairs
          .filter(([, value]) => value !== '')
          .flatMap(([name, value]) => [<dt key={`${name} name`}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>])}
      </dl>
      <Verbs one={one} />
    </li>
  )
}

function Totals({ rows }: { rows: readonly Card[] }) {
  const count = (standing: string) => rows.filter((one) => one.standing === standing).length
  return (
    <Figures
      figures={[
        { label: choiceWord('expired'), value: count('expired') },
        { label: stateWord('requested'), value: count('requested') },
        { label: choiceWord('soon'), value: count('soon') },
        { label: choiceWord('valid'), value: count('valid') + count('soon') },
      ]}
    />
  )
}

/** The screen at /rollout/deviations?all=yes */
export function Screen() {
  useLanguage()
  const words = useWords()
  const navigate = useNavigate()
  const all = useTexts().all === 'yes'
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim().toLocaleLowerCase())
  const { data, error, isPending, refetch } = useGet('/api/rollout/deviation-cards', { all })
  const rows = data?.items ?? []
  const shown = rows.filter((one) =>
    `${one.site} ${one.site_name} ${one.number} ${words.kind(one.kind)} ${one.object_key} ${one.owner} ${one.reason}`
      .toLocaleLowerCase()
      .includes(q),
  )
  return (
    <Page
      title={t('governance.deviations')}
      beside={rows.length > 0 ? <span className="quiet">{counted('governance.count', shown.length)}</span> : null}
      body="bare"
    >
      {error ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton lines={8} />
      ) : (
        <div className={styles.screen}>
          <div className={styles.tools}>
            <input
              type="search"
              className={inputClass}
              aria-label={t('governance.find-deviation')}
              placeholder={t('governance.find-deviation')}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
            <CheckField
              label={t('governance.also-over')}
              checked={all}
              onChange={(event) => void navigate({ to: PATH, search: event.target.checked ? { all: 'yes' } : {} })}
            />
          </div>
          <div className={styles.body}>
            <Totals rows={rows} />
            {shown.length === 0 ? (
              <Empty title={t('governance.no-deviations')}>{t('governance.no-deviations-rest')}</Empty>
            ) : (
              <ul className={styles.cards}>
                {shown.map((one) => (
                  <DeviationCard key={one.id} one={one} words={words} />
                ))}
              </ul>
            )}
          </div>
        </div>
      )}
    </Page>
  )
}
