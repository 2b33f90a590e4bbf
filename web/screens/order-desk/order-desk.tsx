// The order desk: one screen on which an order is taken by keyboard alone, with everything one must know beside it.
import { useBlocker } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { currentCompany, may } from '../../client/session.ts'
import { type Store, useStore } from '../../client/store.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Button, Kbd } from '../../parts/button.tsx'
import { Empty, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { useWarehouses } from '../../shell/company-switch.tsx'
import { useKeys } from '../../shell/keys.ts'
import { useWarehouse } from '../../shell/place.ts'
import { useCommands } from '../../shell/screen-commands.ts'
import { addLine, startOver } from './actions.ts'
import { answerOf, answers, forgetAnswers, trouble, useAskLines } from './ask-lines.ts'
import { type Bought, useCard } from './card-data.ts'
import styles from './desk.module.css'
import { codeOf, type Draft, draftStore, isEmpty, lacking, newLine, numbersOf } from './draft.ts'
import { useEffectOf, useHolds } from './effect.ts'
import { Foot } from './foot.tsx'
import { Heads } from './heads.tsx'
import { isNoQuantity, problemOf } from './line-note.tsx'
import type { Field } from './line-row.tsx'
import { type Go, Lines } from './lines.tsx'
import { Strip } from './strip.tsx'
import { textOfDraft, useTake, type Verb } from './use-take.ts'

/** What is shown while nobody has called: which keys do what. */
function Hints() {
  const hints = [
    ['↵', t('desk.hint-enter')],
    ['↑ ↓', t('desk.hint-move')],
    ['Ctrl V', t('desk.hint-paste')],
    ['Alt 1', t('desk.hint-substitute')],
    ['Ctrl ⌫', t('desk.hint-remove')],
    ['Ctrl ↵', t('desk.hint-look')],
  ] as const
  return (
    <ul className={styles.hints}>
      {hints.map(([key, text]) => (
        <li key={key}>
          <Kbd>{key}</Kbd> {text}
        </li>
      ))}
    </ul>
  )
}

const at = (value: Draft, key: string) => value.lines.findIndex((line) => line.key === key)
/** The number of a line as the clerk sees it. */
const numberOf = (value: Draft, key: string) => numbersOf(value.lines)[at(value, key)] ?? 1

/** The first line that the server would refuse, and the field that it is about. */
function wrongLine(value: Draft): { key: string; field: Field; text: string } | undefined {
  for (const line of value.lines) {
    const answer = answerOf(answers.get(), line)?.answer
    const text = problemOf(line, answer)
    if (!text) continue
    const about = isNoQuantity(line) ? 'QUANTITY' : answer?.problem?.split('_')[0]
    return {
      key: line.key,
      text,
      field: about === 'ITEM' ? 'item' : about === 'PRICE' ? 'price' : about === 'UNIT' ? 'unit' : 'quantity',
    }
  }
  return undefined
}

/** What is missing before the order can be looked at, and the jump to it. */
function useCheck(draft: Store<Draft>, referenceRequired: boolean, go: React.RefObject<Go | undefined>) {
  const [missing, setMissing] = useState<{ where: 'customer' | 'reference' | 'line'; text: string }>()
  const check = (): boolean => {
    const value = draft.get()
    const lack = lacking(value) ?? wrongLine(value)
    const found = !value.customer
      ? ({ where: 'customer', text: t('desk.needs-customer') } as const)
      : referenceRequired && value.reference.trim() === ''
        ? ({ where: 'reference', text: t('desk.reference-needed') } as const)
        : lack
          ? ({
              where: 'line',
              text:
                'text' in lack
                  ? t('desk.line-says', { n: numberOf(value, lack.key), text: lack.text })
                  : t(`desk.needs-${lack.field}`, { n: numberOf(value, lack.key) }),
            } as const)
          : undefined
    setMissing(found)
    if (lack && found?.where === 'line') go.current?.(at(value, lack.key), lack.field)
    return found === undefined
  }
  return { missing, check, forget: () => setMissing(undefined) }
}

function useLeaving(value: Draft): void {
  useBlocker({
    // The draft stays in this tab; only who closes the tab is asked.
    shouldBlockFn: () => false,
    enableBeforeUnload: () => !isEmpty(value) && value.saved?.text !== textOfDraft(value),
  })
}

function Desk({
  draft,
  warehouses,
}: {
  draft: Store<Draft>
  warehouses: readonly { id: string; code: string; name: string }[]
}) {
  useLanguage()
  const value = useStore(draft)
  const customer = value.customer?.id ?? null
  const { card } = useCard(customer)
  useAskLines(value)
  const effect = useEffectOf(value)
  const holds = useHolds(value, effect)
  const { stage, look, take, back } = useTake(draft)
  const go = useRef<Go>(undefined)
  const customerField = useRef<HTMLInputElement>(null)
  const { missing, check, forget } = useCheck(draft, card?.reference_required === true, go)
  const fault = useStore(trouble)
  const text = textOfDraft(value)
  // A trial is about the order as it was; whoever types on must look again.
  const stale = stage.step === 'looked' && stage.text !== text
  const hasContent = !isEmpty(value)
  useEffect(() => {
    if (stale || (stage.step === 'done' && hasContent)) back()
  }, [stale, stage.step, hasContent, back])
  const latest = useRef(text)
  useEffect(() => {
    if (latest.current !== text) forget()
    latest.current = text
  }, [text, forget])
  const clear = () => {
    forgetAnswers()
    draft.set(startOver(draft.get()))
    back()
    customerField.current?.focus()
  }
  const doTake = async (verb: Verb) => {
    if (!check()) return
    if (await take(verb)) customerField.current?.focus()
  }
  const forward = () => {
    if (stage.step === 'looking' || stage.step === 'doing' || effect.lines === 0) return
    if (stage.step === 'looked' && !stale) void doTake('confirm')
    else if (check()) void look()
  }
  useKeys({
    'mod+Enter': forward,
    'mod+alt+n': clear,
    Escape: stage.step === 'looked' || stage.step === 'failed' ? back : undefined,
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.code !== 'KeyQ') return
      event.preventDefault()
      void quote.current()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  const quote = useRef(() => doTake('quote'))
  quote.current = () => (may('sales.order.quote') && effect.lines > 0 ? doTake('quote') : Promise.resolve())
  useCommands([{ text: t('desk.start-over'), beside: t('nav.desk'), run: clear }])
  useEffect(() => {
    if (!draft.get().customer) customerField.current?.focus()
  }, [draft])
  const addBought = (one: Bought) => {
    draft.set(addLine(newLine({ item: one.id, typed: one.code, name: one.name, unit: one.unit }))(draft.get()))
    go.current?.(
      draft.get().lines.findLastIndex((line) => codeOf(line) !== ''),
      'quantity',
    )
  }
  return (
    <Page
      title={t('nav.desk')}
      body="bare"
      beside={value.saved ? <span className="quiet code">{value.saved.number}</span> : null}
      actions={
        hasContent ? (
          <Button tone="quiet" icon="close" onClick={clear}>
            {t('desk.start-over')}
          </Button>
        ) : null
      }
    >
      <div className={styles.desk}>
        <Heads
          draft={draft}
          value={value}
          card={card}
          warehouses={warehouses}
          customerField={customerField}
          errors={missing && missing.where !== 'line' ? { [missing.where]: missing.text } : {}}
          onCustomer={() => go.current?.(0, 'item')}
        />
        {customer ? <Strip customer={customer} amount={effect.total} onAdd={addBought} /> : <Hints />}
        {fault ? <ProblemNote error={fault} /> : null}
        <Lines draft={draft} value={value} bought={card?.items ?? []} onReady={(ready) => (go.current = ready)} />
        <Foot
          draft={value}
          effect={effect}
          holds={holds}
          stage={stale ? { step: 'typing' } : stage}
          missing={missing?.where === 'line' ? missing.text : undefined}
          onLook={forward}
          onTake={(verb) => void doTake(verb)}
          onBack={back}
        />
      </div>
      <Leaving value={value} />
    </Page>
  )
}

function Leaving({ value }: { value: Draft }) {
  useLeaving(value)
  return null
}

/** The screen at /desk. */
export function Screen() {
  useLanguage()
  const chosen = useWarehouse()
  const warehouses = useWarehouses().data?.items ?? []
  if (!may('sales.order.draft'))
    return (
      <Page title={t('nav.desk')}>
        <Empty title={t('desk.not-yours')}>{t('desk.not-yours-rest', { company: currentCompany().name })}</Empty>
      </Page>
    )
  const [first] = warehouses
  if (!first) return <Skeleton />
  return <Desk draft={draftStore(chosen ?? first.id)} warehouses={warehouses} />
}
