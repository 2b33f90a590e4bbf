// The simulator: who is to get which role until when; at once every rule that it would break, what to give instead, and the way to ask.
import { useState } from 'react'
import { useGet } from '../../client/questions.ts'
import { may, session } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import { usePerform } from '../../generic/verb/use-verb.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { AreaField, SelectField, TextField } from '../../parts/field.tsx'
import { ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { notify } from '../../shell/notices.tsx'
import { useAsked } from '../finance/use-asked.ts'
import { ClashList } from './clash-list.tsx'
import styles from './separation.module.css'
import { dayFromNow } from './words.ts'

type Given = { account: string; name: string; role: string; endsOn: string }

/** Person and role stand in the address, so that a simulation can be sent to somebody. */
export function Simulator() {
  useLanguage()
  const me = useStore(session)?.account
  const [asked, go] = useAsked()
  const [endsOn, setEndsOn] = useState(() => dayFromNow(90))
  const others = may('rollout.access-request.read')
  const people = useGet('/api/rollout/people', {}, { enabled: others })
  const roles = useGet('/api/rollout/roles', {})
  const named = new Map((roles.data?.items ?? []).map((one) => [one.role, one.name]))
  const account = (others ? asked.account : undefined) ?? me?.id ?? ''
  const choices = others
    ? (people.data?.items ?? []).map((one) => ({ value: one.account, text: one.name }))
    : [{ value: me?.id ?? '', text: me?.name ?? '' }]
  const name = choices.find((one) => one.value === account)?.text ?? me?.name ?? ''
  const role = asked.role ?? ''
  const owner = roles.data?.items.find((one) => one.role === role)
  return (
    <div className={styles.simulator}>
      <form className={styles.form} onSubmit={(event) => event.preventDefault()}>
        <SelectField
          label={t('separation.person')}
          value={account}
          disabled={!others}
          options={choices}
          onChange={(event) => go({ account: event.target.value })}
        />
        <SelectField
          label={t('separation.role')}
          value={role}
          hint={owner?.purpose}
          options={[
            { value: '', text: t('separation.choose-role') },
            ...(roles.data?.items ?? []).map((one) => ({ value: one.role, text: one.name })),
          ]}
          onChange={(event) => go({ role: event.target.value })}
        />
        <TextField
          label={t('separation.until')}
          type="date"
          value={endsOn}
          onChange={(event) => setEndsOn(event.target.value)}
        />
        {owner ? (
          <p className="quiet">{t('separation.decides', { role: named.get(owner.approver) ?? owner.approver })}</p>
        ) : null}
      </form>
      <div className={styles.found}>
        {roles.error ? <ProblemNote error={roles.error} onRetry={() => void roles.refetch()} /> : null}
        {role === '' || endsOn === '' ? (
          <p className="quiet">{t('separation.lead')}</p>
        ) : (
          <Found key={`${account} ${role} ${endsOn}`} given={{ account, name, role, endsOn }} roles={named} />
        )}
      </div>
    </div>
  )
}

function Found({ given, roles }: { given: Given; roles: ReadonlyMap<string, string> }) {
  useLanguage()
  const { account, name, role, endsOn } = given
  const { data, error, isPending, refetch } = useGet('/api/rollout/clashes', { account, role, endsOn })
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={6} />
  const open = data.items.filter((one) => !one.waived)
  const roleName = roles.get(role) ?? role
  const verdict =
    data.items.length === 0
      ? t('separation.clean', { name, role: roleName })
      : open.length === 0
        ? t('separation.covered', { name, role: roleName })
        : counted('separation.breaks', open.length, { name, role: roleName })
  return (
    <>
      <p className={styles.verdict} role="status">
        <StateBadge state={open.length === 0 ? 'clean' : 'clash'} mood={open.length === 0 ? 'good' : 'bad'}>
          {t(open.length === 0 ? 'separation.no-clash' : 'separation.clashes')}
        </StateBadge>
        <span>{verdict}</span>
      </p>
      <ClashList clashes={data.items} roles={roles} account={account} />
      {open.length > 0 ? <Instead given={given} /> : null}
      <AskFor given={given} waits={open.length > 0} />
    </>
  )
}

/** Other roles that break nothing, the one that brings most first. */
function Instead({ given: { account, role, endsOn } }: { given: Given }) {
  useLanguage()
  const [, go] = useAsked()
  const { data } = useGet('/api/rollout/other-roles', { account, role, endsOn })
  if (!data) return null
  return (
    <Section title={t('separation.instead')}>
      {data.items.length === 0 ? (
        <p className="quiet">{t('separation.no-other')}</p>
      ) : (
        <ul className={styles.instead}>
          {data.items.map((one) => (
            <li key={one.role}>
              <Button onClick={() => go({ role: one.role })}>{one.name}</Button>
              <span className="quiet">
                {t('separation.covers', { n: one.covers, of: one.wanted, more: one.beyond })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function AskFor({ given: { account, role, endsOn }, waits }: { given: Given; waits: boolean }) {
  useLanguage()
  const [reason, setReason] = useState('')
  const { doing, run } = usePerform()
  const ask = async () => {
    const documents = [{ account, role, endsOn }]
    const done = await run({
      document: 'rollout.access-request',
      verb: 'ask',
      subjects: [],
      input: { documents },
      reason: reason.trim(),
    })
    if (!done) return
    setReason('')
    notify('good', t('separation.asked', { number: done[0]?.answer?.numbers?.[0] ?? '' }))
  }
  return (
    <Section title={t('separation.ask')}>
      <form
        className={styles.ask}
        onSubmit={(event) => {
          event.preventDefault()
          void ask()
        }}
      >
        {waits ? <p className="quiet">{t('separation.ask-waits')}</p> : null}
        <AreaField
          label={t('verb.reason')}
          hint={t('separation.reason-hint')}
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {doing.state === 'failed' ? <ProblemNote error={doing.problem} /> : null}
        <div>
          <Button type="submit" tone="primary" disabled={reason.trim() === '' || doing.state === 'busy'}>
            {t('separation.ask-button')}
          </Button>
        </div>
      </form>
    </Section>
  )
}
