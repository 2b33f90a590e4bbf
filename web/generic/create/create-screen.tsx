// A new document, drawn from the schema of the verb that creates it: typed or pasted, looked at, and then created once.

import { useBlocker, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { type DocumentText, documentPath, listPath, useDescription, type VerbText } from '../../client/descriptions.ts'
import { asProblem, type Problem } from '../../client/problem.ts'
import { documentsWord, documentWord, t, useLanguage, verbWord } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Page, ProblemNote, Section } from '../../parts/page.tsx'
import panel from '../../parts/panel.module.css'
import { StateBadge } from '../../parts/state-badge.tsx'
import { useKeys } from '../../shell/keys.ts'
import { notify } from '../../shell/notices.tsx'
import { Nowhere } from '../../shell/nowhere.tsx'
import { useWarehouse } from '../../shell/place.ts'
import { useAddressed } from '../address.ts'
import { ResultView } from '../verb/result-view.tsx'
import { cleaned, type InputField, lacking } from '../verb/schema.ts'
import { fieldsOf, SchemaForm, type Values } from '../verb/schema-form.tsx'
import { type Request, usePerform, usePreview } from '../verb/use-verb.ts'

/** Misfits are named by their place in the request; the form knows its own part. */
const misfitsOf = (problem: Problem | undefined): ReadonlyMap<string, string> =>
  new Map((problem?.misfits ?? []).map((one) => [one.pointer.replace(/^\/documents\/0/, ''), one.detail]))

/** What the form begins with: the warehouse that one works in, and what the link to the form says of its fields. */
function useBeginning(fields: readonly InputField[]): Values {
  const warehouse = useWarehouse()
  const given: Readonly<Record<string, unknown>> = { warehouse, ...useSearch({ strict: false }) }
  return Object.fromEntries(
    fields.flatMap(({ name, input }) =>
      typeof given[name] === 'string' && (input.kind === 'ref' || input.kind === 'text' || input.kind === 'decimal')
        ? [[name, given[name]]]
        : [],
    ),
  )
}

function useForm(doc: DocumentText, verb: VerbText, fields: readonly InputField[]) {
  const beginning = useBeginning(fields)
  const [values, setValues] = useState<Values>(beginning)
  const [changed, setChanged] = useState(false)
  const request: Request = {
    document: doc.name,
    verb: verb.verb,
    subjects: [],
    input: { documents: [cleaned(fields, values)] },
  }
  const ready = changed && lacking(fields, values).length === 0
  return {
    values,
    change: (next: Values) => {
      setChanged(true)
      setValues(next)
    },
    changed,
    request,
    ready,
    trial: usePreview(request, ready),
  }
}

function Create({ doc, verb }: { doc: DocumentText; verb: VerbText }) {
  useLanguage()
  const navigate = useNavigate()
  const fields = fieldsOf(verb.input)
  const { values, change, changed, request, ready, trial } = useForm(doc, verb, fields)
  const { doing, run } = usePerform()
  const [pressed, setPressed] = useState(false)
  useBlocker({
    shouldBlockFn: () => changed && doing.state !== 'done' && !confirm(t('create.leave')),
    enableBeforeUnload: () => changed && doing.state !== 'done',
  })
  const submit = async (event?: FormEvent) => {
    event?.preventDefault()
    setPressed(true)
    if (!ready || doing.state === 'busy') return
    const done = await run(request)
    const id = done?.[0]?.answer?.ids[0]
    if (!id) return
    notify('good', t('verb.done', { verb: verbWord(verb.verb, verb.label) }))
    void navigate({ to: documentPath(doc.name, id), ignoreBlocker: true })
  }
  useKeys({ 'mod+Enter': () => void submit(), Escape: () => void navigate({ to: listPath(doc.name) }) })
  const problem = doing.state === 'failed' ? doing.problem : ready && trial.isError ? asProblem(trial.error) : undefined
  const missing = pressed ? lacking(fields, values).map((pointer) => [pointer, t('create.required')] as const) : []
  const errors = new Map([...misfitsOf(problem), ...missing])
  return (
    <Page
      title={t('create.title', { document: documentWord(doc.name, doc.label) })}
      crumb={{ to: listPath(doc.name), text: documentsWord(doc.name, doc.label) }}
      actions={
        <Button tone="primary" hint="Ctrl ↵" disabled={doing.state === 'busy'} onClick={() => void submit()}>
          {verbWord(verb.verb, verb.label)}
        </Button>
      }
    >
      <form onSubmit={submit} style={{ maxWidth: 1100, display: 'grid', gap: 'var(--s5)' }}>
        <SchemaForm fields={fields} values={values} onChange={change} errors={errors} described={doc.fields} />
        <Section title={t('verb.preview')}>
          {problem ? (
            <ProblemNote error={problem} after={t('verb.not-done')} />
          ) : ready && trial.data ? (
            <div className={panel.preview} aria-live="polite">
              <p>
                {t('verb.created', { document: documentWord(doc.name, doc.label) })}{' '}
                <StateBadge state={Object.values(trial.data[0]?.answer?.states ?? {})[0] ?? verb.to[0] ?? ''} />
              </p>
              {trial.data[0]?.answer?.result === undefined ? null : <ResultView value={trial.data[0].answer.result} />}
            </div>
          ) : (
            <p className="quiet">{t('verb.nothing-yet')}</p>
          )}
        </Section>
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Page>
  )
}

/** The screen at /module/document/new?verb=. */
export function CreateScreen() {
  const name = useAddressed()
  const { verb: wanted } = useSearch({ strict: false }) as { verb?: string }
  const doc = useDescription(name)
  const creating = doc?.verbs.filter((verb) => verb.creates) ?? []
  const verb = creating.find((one) => one.verb === wanted) ?? creating[0]
  return doc && verb ? <Create key={`${doc.name} ${verb.verb}`} doc={doc} verb={verb} /> : <Nowhere />
}
