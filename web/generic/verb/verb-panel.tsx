// What a verb needs, what it would do to each document, and the button that does it.
import { type FormEvent, useState } from 'react'
import { type FieldText, useDescription, type VerbText } from '../../client/descriptions.ts'
import { asProblem } from '../../client/problem.ts'
import type { Row } from '../../client/questions.ts'
import { t, useLanguage, verbWord } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { AreaField } from '../../parts/field.tsx'
import { ProblemNote } from '../../parts/page.tsx'
import panel from '../../parts/panel.module.css'
import { notify } from '../../shell/notices.tsx'
import { beginning, type OwnLines, ownLines, typedOnly } from './own-lines.ts'
import { type Changed, Preview } from './preview.tsx'
import { cleaned, type InputField, lacking } from './schema.ts'
import { fieldsOf, labelOf, SchemaForm, type Values } from './schema-form.tsx'
import { type Each, type Request, type Subject, usePerform, usePreview } from './use-verb.ts'

type PanelProps = {
  document: string
  verb: VerbText
  subjects: readonly Subject[]
  values: Values
  own?: ReadonlyMap<string, OwnLines> | undefined
  onClose: () => void
  onDone: (done: readonly Each[]) => void
}

/** What stands in the document now, for the fields of the verb that it has under the same name: a change begins with it. */
function standing(fields: readonly InputField[], subjects: readonly Subject[]): Values {
  const own: Row = subjects.length === 1 ? { ...subjects[0] } : {}
  return Object.fromEntries(
    fields.flatMap(({ name, input }) => {
      const value = own[name]
      if (value === null || value === undefined || typeof value === 'object') return []
      return [
        [
          name,
          input.kind === 'decimal'
            ? String(value)
                .replace(/(\.\d*?)0+$/, '$1')
                .replace(/\.$/, '')
            : value,
        ],
      ]
    }),
  )
}

/** Only what differs from how it stood is sent, and what the verb needs; what the caller brought goes along always. */
const changedOnly = (fields: readonly InputField[], values: Values, begun: Values, brought: Values): Values =>
  Object.fromEntries(
    fields.flatMap(({ name, needed }) =>
      needed || name in brought || values[name] !== begun[name] ? [[name, values[name]]] : [],
    ),
  )

/** What one typed over, field by field, where the document has a field of that name that is read as one value. */
const changesOf = (
  fields: readonly InputField[],
  described: readonly FieldText[],
  values: Values,
  begun: Values,
): readonly Changed[] =>
  fields.flatMap((one) => {
    const field = described.find(({ name }) => name === one.name)
    const [before, after] = [begun[one.name], values[one.name]]
    if (!field || before === undefined || after === before || after === '' || typeof after === 'object') return []
    return [{ field, label: labelOf(one, field), before, after }]
  })

/** Says in one sentence what was done. */
function tell(verb: string, done: readonly Each[]): void {
  const refused = done.filter((one) => !one.ok)
  if (refused.length === 0) notify('good', t('verb.done', { verb }))
  else notify('bad', t('verb.done-many', { verb, done: done.length - refused.length, refused: refused.length }))
}

/** The panel. It does not close by itself while something is typed in it, only when it is done or put away. */
export function VerbPanel({ document, verb, subjects, values: first, own: given, onClose, onDone }: PanelProps) {
  useLanguage()
  const fields = fieldsOf(verb.input)
  const described = useDescription(document)?.fields ?? []
  const [own] = useState(() => given ?? ownLines(document, fields, subjects))
  const [begun] = useState<Values>(() => ({ ...standing(fields, subjects), ...beginning(own), ...first }))
  const [values, setValues] = useState<Values>(begun)
  const typed = typedOnly(own, values)
  const [reason, setReason] = useState('')
  const { doing, run } = usePerform()
  const fitting = subjects.filter((one) => verb.from.includes(one.state))
  const input = cleaned(fields, changedOnly(fields, typed, begun, first))
  // A change that changes nothing yet asks for no answer.
  const says = !verb.verb.startsWith('change') || Object.keys(input).length > 0
  const complete = lacking(fields, typed).length === 0 && (!verb.reason || reason.trim() !== '')
  const ready = says && complete && fitting.length > 0
  const request: Request = {
    document,
    verb: verb.verb,
    subjects: fitting,
    input,
    ...(reason.trim() ? { reason: reason.trim() } : {}),
    ...(fitting.length > 1 ? { each: true } : {}),
  }
  const looked = usePreview(request, ready)
  const refused = new Set((looked.data ?? []).flatMap((one) => (one.ok || !one.id ? [] : [one.id])))
  const takers = fitting.filter((one) => !refused.has(one.id))
  const word = verbWord(verb.verb, verb.label)
  const possible = ready && takers.length > 0 && !looked.isError
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!possible || doing.state === 'busy') return
    const done = await run({ ...request, subjects: takers })
    if (!done) return
    tell(word, done)
    onDone(done)
  }
  const misfits = new Map(asProblem(looked.error).misfits.map((one) => [one.pointer, one.detail]))
  return (
    <form className={panel.panel} onSubmit={submit}>
      <h2>{word}</h2>
      {fields.length > 0 ? (
        <SchemaForm
          fields={fields}
          values={values}
          onChange={setValues}
          errors={misfits}
          own={own}
          described={described}
        />
      ) : null}
      {verb.reason ? (
        <AreaField
          label={t('verb.reason')}
          hint={t('verb.reason-hint')}
          rows={2}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
          data-autofocus
        />
      ) : null}
      <Preview
        document={document}
        verb={verb}
        subjects={subjects}
        fitting={fitting}
        looked={looked}
        ready={ready}
        changes={changesOf(fields, described, values, begun)}
      />
      {doing.state === 'failed' ? (
        <ProblemNote
          error={doing.problem}
          after={t(
            doing.problem.code === 'OFFLINE' || doing.problem.code === 'OUTCOME_UNKNOWN'
              ? 'verb.unknown-done'
              : 'verb.not-done',
          )}
        />
      ) : null}
      <div className={panel.actions}>
        <Button tone="quiet" onClick={onClose}>
          {t('verb.cancel')}
        </Button>
        <Button
          type="submit"
          tone="primary"
          disabled={!possible || doing.state === 'busy'}
          {...(fields.length === 0 && !verb.reason ? { 'data-autofocus': true } : {})}
        >
          {doing.state === 'failed'
            ? t('verb.retry')
            : refused.size > 0
              ? t('verb.do-others', { verb: word, n: takers.length })
              : t('verb.do', { verb: word })}
        </Button>
      </div>
    </form>
  )
}
