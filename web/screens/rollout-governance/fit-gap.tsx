// The fit-gap workbook of a site: every requirement with its answer and what earlier sites answered, and the signature that locks it.
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import type { components } from '../../generated/api.ts'
import { type Each, perform, preview, type Request } from '../../generic/verb/use-verb.ts'
import { percent } from '../../i18n/format.ts'
import { choiceWord, t, useLanguage } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { Button } from '../../parts/button.tsx'
import { type Column, DataGrid } from '../../parts/data-grid.tsx'
import { inputClass } from '../../parts/field.tsx'
import { kept, useNarrow, without } from '../../parts/narrow.ts'
import { Empty, Figures, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import styles from './governance.module.css'
import { Answer, Requirement } from './requirement.tsx'
import { type Site, SiteChoice, useTexts, WithSite } from './sites.tsx'

const PATH = '/rollout/fit-gap'
const ANSWERS = ['adopt', 'configure', 'process-change', 'extend', 'integrate', 'customise', 'defer'] as const

export type Row = components['schemas']['rollout.workbook.row']
type Rate = components['schemas']['rollout.fit-rates.row']

const columns = (): readonly Column<Row>[] => [
  {
    key: 'number',
    label: t('governance.number'),
    width: 148,
    render: (one) => <span className="code">{one.number}</span>,
  },
  { key: 'area', label: t('governance.area'), width: 128, render: (one) => choiceWord(one.area) },
  { key: 'title', label: t('governance.requirement'), width: 240, grows: true, render: (one) => one.title },
  { key: 'answer', label: t('governance.answer'), width: 156, render: (one) => <Answer one={one} /> },
  {
    key: 'precedent',
    label: t('governance.precedent'),
    width: 172,
    render: (one) =>
      one.precedent ? (
        <span className="quiet">
          {one.precedent_site}: {choiceWord(one.precedent)}
        </span>
      ) : null,
  },
  {
    key: 'deviation',
    label: t('governance.deviation'),
    width: 128,
    render: (one) => <span className="code">{one.deviation}</span>,
  },
  { key: 'decided_by', label: t('governance.decided-by'), width: 132, render: (one) => one.decided_by },
]

/** What only some registers have: a column that is empty in every row is not drawn. */
const SPARSE = ['precedent', 'deviation', 'decided_by'] as const

const emptyIn = (rows: readonly Row[]): readonly string[] => SPARSE.filter((key) => rows.every((row) => !row[key]))

/** What the register comes to, and who has signed it. */
function Totals({ rate }: { rate: Rate }) {
  useLanguage()
  return (
    <>
      <Figures
        figures={[
          { label: t('governance.requirements'), value: rate.requirements },
          { label: t('governance.classified'), value: `${rate.classified} / ${rate.requirements}` },
          { label: t('governance.fit'), value: rate.fit === null ? '–' : percent(rate.fit) },
          { label: t('governance.reused'), value: rate.reused },
          { label: t('governance.unbaselined'), value: rate.unbaselined },
        ]}
      />
      {rate.register ? (
        <p>
          <StateBadge state="locked" mood="good">
            {t('governance.is-signed', { register: rate.register, name: rate.signed_by ?? '' })}
          </StateBadge>
        </p>
      ) : null}
    </>
  )
}

const creating = (document: string, verb: string, site: string): Request => ({
  document,
  verb,
  subjects: [],
  input: { documents: [{ site }] },
})

function Acts({ site, rate, again }: { site: Site; rate: Rate | undefined; again: () => void }) {
  useLanguage()
  const navigate = useNavigate()
  const act = (text: string, request: Request, says: string, tone: 'plain' | 'primary') => ({
    text,
    tone,
    of: `${request.document} ${request.verb} ${site.id}`,
    look: (_reason: string, signal: AbortSignal) => preview(request, signal),
    perform: (_reason: string, key: string) => perform(request, key),
    says: (_: readonly Each[]) => <p>{says}</p>,
    done: again,
  })
  const complete = rate !== undefined && rate.requirements > 0 && rate.classified === rate.requirements
  return (
    <>
      {may('rollout.requirement.raise') ? (
        <Button
          icon="plus"
          onClick={() => void navigate({ to: '/rollout/requirement/new', search: { site: site.code } })}
        >
          {t('governance.raise')}
        </Button>
      ) : null}
      {may('rollout.requirement.generate') && !rate?.register ? (
        <ActButton
          act={act(
            t('governance.generate'),
            creating('rollout.requirement', 'generate', site.code),
            t('governance.generate-says'),
            'plain',
          )}
        />
      ) : null}
      {may('rollout.register.sign') && complete && !rate.register ? (
        <ActButton
          act={act(
            t('governance.sign'),
            creating('rollout.register', 'sign', site.code),
            t('governance.sign-says'),
            'primary',
          )}
        />
      ) : null}
    </>
  )
}

type Filter = { readonly q: string; readonly answer: string }

function Tools({ filter, onFilter }: { filter: Filter; onFilter: (next: Filter) => void }) {
  useLanguage()
  return (
    <div className={styles.tools}>
      <input
        type="search"
        className={inputClass}
        aria-label={t('governance.find-requirement')}
        placeholder={t('governance.find-requirement')}
        value={filter.q}
        onChange={(event) => onFilter({ ...filter, q: event.target.value })}
      />
      <select
        className={`${inputClass} ${styles.select}`}
        aria-label={t('governance.answer')}
        value={filter.answer}
        onChange={(event) => onFilter({ ...filter, answer: event.target.value })}
      >
        <option value="">{t('governance.any-answer')}</option>
        <option value="open">{t('governance.unanswered')}</option>
        {ANSWERS.map((one) => (
          <option key={one} value={one}>
            {choiceWord(one)}
          </option>
        ))}
      </select>
    </div>
  )
}

function Workbook({ site, sites }: { site: Site; sites: readonly Site[] }) {
  useLanguage()
  const narrow = useNarrow()
  const navigate = useNavigate()
  const { at } = useTexts()
  const [filter, setFilter] = useState<Filter>({ q: '', answer: '' })
  const { q, answer } = useDeferredValue(filter)
  const book = useGet('/api/rollout/workbook', { site: site.code })
  const rates = useGet('/api/rollout/fit-rates', {})
  const rate = rates.data?.items.find((one) => one.site === site.code)
  const rows = (book.data?.items ?? []).filter(
    (one) =>
      `${one.number} ${one.title} ${one.area} ${one.topic}`
        .toLocaleLowerCase()
        .includes(q.trim().toLocaleLowerCase()) &&
      (answer === '' || (answer === 'open' ? one.answer === null : one.answer === answer)),
  )
  const opened = book.data?.items.find((one) => one.number === at)
  const go = (number?: string) =>
    void navigate({ to: PATH, search: { site: site.code, ...(number ? { at: number } : {}) } })
  const again = () => {
    void book.refetch()
    void rates.refetch()
  }
  return (
    <Page
      title={t('governance.fit-gap')}
      crumb={{ to: `/rollout/site/${site.id}`, text: site.code }}
      beside={<SiteChoice path={PATH} sites={sites} chosen={site} />}
      actions={<Acts site={site} rate={rate} again={again} />}
      body="bare"
    >
      {book.error ? (
        <ProblemNote error={book.error} onRetry={again} />
      ) : book.isPending ? (
        <Skeleton lines={10} />
      ) : book.data.items.length === 0 ? (
        <Empty title={t('governance.no-requirements')}>{t('governance.no-requirements-rest')}</Empty>
      ) : (
        <div className={styles.screen}>
          <div className={styles.sum}>{rate ? <Totals rate={rate} /> : null}</div>
          <Tools filter={filter} onFilter={setFilter} />
          <div className={styles.workbook} data-open={opened !== undefined}>
            <div className={styles.place}>
              <DataGrid
                label={t('governance.fit-gap')}
                columns={kept(without(columns(), emptyIn(book.data.items), true), ['title', 'answer'], narrow)}
                rows={rows}
                keyOf={(one) => one.id}
                onOpen={(one) => go(one.number)}
                count={rows.length}
              />
            </div>
            {opened ? <Requirement key={opened.id} one={opened} close={() => go()} again={again} /> : null}
          </div>
        </div>
      )}
    </Page>
  )
}

/** The screen at /rollout/fit-gap?site=…&at=REQ-… */
export function Screen() {
  useLanguage()
  return (
    <WithSite title={t('governance.fit-gap')}>
      {(site, sites) => <Workbook key={site.id} site={site} sites={sites} />}
    </WithSite>
  )
}
