// The page of any document, drawn from its description: what it says, its lines, what can be done with it, what was done.
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { type DocumentText, type FieldText, listPath, useDescription } from '../../client/descriptions.ts'
import { isNamed } from '../../client/names.ts'
import { asProblem } from '../../client/problem.ts'
import { type One, useOne } from '../../client/questions.ts'
import { counted, documentsWord, fieldWord, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { DataGrid } from '../../parts/data-grid.tsx'
import { Facts, Page, ProblemNote, Section, Skeleton, Split } from '../../parts/page.tsx'
import { Papers } from '../../parts/papers.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Value } from '../../parts/values.tsx'
import { useKeys } from '../../shell/keys.ts'
import { Nowhere } from '../../shell/nowhere.tsx'
import { remember } from '../../shell/recent.ts'
import { columnsOf, toldBy } from '../columns.tsx'
import { ResultView } from '../verb/result-view.tsx'
import { ChangedNotice } from './changed.tsx'
import { CopyLink, Unknown } from './link.tsx'
import { Timeline } from './timeline.tsx'
import { Verbs } from './verbs.tsx'

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value).length === 0)

/** Number and name once more, in small letters, by which the server searches. */
const isForSearch = (field: FieldText): boolean => field.name === 'searchText' || field.name === 'search'

/** A reference is told where the reader may know the name of what it refers to; a dash would only look like nothing. */
const isTold = (field: FieldText): boolean => field.kind !== 'ref' || isNamed(field.of ?? '')

/** The fields that are told, the empty ones only when asked for. */
function Fields({ doc, one }: { doc: DocumentText; one: One }) {
  const [all, setAll] = useState(false)
  const skipped = new Set(['id', 'number', 'state', 'version', doc.numbered, doc.title])
  const fields = doc.fields.filter((field) => !skipped.has(field.name) && !isForSearch(field) && isTold(field))
  const hidden = fields.filter((field) => isEmpty(one[field.name])).length
  const facts = fields
    .filter((field) => all || !isEmpty(one[field.name]))
    .map((field) => ({
      label: fieldWord(field.name, field.label, field.kind),
      value:
        field.kind === 'json' ? (
          <ResultView value={one[field.name]} />
        ) : (
          <Value field={field} value={one[field.name]} row={one} />
        ),
      wide: field.kind === 'json',
    }))
    // What is long comes after what one sees at a glance.
    .sort((a, b) => Number(a.wide) - Number(b.wide))
  return (
    <Section
      title={t('document.fields')}
      beside={
        hidden > 0 ? (
          <Button tone="quiet" onClick={() => setAll(!all)}>
            {t(all ? 'document.less' : 'document.more')}
          </Button>
        ) : null
      }
    >
      <Facts facts={facts} />
    </Section>
  )
}

/** Columns that are empty in every line tell nothing and are left out. */
function Lines({ doc, one }: { doc: DocumentText; one: One }) {
  const lines = one.lines ?? []
  const told = toldBy(doc.lines ?? [], lines)
  return (
    <Section title={t('document.lines')} beside={<span className="quiet">{counted('list.count', lines.length)}</span>}>
      {lines.length === 0 ? (
        <p className="quiet">{t('document.lines-empty')}</p>
      ) : (
        <DataGrid
          label={t('document.lines')}
          height="content"
          columns={columnsOf(told)}
          rows={lines.map((line): typeof line => ({ currency: one.currency, ...line }))}
          keyOf={(line) => String(line.id ?? line.line ?? JSON.stringify(line))}
        />
      )}
    </Section>
  )
}

function Document({ doc, id }: { doc: DocumentText; id: string }) {
  useLanguage()
  const navigate = useNavigate()
  const { data: one, error, refetch } = useOne(doc.name, id)
  useKeys({ Escape: () => void navigate({ to: listPath(doc.name) }) })
  const title = one && doc.title ? String(one[doc.title] ?? '') : ''
  const number = one?.number
  useEffect(() => {
    if (one) remember({ document: doc.name, id: one.id, number: one.number, title: title || null })
  }, [doc.name, one, title])
  if (error)
    return asProblem(error).code === 'NOT_FOUND' ? (
      <Unknown doc={doc} />
    ) : (
      <ProblemNote error={error} onRetry={() => void refetch()} />
    )
  if (!one) return <Skeleton lines={10} />
  return (
    <Page
      title={title ? `${number} · ${title}` : String(number)}
      crumb={{ to: listPath(doc.name), text: documentsWord(doc.name, doc.label) }}
      beside={doc.states.length > 1 ? <StateBadge state={one.state} /> : null}
      body="bare"
      actions={
        <>
          <CopyLink document={doc.name} id={one.id} />
          <Papers document={doc.name} one={one} />
          <Verbs doc={doc} one={one} />
        </>
      }
    >
      <ChangedNotice doc={doc} one={one} />
      <Split aside={<Timeline doc={doc} one={one} />}>
        <Fields doc={doc} one={one} />
        {doc.lines ? <Lines doc={doc} one={one} /> : null}
      </Split>
    </Page>
  )
}

/** The screen at /module/document/id, where the id may be the number too. */
export function DocumentScreen() {
  const { module, document: name, id } = useParams({ strict: false })
  const doc = useDescription(`${module}.${name}`)
  return doc && id ? <Document key={`${doc.name} ${id}`} doc={doc} id={id} /> : <Nowhere />
}
