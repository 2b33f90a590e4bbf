// Changing the lines of a confirmed order: what would follow is shown while one types, and done in one step.
import { useState } from 'react'
import { asProblem } from '../../client/problem.ts'
import { type Request, usePerform, usePreview } from '../../generic/verb/use-verb.ts'
import { price, quantity } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { inputClass } from '../../parts/field.tsx'
import { ProblemNote } from '../../parts/page.tsx'
import { isQuantity, plain } from '../../parts/typed.ts'
import { useKeys } from '../../shell/keys.ts'
import { Effects, resultOf } from './effects.tsx'
import styles from './order.module.css'
import type { ChainLine, Order, OrderLine } from './order-data.ts'

type Wish = { quantity?: string; price?: string; reason?: string; cancel?: boolean }
/** What `change` takes: only lines that somebody touched, and of them only what is another value. */
function inputOf(lines: readonly OrderLine[], wishes: ReadonlyMap<number, Wish>) {
  return lines.flatMap((line) => {
    const wish = wishes.get(line.line)
    if (!wish) return []
    const amount = plain(wish.quantity ?? '')
    const asked = plain(wish.price ?? '')
    const change = {
      line: line.line,
      ...(wish.cancel ? { cancel: true } : {}),
      ...(!wish.cancel && isQuantity(amount) && amount !== line.quantity ? { quantity: amount } : {}),
      ...(isQuantity(asked) && asked !== line.price ? { price: asked, reason: wish.reason ?? '' } : {}),
    }
    return Object.keys(change).length > 1 ? [change] : []
  })
}

function Fields({ line, item, wish, set }: { line: OrderLine; item: string; wish: Wish; set: (wish: Wish) => void }) {
  const field = (name: 'quantity' | 'price' | 'reason', label: string, shown: string) => (
    <input
      className={inputClass}
      inputMode={name === 'reason' ? undefined : 'decimal'}
      aria-label={`${label} ${line.line}`}
      placeholder={shown}
      value={wish[name] ?? ''}
      disabled={wish.cancel === true && name !== 'reason'}
      onChange={(event) => set({ ...wish, [name]: event.target.value })}
    />
  )
  return (
    <tr>
      <td>{line.line}</td>
      <td>
        <span className="code">{item}</span> <span className="quiet">{line.description}</span>
      </td>
      <td>{field('quantity', t('desk.quantity'), quantity(line.quantity))}</td>
      <td className="quiet">{line.unit}</td>
      <td>{field('price', t('desk.price'), price(line.price))}</td>
      <td>{wish.price ? field('reason', t('desk.reason'), t('desk.reason')) : null}</td>
      <td>
        <label className={styles.cancel}>
          <input
            type="checkbox"
            checked={wish.cancel === true}
            onChange={(event) => set({ ...wish, cancel: event.target.checked })}
          />
          {t('order.cancel-rest')}
        </label>
      </td>
    </tr>
  )
}

type Props = { order: Order; chain: ReadonlyMap<string, ChainLine>; onClose: () => void }

export function ChangeLines({ order, chain, onClose }: Props) {
  useLanguage()
  const [wishes, setWishes] = useState<ReadonlyMap<number, Wish>>(new Map())
  const { doing, run } = usePerform()
  const lines = inputOf(order.lines, wishes)
  const request: Request = { document: 'sales.order', verb: 'change', subjects: [order], input: { lines } }
  const looked = usePreview(request, lines.length > 0)
  const answer = lines.length > 0 ? looked.data?.[0]?.answer : undefined
  const result = resultOf(answer?.result)
  const save = async () => {
    if (lines.length === 0 || doing.state === 'busy') return
    if (await run(request)) onClose()
  }
  useKeys({ 'mod+Enter': () => void save(), Escape: onClose })
  return (
    <div className={styles.change}>
      <table aria-label={t('order.change-lines')}>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">{t('desk.item')}</th>
            <th scope="col">{t('desk.quantity')}</th>
            <th scope="col">{t('desk.unit')}</th>
            <th scope="col">{t('desk.price')}</th>
            <th scope="col">
              <span className="only-heard">{t('desk.reason')}</span>
            </th>
            <th scope="col">
              <span className="only-heard">{t('order.cancel-rest')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <Fields
              key={line.id}
              line={line}
              item={chain.get(line.id)?.item ?? ''}
              wish={wishes.get(line.line) ?? {}}
              set={(wish) => setWishes(new Map(wishes).set(line.line, wish))}
            />
          ))}
        </tbody>
      </table>
      <div className={styles.preview} aria-live="polite">
        <h3>{t('verb.preview')}</h3>
        {lines.length === 0 ? (
          <p className="quiet">{t('order.change-hint')}</p>
        ) : looked.isError ? (
          <ProblemNote error={asProblem(looked.error)} />
        ) : result ? (
          <Effects result={result} order={order} state={answer?.states?.[order.id] ?? order.state} />
        ) : (
          <p className="quiet">{t('verb.checking')}</p>
        )}
        {doing.state === 'failed' ? <ProblemNote error={doing.problem} after={t('verb.not-done')} /> : null}
        <div className={styles.buttons}>
          <Button tone="quiet" hint="Esc" onClick={onClose}>
            {t('verb.cancel')}
          </Button>
          <Button
            tone="primary"
            hint="Ctrl ↵"
            disabled={lines.length === 0 || looked.isError || doing.state === 'busy'}
            onClick={() => void save()}
          >
            {t('order.change-do')}
          </Button>
        </div>
      </div>
    </div>
  )
}
