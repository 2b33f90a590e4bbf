// A customer's account: what he owes item by item, the money that waits to be applied, what settled what, and his statement.
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { documentPath, useDescription } from '../../client/descriptions.ts'
import { useName } from '../../client/names.ts'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { choiceWord, documentWord, t, useLanguage } from '../../i18n/index.ts'
import { buttonClass } from '../../parts/button.tsx'
import { isZero, minus, sum } from '../../parts/exact.ts'
import { Empty, Figures, Page, ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Money } from '../../parts/values.tsx'
import { useKeys } from '../../shell/keys.ts'
import { remember } from '../../shell/recent.ts'
import { Apply } from './apply.tsx'
import styles from './finance.module.css'
import { Settled } from './settled.tsx'
import { Statement } from './statement.tsx'

function Head({ id }: { id: string }) {
  const aged = useGet('/api/receivables/aged', { customer: id })
  const credit = useGet('/api/credit/exposure', { customer: id }, { enabled: may('credit.account.read') })
  const row = aged.data?.items[0]
  const account = credit.data?.items[0]
  const late = row ? sum([row.days_30, row.days_60, row.days_90, row.older]) : '0'
  const currency = row?.currency ?? account?.currency ?? null
  return (
    <div className={styles.figures}>
      <Figures
        figures={[
          { label: t('finance.balance'), value: <Money value={row?.total ?? '0'} currency={currency} /> },
          {
            label: t('finance.overdue'),
            value: (
              <span className={isZero(late) ? undefined : styles.late}>
                <Money value={late} currency={currency} />
              </span>
            ),
          },
          {
            label: t('finance.bucket-on_account'),
            value: <Money value={minus(row?.on_account ?? '0')} currency={currency} />,
          },
          ...(account
            ? [
                { label: t('work.exposure'), value: <Money value={account.exposure} currency={account.currency} /> },
                {
                  label: t('work.limit'),
                  value: <Money value={account.limit_now ?? '0'} currency={account.currency} />,
                },
              ]
            : []),
        ]}
      />
      {account?.held ? (
        <p>
          <StateBadge state="on_hold" />{' '}
          {Object.keys(typeof account.holds === 'object' && account.holds !== null ? account.holds : {})
            .map(choiceWord)
            .join(', ')}
        </p>
      ) : null}
    </div>
  )
}

/** The screen at /finance/customer/… */
export function Screen() {
  useLanguage()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  return may('receivables.balance.read') ? <Account id={id} /> : <NotYours id={id} />
}

/** One calm sentence for whoever may not read balances, and the way to what he may see of the customer. */
function NotYours({ id }: { id: string }) {
  const name = useName('party.customer', id)
  const customer = useDescription('party.customer')
  return (
    <Page title={name ? `${name.number} · ${name.title ?? ''}` : t('finance.customer')}>
      <Empty
        title={t('finance.not-yours')}
        action={
          customer ? (
            <Link className={buttonClass} to={documentPath('party.customer', id)}>
              {documentWord('party.customer', customer.label)}
            </Link>
          ) : null
        }
      >
        {t('finance.not-yours-rest')}
      </Empty>
    </Page>
  )
}

function Account({ id }: { id: string }) {
  const navigate = useNavigate()
  const name = useName('party.customer', id)
  const receiving = useDescription('receivables.payment')?.verbs.some((verb) => verb.verb === 'receive') === true
  const items = useGet('/api/receivables/open-items', { customer: id })
  useKeys({ Escape: () => void navigate({ to: '/finance/receivables' }) })
  useEffect(() => {
    if (name) remember({ document: 'party.customer', id, number: name.number, title: name.title })
  }, [id, name])
  const open = items.data?.items ?? []
  return (
    <Page
      title={name ? `${name.number} · ${name.title ?? ''}` : t('finance.customer')}
      crumb={{ to: '/finance/receivables', text: t('finance.receivables') }}
      actions={
        <>
          {receiving ? (
            <Link className={buttonClass} to="/receivables/payment/new" search={{ customer: id }}>
              {t('finance.receive')}
            </Link>
          ) : null}
          <Link className={buttonClass} to={documentPath('party.customer', id)}>
            {documentWord('party.customer', t('finance.customer'))}
          </Link>
        </>
      }
    >
      <Head id={id} />
      {items.error ? (
        <ProblemNote error={items.error} onRetry={() => void items.refetch()} />
      ) : items.isPending ? (
        <Skeleton lines={8} />
      ) : (
        <Apply
          key={id}
          customer={id}
          invoices={open.filter((one) => one.kind === 'invoice')}
          money={open.filter((one) => one.kind !== 'invoice')}
        />
      )}
      <div className={styles.halves}>
        <Section title={t('finance.settled')}>
          <Settled customer={id} />
        </Section>
        <Section title={t('finance.statement')}>
          <Statement customer={id} />
        </Section>
      </div>
    </Page>
  )
}
