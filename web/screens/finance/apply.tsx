// Applying money to invoices: choose what came, mark or drag it onto what it pays, see what that does, and do it once.
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useRef, useState } from 'react'
import { useDescription } from '../../client/descriptions.ts'
import { companyCode } from '../../client/session.ts'
import type { components } from '../../generated/api.ts'
import { preview, type Request, usePerform, type VerbAnswer } from '../../generic/verb/use-verb.ts'
import { money } from '../../i18n/format.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { minus, sum } from '../../parts/exact.ts'
import { ProblemNote, Section } from '../../parts/page.tsx'
import { plain } from '../../parts/typed.ts'
import { useKeys } from '../../shell/keys.ts'
import { notify } from '../../shell/notices.tsx'
import styles from './apply.module.css'
import { Invoices } from './invoices.tsx'
import { MoneyCards } from './money-cards.tsx'

export type Item = components['schemas']['receivables.open-items.row']
/** Invoice id to the amount that was typed; an empty text is as far as the money goes. */
export type Plan = ReadonlyMap<string, string>
export type Taken = ReadonlyMap<string, { amount: string; discount: string; writeOff: string }>

/** What each invoice would be paid, as the verb itself says. */
function takenOf(answer: VerbAnswer | undefined): Taken {
  const result = answer?.result
  const list = typeof result === 'object' && result !== null && 'applications' in result ? result.applications : []
  return new Map(
    (Array.isArray(list) ? list : []).map((one) => [
      String(one.invoice),
      { amount: String(one.amount), discount: String(one.discount), writeOff: String(one.writeOff) },
    ]),
  )
}

function requestOf(source: Item, plan: Plan): Request {
  const credit = source.kind === 'credit-note'
  return {
    document: credit ? 'receivables.credit-note' : 'receivables.payment',
    verb: 'apply',
    subjects: [{ id: source.id, number: source.number ?? '', state: credit ? 'issued' : 'posted' }],
    input: {
      apply: [...plan].map(([invoice, amount]) => ({ invoice, ...(amount ? { amount: plain(amount) } : {}) })),
    },
  }
}

function useLook(request: Request | undefined) {
  const asked = useDeferredValue(JSON.stringify(request ?? null))
  return useQuery({
    queryKey: ['preview', companyCode.get(), asked],
    queryFn: ({ signal }) => preview(JSON.parse(asked), signal),
    enabled: request !== undefined && asked !== 'null',
    retry: false,
    staleTime: 5_000,
    gcTime: 10_000,
  })
}

type SummaryProps = {
  source: Item
  plan: Plan
  taken: Taken
  error: unknown
  busy: boolean
  onDo: () => void
  onClear: () => void
}

/** The line at the lower edge: what would be applied, what stays, and the button. */
function Summary({ source, plan, taken, error, busy, onDo, onClear }: SummaryProps) {
  const left = minus(source.open)
  const applied = sum([...taken.values()].map((one) => one.amount))
  const discount = sum([...taken.values()].flatMap((one) => [one.discount, one.writeOff]))
  return (
    <div className={styles.summary} aria-live="polite">
      {error ? (
        <ProblemNote error={error} />
      ) : (
        <p>
          <b>{money(applied, source.currency)}</b> {t('finance.of-number', { number: source.number ?? '' })} →{' '}
          {counted('finance.invoices', plan.size)}
          {/[1-9]/.test(discount) ? ` · ${t('finance.discount')} ${money(discount, source.currency)}` : ''} ·{' '}
          <span className="quiet">
            {t('finance.stays', { amount: money(sum([left, minus(applied)]), source.currency) })}
          </span>
        </p>
      )}
      <Button tone="quiet" hint="Esc" onClick={onClear}>
        {t('finance.clear')}
      </Button>
      <Button tone="primary" hint="Ctrl ⏎" disabled={busy || error !== null || taken.size === 0} onClick={onDo}>
        {t('finance.apply')}
      </Button>
    </div>
  )
}

type ApplyProps = { customer: string; invoices: readonly Item[]; money: readonly Item[] }

/** Both sides and the line that says what would happen. */
export function Apply({ invoices, money: sources }: ApplyProps) {
  useLanguage()
  const [chosenId, setChosen] = useState<string>()
  const [plan, setPlan] = useState<Plan>(new Map())
  const { doing, run } = usePerform()
  const table = useRef<HTMLDivElement>(null)
  const source = sources.find((one) => one.id === chosenId) ?? sources[0]
  const verbs = useDescription(
    source?.kind === 'credit-note' ? 'receivables.credit-note' : 'receivables.payment',
  )?.verbs
  const allowed = verbs?.some((verb) => verb.verb === 'apply') === true
  const request = source && plan.size > 0 ? requestOf(source, plan) : undefined
  const looked = useLook(request)
  const taken = request ? takenOf(looked.data?.[0]?.answer) : new Map()
  const choose = (id: string) => {
    if (id !== source?.id) setPlan(new Map())
    setChosen(id)
  }
  const put = (invoice: string, amount: string | undefined) => {
    const next = new Map(plan)
    if (amount === undefined) next.delete(invoice)
    else next.set(invoice, amount)
    setPlan(next)
  }
  const perform = async () => {
    if (!request || taken.size === 0 || doing.state === 'busy') return
    if (!(await run(request))) return
    notify('good', t('finance.applied', { number: source?.number ?? '' }))
    setPlan(new Map())
    table.current?.querySelector<HTMLElement>('[role=grid]')?.focus()
  }
  const step = (by: number) => {
    const next = sources[sources.findIndex((one) => one.id === source?.id) + by]
    if (next) choose(next.id)
  }
  useKeys({ 'mod+Enter': () => void perform(), n: () => step(1), p: () => step(-1) }, allowed)
  useKeys({ Escape: () => setPlan(new Map()) }, plan.size > 0)
  return (
    <div className={styles.apply} ref={table}>
      {sources.length > 0 ? (
        <Section
          title={t('finance.money-left')}
          beside={<span className="quiet">{counted('finance.items', sources.length)}</span>}
        >
          <MoneyCards sources={sources} chosen={source?.id} onChoose={choose} draggable={allowed} />
        </Section>
      ) : null}
      <Section
        title={t('finance.open-invoices')}
        beside={<span className="quiet">{counted('finance.items', invoices.length)}</span>}
      >
        {invoices.length === 0 ? (
          <p className="quiet">{t('finance.nothing-open')}</p>
        ) : (
          <Invoices
            invoices={invoices}
            plan={plan}
            taken={taken}
            applying={allowed && source !== undefined && source.kind !== 'invoice'}
            currency={source?.currency ?? null}
            onPut={put}
          />
        )}
        {source && plan.size > 0 ? (
          <Summary
            source={source}
            plan={plan}
            taken={taken}
            error={doing.state === 'failed' ? doing.problem : looked.error}
            busy={doing.state === 'busy' || looked.isFetching}
            onDo={() => void perform()}
            onClear={() => setPlan(new Map())}
          />
        ) : null}
      </Section>
    </div>
  )
}
