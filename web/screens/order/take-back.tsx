// Taking goods of an order back: how much of which line and why, what would be authorised, and on to the return.
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { documentPath } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import type { components } from '../../generated/api.ts'
import { type Request, usePerform, usePreview } from '../../generic/verb/use-verb.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { compare } from '../../parts/exact.ts'
import { inputClass, SelectField } from '../../parts/field.tsx'
import { ProblemNote } from '../../parts/page.tsx'
import panel from '../../parts/panel.module.css'
import { Attached } from '../../parts/pop.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { cell, growing, right, Table } from '../../parts/table.tsx'
import { isQuantity, plain } from '../../parts/typed.ts'
import { Quantity } from '../../parts/values.tsx'
import styles from './order.module.css'
import type { Order } from './order-data.ts'

type Line = components['schemas']['returns.returnable.row']
type Wishes = ReadonlyMap<string, string>

/** What `authorise` takes: the lines for which somebody typed a quantity. */
const requestOf = (order: Order, reason: string, wishes: Wishes): Request => ({
  document: 'returns.rma',
  verb: 'authorise',
  subjects: [],
  input: {
    documents: [
      {
        customer: order.customer,
        warehouse: order.warehouse,
        reason,
        lines: [...wishes].flatMap(([orderLine, typed]) =>
          plain(typed) === '' ? [] : [{ orderLine, quantity: plain(typed) }],
        ),
      },
    ],
  },
})

type LinesProps = { lines: readonly Line[]; wishes: Wishes; set: (line: Line, typed: string) => void }

const Lines = ({ lines, wishes, set }: LinesProps) => (
  <Table heads={[growing(t('desk.item')), right(t('order.may-return')), t('order.comes-back')]}>
    {lines.map((line) => (
      <tr key={line.order_line}>
        <td className={cell.grow}>
          <span className="code">{line.item}</span> {line.description}
        </td>
        <td className={cell.right}>
          <Quantity value={line.possible} />
        </td>
        <td>
          <input
            className={`${inputClass} ${styles.back}`}
            inputMode="decimal"
            aria-label={`${t('order.comes-back')} ${line.line}`}
            value={wishes.get(line.order_line) ?? ''}
            onChange={(event) => set(line, event.target.value)}
          />
        </td>
      </tr>
    ))}
  </Table>
)

function Form({ order, lines, close }: { order: Order; lines: readonly Line[]; close: () => void }) {
  const navigate = useNavigate()
  const [reason, setReason] = useState('')
  const [wishes, setWishes] = useState<Wishes>(new Map())
  const { doing, run } = usePerform()
  const reasons = useGet('/api/returns/reason', { limit: 100 })
  const typed = [...wishes.values()].map(plain).filter((one) => one !== '')
  const ready = reason !== '' && typed.length > 0 && typed.every(isQuantity)
  const request = requestOf(order, reason, wishes)
  const looked = usePreview(request, ready)
  const possible = ready && looked.isSuccess && doing.state !== 'busy'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const made = possible ? (await run(request))?.[0]?.answer?.ids[0] : undefined
    if (!made) return
    close()
    void navigate({ to: documentPath('returns.rma', made) })
  }
  return (
    <form className={panel.panel} onSubmit={submit}>
      <h2>{t('order.take-back')}</h2>
      <SelectField
        label={t('verb.reason')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        options={[
          { value: '', text: '' },
          ...(reasons.data?.items ?? [])
            .filter((one) => one.state === 'active')
            .map((one) => ({ value: one.code, text: one.name })),
        ]}
        data-autofocus
      />
      <Lines
        lines={lines}
        wishes={wishes}
        set={(line, text) => setWishes(new Map(wishes).set(line.order_line, text))}
      />
      <div className={panel.preview} aria-live="polite">
        <h3>{t('verb.preview')}</h3>
        {!ready ? (
          <p className="quiet">{t('order.return-hint')}</p>
        ) : looked.isError ? (
          <ProblemNote error={looked.error} />
        ) : looked.isPending ? (
          <p className="quiet">{t('verb.checking')}</p>
        ) : (
          <p>
            {t('order.makes', { number: looked.data[0]?.answer?.numbers?.join(', ') ?? '' })}{' '}
            <StateBadge state="authorised" />
          </p>
        )}
      </div>
      {doing.state === 'failed' ? <ProblemNote error={doing.problem} after={t('verb.not-done')} /> : null}
      <div className={panel.actions}>
        <Button tone="quiet" onClick={close}>
          {t('verb.cancel')}
        </Button>
        <Button type="submit" tone="primary" disabled={!possible}>
          {doing.state === 'failed' ? t('verb.retry') : t('order.return-do')}
        </Button>
      </div>
    </form>
  )
}

/** The button and its panel; nothing for whoever may not, and where nothing can come back. */
export function TakeBack({ order }: { order: Order }) {
  useLanguage()
  const [opened, setOpened] = useState(false)
  const allowed = may('returns.rma.authorise') && order.lines.some((line) => compare(line.shipped, '0') > 0)
  const { data } = useGet('/api/returns/returnable', { order: order.id }, { enabled: allowed })
  const lines = (data?.items ?? []).filter((line) => compare(line.possible, '0') > 0)
  if (!allowed || lines.length === 0) return null
  return (
    <Attached
      label={t('order.take-back')}
      opened={opened}
      onOpened={setOpened}
      width={620}
      target={
        <Button aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {t('order.take-back')}
        </Button>
      }
    >
      <Form order={order} lines={lines} close={() => setOpened(false)} />
    </Attached>
  )
}
