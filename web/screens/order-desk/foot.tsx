// The lower edge of the desk: what the order comes to, what it would do, and the button that does it.
import { Link } from '@tanstack/react-router'
import { documentPath } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { day, money } from '../../i18n/format.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { sum } from '../../parts/exact.ts'
import { Icon } from '../../parts/icon.tsx'
import { ProblemNote } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { useCredit } from './card-data.ts'
import styles from './desk.module.css'
import type { Draft } from './draft.ts'
import type { Effect, Hold } from './effect.ts'
import { HoldList } from './hold-list.tsx'
import type { Done, Looked, Stage, Verb } from './use-take.ts'

/** What there is and by when, in one line. */
function Supply({ effect }: { effect: Effect }) {
  if (effect.lines === 0) return null
  return (
    <p className={styles.summary}>
      <span>{counted('desk.count', effect.lines)}</span>
      {effect.problems > 0 ? (
        <span data-bad="true">
          <Icon name="stop" size={13} /> {counted('desk.problems', effect.problems)}
        </span>
      ) : null}
      {effect.short > 0 ? (
        <span data-short="true">{counted('desk.lines-short', effect.short)}</span>
      ) : effect.settled && effect.problems === 0 && effect.promise ? (
        <span>{t('desk.all-there')}</span>
      ) : null}
      {effect.promise && effect.none === 0 ? <span>{t('desk.complete-by', { day: day(effect.promise) })}</span> : null}
      {effect.none > 0 ? <span data-short="true">{counted('desk.lines-never', effect.none)}</span> : null}
    </p>
  )
}

function Sums({ effect }: { effect: Effect }) {
  return (
    <dl className={styles.sums}>
      <div>
        <dt>{t('desk.net')}</dt>
        <dd>{money(effect.net, effect.currency)}</dd>
      </div>
      <div>
        <dt>{t('desk.tax')}</dt>
        <dd>{money(effect.tax, effect.currency)}</dd>
      </div>
      <div data-main="true">
        <dt>{t('desk.total')}</dt>
        <dd>{money(effect.total, effect.currency)}</dd>
      </div>
    </dl>
  )
}

/** The trial of confirming, told in full before anything is done. */
function Trial({
  looked,
  draft,
  effect,
  holds,
}: {
  looked: Looked
  draft: Draft
  effect: Effect
  holds: readonly Hold[]
}) {
  const credit = useCredit(draft.customer?.id ?? null)
  const after = credit ? sum([credit.exposure, looked.total]) : undefined
  const held = looked.state === 'on_hold'
  return (
    <section className={styles.trial} aria-label={t('verb.preview')} aria-live="polite">
      <h2>
        {t('verb.preview')} <span className="code">{looked.number}</span>
        <StateBadge state="draft" />
        <Icon name="right" size={12} />
        <StateBadge state={looked.state} />
      </h2>
      <dl>
        <div>
          <dt>{t('desk.reserved')}</dt>
          <dd>
            {held
              ? t('desk.reserved-none')
              : t('desk.reserved-of', { n: effect.lines - effect.short, of: effect.lines })}
          </dd>
        </div>
        <div>
          <dt>{t('desk.promise')}</dt>
          <dd>
            {held
              ? t('desk.promise-none')
              : effect.promise && effect.none === 0
                ? day(effect.promise)
                : t('desk.no-date')}
          </dd>
        </div>
        {credit && after ? (
          <div>
            <dt>{t('desk.exposure')}</dt>
            <dd>
              {money(credit.exposure, credit.currency)} →{' '}
              {held ? money(credit.exposure, credit.currency) : money(after, credit.currency)}
              <span className="quiet">
                {' '}
                {t('desk.of-limit', { limit: money(credit.limit_now ?? '0', credit.currency) })}
              </span>
            </dd>
          </div>
        ) : null}
        <div>
          <dt>{t('desk.total')}</dt>
          <dd>{money(looked.total, looked.currency)}</dd>
        </div>
      </dl>
      {held ? (
        holds.length > 0 ? (
          <HoldList holds={holds} />
        ) : (
          <p className={styles.short}>{t('desk.held-otherwise')}</p>
        )
      ) : null}
    </section>
  )
}

/** What became of the order that was just taken; it stays until the next one is begun. */
function Taken({ done }: { done: Done }) {
  const holds = useGet('/api/sales/order-holds', { order: done.id }).data?.items ?? []
  const chain = useGet('/api/sales/order-chain', { order: done.id }).data?.items ?? []
  const days = chain.flatMap((line) => (line.promise ? [line.promise] : [])).sort()
  const there = chain.filter((line) => line.blocking !== 'stock').length
  return (
    <section className={styles.taken} aria-label={t('desk.done')} aria-live="polite">
      <Icon name={done.state === 'on_hold' ? 'clock' : 'check'} size={18} />
      <p>
        <Link to={documentPath('sales.order', done.id)} className="code">
          {done.number}
        </Link>{' '}
        <StateBadge state={done.state} /> {money(done.total, done.currency)}
        {done.state === 'confirmed' && chain.length > 0 ? (
          <span className="quiet">
            {' '}
            · {t('desk.reserved-of', { n: there, of: chain.length })}
            {days.at(-1) ? ` · ${t('desk.complete-by', { day: day(days.at(-1) ?? '') })}` : ''}
          </span>
        ) : null}
      </p>
      <HoldList holds={holds.filter((one) => one.state === 'open')} />
      <p className="quiet">{t('desk.next')}</p>
    </section>
  )
}

type Props = {
  draft: Draft
  effect: Effect
  holds: readonly Hold[]
  stage: Stage
  missing: string | undefined
  onLook: () => void
  onTake: (verb: Verb) => void
  onBack: () => void
}

const busy = (stage: Stage) => stage.step === 'looking' || stage.step === 'doing'

function Buttons({ stage, effect, onLook, onTake, onBack }: Props) {
  const looked = stage.step === 'looked' || stage.step === 'doing'
  const held = looked && stage.looked.state === 'on_hold'
  return (
    <div className={styles.buttons}>
      {looked ? (
        <Button tone="quiet" hint="Esc" onClick={onBack}>
          {t('desk.back')}
        </Button>
      ) : null}
      {may('sales.order.quote') ? (
        <Button hint="Alt Q" disabled={busy(stage) || effect.lines === 0} onClick={() => onTake('quote')}>
          {t('desk.quote')}
        </Button>
      ) : null}
      <Button
        tone="primary"
        hint="Ctrl ↵"
        disabled={busy(stage) || effect.lines === 0}
        data-step={stage.step}
        onClick={() => (looked ? onTake('confirm') : onLook())}
      >
        {t(looked ? (held ? 'desk.confirm-held' : 'desk.confirm') : 'desk.look')}
      </Button>
    </div>
  )
}

/** The lower edge. */
export function Foot(props: Props) {
  useLanguage()
  const { draft, effect, holds, stage, missing } = props
  return (
    <footer className={styles.foot}>
      {stage.step === 'failed' ? (
        <ProblemNote
          error={stage.problem}
          after={t(stage.problem.code === 'OFFLINE' ? 'verb.unknown-done' : 'verb.not-done')}
          onRetry={() => (stage.verb ? props.onTake(stage.verb) : props.onLook())}
        />
      ) : null}
      {missing ? (
        <p className={styles.wrong} role="alert">
          <Icon name="warning" size={14} /> {missing}
        </p>
      ) : null}
      {stage.step === 'looked' || stage.step === 'doing' ? (
        <Trial looked={stage.looked} draft={draft} effect={effect} holds={holds} />
      ) : stage.step === 'done' ? (
        <Taken done={stage.done} />
      ) : (
        <HoldList holds={holds} />
      )}
      <div className={styles.bottom}>
        {stage.step === 'done' && effect.lines === 0 ? <p className={styles.summary} /> : <Supply effect={effect} />}
        <Sums effect={effect} />
        <Buttons {...props} />
      </div>
    </footer>
  )
}
