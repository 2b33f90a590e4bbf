// Signing in, becoming the first administrator, and choosing a password: one sheet with three faces.
import { type FormEvent, useState } from 'react'
import { post } from '../client/http.ts'
import { asProblem, type Problem } from '../client/problem.ts'
import { expired, type Session, session, startSession } from '../client/session.ts'
import { useStore } from '../client/store.ts'
import { t, useLanguage } from '../i18n/index.ts'
import { Button } from '../parts/button.tsx'
import { TextField } from '../parts/field.tsx'
import { Mark } from '../parts/mark.tsx'
import { ProblemNote } from '../parts/page.tsx'
import styles from './sign-in.module.css'

type Face = 'sign-in' | 'set-up' | 'password'
type Link = { face: Face; token: string }

/** The token stands after the hash, so that it is sent to no server and stands in no log; it is taken out at once. */
function takeLink(): Link {
  const [kind, token = ''] = location.hash.slice(1).split('=')
  if ((kind !== 'set-up' && kind !== 'password') || token === '') return { face: 'sign-in', token: '' }
  history.replaceState(null, '', location.pathname + location.search)
  return { face: kind, token }
}

const link = takeLink()

/** Sends what the face asks for; the answer is the new session. */
async function enter(face: Face, token: string, given: FormData): Promise<Session> {
  const text = (name: string) => String(given.get(name) ?? '')
  const answer =
    face === 'set-up'
      ? await post('/api/session/set-up', {
          token,
          email: text('email'),
          name: text('name'),
          password: text('password'),
        })
      : face === 'password'
        ? await post('/api/session/password-link', { token, password: text('password') })
        : await post('/api/session', { email: text('email'), password: text('password') })
  return answer as unknown as Session
}

function Form({ face, token, email, onDone }: Link & { email?: string; onDone: (session: Session) => void }) {
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setBusy(true)
    try {
      onDone(await enter(face, token, new FormData(event.currentTarget)))
    } catch (error) {
      setProblem(asProblem(error))
    }
    setBusy(false)
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      {face === 'set-up' ? (
        <TextField label={t('set-up.name')} name="name" autoComplete="name" required autoFocus />
      ) : null}
      {face === 'password' ? null : (
        <TextField
          label={t('sign-in.email')}
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus={face === 'sign-in' && !email}
          defaultValue={email}
          readOnly={email !== undefined}
        />
      )}
      <TextField
        label={t('sign-in.password')}
        name="password"
        type="password"
        required
        autoFocus={face === 'password' || email !== undefined}
        autoComplete={face === 'sign-in' ? 'current-password' : 'new-password'}
        {...(face === 'sign-in' ? {} : { minLength: 12 })}
      />
      {problem ? <ProblemNote error={problem} /> : null}
      <Button type="submit" tone="primary" disabled={busy}>
        {t(face === 'set-up' ? 'set-up.enter' : face === 'password' ? 'link.enter' : 'sign-in.enter')}
      </Button>
    </form>
  )
}

/** The page before everything else. */
export function SignIn() {
  useLanguage()
  const title = t(link.face === 'set-up' ? 'set-up.title' : link.face === 'password' ? 'link.title' : 'sign-in.title')
  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <div className={styles.brand}>
          <Mark size={34} />
          <span>Tradewright</span>
        </div>
        <h1>{title}</h1>
        <p>{t(link.face === 'set-up' ? 'set-up.text' : link.face === 'password' ? 'link.text' : 'app.tagline')}</p>
        <Form {...link} onDone={startSession} />
      </div>
    </main>
  )
}

/** Over the screens when the session has ended; they stay as they are underneath, with everything that was typed. */
export function SignInAgain() {
  useLanguage()
  const ended = useStore(expired)
  const who = session.get()
  if (!ended || !who) return null
  const other = () => {
    session.set(null)
    expired.set(false)
  }
  return (
    <dialog
      className={styles.again}
      ref={(dialog) => void (dialog && !dialog.open && dialog.showModal())}
      onCancel={(event) => event.preventDefault()}
      aria-labelledby="sign-in-again"
    >
      <h1 id="sign-in-again">{t('sign-in.again')}</h1>
      <p>{t('sign-in.again-text')}</p>
      <Form face="sign-in" token="" email={who.account.email} onDone={startSession} />
      <Button tone="quiet" onClick={other}>
        {t('sign-in.other')}
      </Button>
    </dialog>
  )
}
