// From nothing to the first screen: the language, who is there, the sign-in page or the frame.
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Component, type ReactNode, Suspense, useEffect } from 'react'
import { read } from '../client/http.ts'
import { asProblem } from '../client/problem.ts'
import { client } from '../client/questions.ts'
import { companyCode, type Session, session, startSession } from '../client/session.ts'
import { useStore } from '../client/store.ts'
import { t, useLanguage } from '../i18n/index.ts'
import { Button } from '../parts/button.tsx'
import { ProblemNote, Skeleton } from '../parts/page.tsx'
import styles from './frame.module.css'
import { Notices } from './notices.tsx'
import { router } from './router.tsx'
import { SignIn, SignInAgain } from './sign-in.tsx'

/** Keeps a fault in one place from taking the whole app along, and says what became of it. */
export class Guard extends Component<{ children: ReactNode }, { fault?: unknown }> {
  override state: { fault?: unknown } = {}
  static getDerivedStateFromError(fault: unknown) {
    return { fault }
  }
  override render() {
    if (this.state.fault === undefined) return this.props.children
    return (
      <div className={styles.main}>
        <ProblemNote error={this.state.fault} after={`${t('app.fault')} ${t('app.fault-rest')}`} />
        <Button onClick={() => location.reload()}>{t('app.reload')}</Button>
      </div>
    )
  }
}

/** Asks who is signed in; nobody is an answer too. */
async function findSession(): Promise<void> {
  try {
    startSession((await read('/api/session')) as Session)
  } catch (error) {
    if (asProblem(error).status === 401) session.set(null)
    else setTimeout(findSession, 2_000)
  }
}

function Inside() {
  const who = useStore(session)
  const company = useStore(companyCode)
  useLanguage()
  useEffect(() => void findSession(), [])
  if (who === undefined) return <Skeleton />
  if (who === null) return <SignIn />
  return (
    <>
      {/* Another company is another app: nothing of the former stays on the screen. */}
      <Suspense key={company} fallback={<Skeleton />}>
        <RouterProvider router={router} />
      </Suspense>
      <SignInAgain />
      <Notices />
    </>
  )
}

/** The whole app. Mantine may not put its style elements into the page: the policy allows no style that is not a file. */
export function App() {
  return (
    <Guard>
      <MantineProvider withCssVariables={false} withGlobalClasses={false} deduplicateCssVariables={false}>
        <QueryClientProvider client={client}>
          <Inside />
        </QueryClientProvider>
      </MantineProvider>
    </Guard>
  )
}
