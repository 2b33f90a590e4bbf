// Saved views: a list as it stands, under a name; chosen again from a menu, one's own removed there too.
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { DocumentText } from '../../client/descriptions.ts'
import { get, post } from '../../client/http.ts'
import { asProblem } from '../../client/problem.ts'
import { client } from '../../client/questions.ts'
import { companyCode } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import { t } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { CheckField, TextField } from '../../parts/field.tsx'
import { ProblemNote } from '../../parts/page.tsx'
import { Pop } from '../../parts/pop.tsx'
import { notify } from '../../shell/notices.tsx'
import styles from './list.module.css'
import { type ListState, readState, writeState } from './state.ts'

/** The address of a list in the parts that the server keeps: filters are one text, the others stand by name. */
function packed(doc: DocumentText, state: ListState): Record<string, string> {
  const { q, sort, columns, group, ...filters } = writeState(doc, state)
  const text = new URLSearchParams(filters).toString()
  const whole = { q, sort, columns, group, filters: text === '' ? undefined : text }
  return Object.fromEntries(Object.entries(whole).flatMap(([key, value]) => (value ? [[key, value]] : [])))
}

const unpacked = ({ filters = '', ...rest }: Readonly<Record<string, string>>): Record<string, string> => ({
  ...Object.fromEntries(new URLSearchParams(filters)),
  ...rest,
})

function useViews(doc: DocumentText) {
  const company = useStore(companyCode)
  const { data } = useQuery({ queryKey: ['views', company], queryFn: () => get('/api/views'), staleTime: 5 * 60_000 })
  return (data?.items ?? []).filter((view) => view.document === doc.name)
}

const readAgain = () => client.invalidateQueries({ queryKey: ['views', companyCode.get()] })

type Props = { doc: DocumentText; state: ListState; go: (next: ListState) => void }

function Save({ doc, state, onDone }: Omit<Props, 'go'> & { onDone: () => void }) {
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const [error, setError] = useState<unknown>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      await post('/api/views', { document: doc.name, name: name.trim(), shared, search: packed(doc, state) })
      await readAgain()
      notify('good', t('list.view.saved'))
      onDone()
    } catch (problem) {
      setError(problem)
    }
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={t('list.view.save')}
        value={name}
        maxLength={80}
        required
        onChange={(event) => setName(event.target.value)}
      />
      <CheckField label={t('list.view.share')} checked={shared} onChange={(event) => setShared(event.target.checked)} />
      {error ? <ProblemNote error={error} /> : null}
      <Button type="submit" tone="primary" disabled={name.trim() === ''}>
        {t('create.save')}
      </Button>
    </form>
  )
}

/** The button of views; its menu holds them and the form that saves the present one. */
export function Views({ doc, state, go }: Props) {
  const views = useViews(doc)
  const remove = async (id: string) => {
    try {
      await post('/api/views/remove', { view: id })
      await readAgain()
    } catch (error) {
      notify('bad', asProblem(error).message)
    }
  }
  return (
    <Pop
      label={t('list.views')}
      width={280}
      target={(toggle) => (
        <Button tone="quiet" icon="views" onClick={toggle}>
          {t('list.views')}
        </Button>
      )}
    >
      {(close) => (
        <div className={styles.form}>
          <ul className={styles.views}>
            <li>
              <button
                type="button"
                onClick={() => {
                  close()
                  go(readState(doc, {}))
                }}
              >
                {t('list.view.all')}
              </button>
            </li>
            {views.map((view) => (
              <li key={view.id}>
                <button
                  type="button"
                  onClick={() => {
                    close()
                    go(readState(doc, unpacked(view.search)))
                  }}
                >
                  {view.name}
                </button>
                {view.own ? (
                  <Button
                    tone="quiet"
                    icon="close"
                    aria-label={`${t('list.view.remove')}: ${view.name}`}
                    onClick={() => void remove(view.id)}
                  />
                ) : null}
              </li>
            ))}
          </ul>
          <Save doc={doc} state={state} onDone={close} />
        </div>
      )}
    </Pop>
  )
}
