// One step whose input is settled: what it would do, a reason where one is wanted, and the button that does it once.
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useDeferredValue, useRef, useState } from 'react'
import { newKey } from '../client/http.ts'
import { asProblem, type Problem } from '../client/problem.ts'
import { companyCode } from '../client/session.ts'
import { t, useLanguage } from '../i18n/index.ts'
import { notify } from '../shell/notices.tsx'
import { Button, type Tone } from './button.tsx'
import { AreaField } from './field.tsx'
import { ProblemNote } from './page.tsx'
import panel from './panel.module.css'
import { Attached } from './pop.tsx'

export type Act<A> = {
  /** What the button says. */
  text: string
  tone?: Tone
  hint?: string
  reason?: 'needed' | 'asked'
  /** Names the request for the cache of previews; another text is another preview. */
  of: string
  look(reason: string, signal: AbortSignal): Promise<A>
  perform(reason: string, key: string): Promise<A>
  /** What it would do, in words. */
  says(answer: A): ReactNode
  /** Whether it would do anything; it cannot be pressed when not. */
  possible?: (answer: A) => boolean
  done?: (answer: A) => void
}

type Doing = { state: 'idle' | 'busy' } | { state: 'failed'; problem: Problem }

function ActForm<A>({ act, close }: { act: Act<A>; close: () => void }) {
  useLanguage()
  const [reason, setReason] = useState('')
  const [doing, setDoing] = useState<Doing>({ state: 'idle' })
  // One key for one intent: a second try cannot do it twice.
  const key = useRef({ reason: '', key: newKey() })
  const asked = useDeferredValue(reason.trim())
  const ready = act.reason !== 'needed' || reason.trim() !== ''
  // Whether it may be done does not hang on the words of the reason, so it is looked at with any.
  const looked = useQuery({
    queryKey: ['act', companyCode.get(), act.text, act.of, asked === ''],
    queryFn: ({ signal }) => act.look(asked === '' ? t('act.preview') : asked, signal),
    retry: false,
    staleTime: 5_000,
    gcTime: 10_000,
  })
  const possible = ready && looked.isSuccess && (act.possible?.(looked.data) ?? true) && doing.state !== 'busy'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!possible) return
    if (key.current.reason !== reason.trim()) key.current = { reason: reason.trim(), key: newKey() }
    setDoing({ state: 'busy' })
    try {
      const answer = await act.perform(reason.trim(), key.current.key)
      notify('good', t('verb.done', { verb: act.text }))
      close()
      act.done?.(answer)
    } catch (error) {
      setDoing({ state: 'failed', problem: asProblem(error) })
    }
  }
  return (
    <form className={panel.panel} onSubmit={submit}>
      <h2>{act.text}</h2>
      {act.reason ? (
        <AreaField
          label={t('verb.reason')}
          hint={t('verb.reason-hint')}
          optional={act.reason === 'asked'}
          rows={2}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
          data-autofocus
        />
      ) : null}
      <div className={panel.preview} aria-live="polite">
        <h3>{t('verb.preview')}</h3>
        {looked.isError ? (
          <ProblemNote error={looked.error} />
        ) : looked.isPending ? (
          <p className="quiet">{t('verb.checking')}</p>
        ) : (
          act.says(looked.data)
        )}
      </div>
      {doing.state === 'failed' ? <ProblemNote error={doing.problem} after={t('verb.not-done')} /> : null}
      <div className={panel.actions}>
        <Button tone="quiet" onClick={close}>
          {t('verb.cancel')}
        </Button>
        <Button type="submit" tone="primary" disabled={!possible} {...(act.reason ? {} : { 'data-autofocus': true })}>
          {doing.state === 'failed' ? t('verb.retry') : act.text}
        </Button>
      </div>
    </form>
  )
}

type ActButtonProps<A> = {
  act: Act<A>
  opened?: boolean
  onOpened?: (opened: boolean) => void
  small?: boolean
}

/** The button and the panel that opens beside it. */
export function ActButton<A>({ act, opened: given, onOpened, small = false }: ActButtonProps<A>) {
  const [own, setOwn] = useState(false)
  const opened = given ?? own
  const setOpened = onOpened ?? setOwn
  return (
    <Attached
      label={act.text}
      opened={opened}
      onOpened={setOpened}
      target={
        <Button
          tone={small ? 'quiet' : (act.tone ?? 'plain')}
          className={small ? (panel.small ?? '') : ''}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
          {...(act.hint ? { hint: act.hint } : {})}
        >
          {act.text}
        </Button>
      }
    >
      <ActForm act={act} close={() => setOpened(false)} />
    </Attached>
  )
}
