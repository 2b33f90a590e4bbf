// Having a difference allowed for a time: the request for a deviation, filled in with what has drifted.
import { type FormEvent, useState } from 'react'
import { useDescription } from '../../client/descriptions.ts'
import { asProblem } from '../../client/problem.ts'
import { fieldsOf, lacking } from '../../generic/verb/schema.ts'
import { SchemaForm, type Values } from '../../generic/verb/schema-form.tsx'
import { type Request, usePerform } from '../../generic/verb/use-verb.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { ProblemNote } from '../../parts/page.tsx'
import panel from '../../parts/panel.module.css'
import { Attached } from '../../parts/pop.tsx'
import { notify } from '../../shell/notices.tsx'
import type { Drift } from './drifted.ts'

const DEVIATION = 'rollout.deviation'

/** What the drift itself says; the person writes the rest. */
const GIVEN: readonly string[] = ['site', 'kind', 'objectKey', 'field', 'value']

const requestOf = (site: string, one: Drift, values: Values): Request => ({
  document: DEVIATION,
  verb: 'request',
  subjects: [],
  input: {
    documents: [
      {
        ...values,
        site,
        kind: one.kind,
        objectKey: one.key,
        value: one.live,
        ...(one.field ? { field: one.field } : {}),
      },
    ],
  },
})

type FormProps = { site: string; one: Drift; name: string; close: () => void }

function WaiveForm({ site, one, name, close }: FormProps) {
  useLanguage()
  const verb = useDescription(DEVIATION)?.verbs.find((each) => each.verb === 'request')
  const fields = verb ? fieldsOf(verb.input).filter((field) => !GIVEN.includes(field.name)) : []
  const [values, setValues] = useState<Values>({ scope: name })
  const [pressed, setPressed] = useState(false)
  const { doing, run } = usePerform()
  const missing = lacking(fields, values)
  const refused = doing.state === 'failed' ? asProblem(doing.problem).misfits : []
  const errors = new Map([
    ...refused.map((each) => [each.pointer.replace(/^\/documents\/0/, ''), each.detail] as const),
    ...(pressed ? missing.map((pointer) => [pointer, t('create.required')] as const) : []),
  ])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setPressed(true)
    if (missing.length > 0 || doing.state === 'busy') return
    const done = await run(requestOf(site, one, values))
    if (!done) return
    notify('good', t('rollout.waived'))
    close()
  }
  return (
    <form className={panel.panel} onSubmit={submit}>
      <h2>
        {t('rollout.waive')}: {name}
      </h2>
      <SchemaForm fields={fields} values={values} onChange={setValues} errors={errors} />
      <div className={panel.preview}>
        <p>{t('rollout.waive-says')}</p>
      </div>
      {doing.state === 'failed' ? <ProblemNote error={doing.problem} after={t('verb.not-done')} /> : null}
      <div className={panel.actions}>
        <Button tone="quiet" onClick={close}>
          {t('verb.cancel')}
        </Button>
        <Button type="submit" tone="primary" disabled={doing.state === 'busy'}>
          {t('rollout.waive')}
        </Button>
      </div>
    </form>
  )
}

/** The button with its form; without the right it says why it cannot be pressed. */
export function WaiveButton({ site, one, name }: Omit<FormProps, 'close'>) {
  useLanguage()
  const [opened, setOpened] = useState(false)
  const allowed = useDescription(DEVIATION)?.verbs.some((each) => each.verb === 'request')
  if (!allowed) {
    return (
      <Button tone="quiet" className={panel.small ?? ''} disabled title={t('rollout.waive-not')}>
        {t('rollout.waive')}
      </Button>
    )
  }
  return (
    <Attached
      label={t('rollout.waive')}
      opened={opened}
      onOpened={setOpened}
      width={640}
      target={
        <Button tone="quiet" className={panel.small ?? ''} aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {t('rollout.waive')}
        </Button>
      }
    >
      <WaiveForm site={site} one={one} name={name} close={() => setOpened(false)} />
    </Attached>
  )
}
