// A gate as it would stand on a day to come: what would turn and by what, what stays; marked as a look ahead, for no run is kept.
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { documentPath } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import type { components } from '../../generated/api.ts'
import { day } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Button, buttonClass } from '../../parts/button.tsx'
import { DayInput } from '../../parts/day-input.tsx'
import { ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { growing, right, Table } from '../../parts/table.tsx'
import { membersOf } from '../rollout/value.tsx'
import { type Criterion, criteriaOf, criterionWord, type GateRow, thresholdText } from './criteria.ts'
import { Criteria, Value, Verdict } from './criteria-table.tsx'
import { EvidenceRecords } from './evidence-records.tsx'
import styles from './governance.module.css'
import type { Site } from './sites.tsx'

type Row = components['schemas']['rollout.gate-on.row']
type DayAheadProps = { path: string; site: string; gate: string; on: string | undefined }

/** Chooses the day; with one, the way back to today stands beside it. */
export function DayAhead({ path, site, gate, on }: DayAheadProps) {
  useLanguage()
  const navigate = useNavigate()
  const [typed, setTyped] = useState(on ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed !== '') void navigate({ to: path, search: { site, gate, on: typed } })
  }
  return (
    <form className={styles.day} onSubmit={submit}>
      <DayInput label={t('governance.look-on')} value={typed} onChange={setTyped} />
      <Button type="submit" disabled={typed === '' || typed === on}>
        {t('governance.look')}
      </Button>
      {on ? (
        <Link to={path} search={{ site, gate }} className={buttonClass}>
          {t('governance.look-back')}
        </Link>
      ) : null}
    </form>
  )
}

type Turning = { readonly row: Row; readonly one: Criterion }

/** A deviation that has run out by then, and the last day on which it holds. */
type Over = { readonly number: string; readonly last: string }

/** The column is JSON, which the API describes as unknown; the server writes numbers and days. */
const overIn = (row: Row): readonly Over[] =>
  (Array.isArray(row.deviations) ? row.deviations : []).map((one) => {
    const { number, expires_on: last } = Object.fromEntries(membersOf(one))
    return { number: String(number), last: String(last) }
  })

/** What the value rests on; a deviation that has run out is said with its last day, and leads to its page. */
function Because({ row, one }: Turning) {
  useLanguage()
  const over = overIn(row)
  const rest = one.records.filter((record) => !over.some(({ number }) => number === record))
  return (
    <div className={styles.evidence}>
      <EvidenceRecords records={rest} />
      {over.map(({ number, last }) => (
        <p key={number}>
          <Link to={documentPath('rollout.deviation', number)} className={styles.link}>
            {t('governance.look-over', { number, day: day(last) })}
          </Link>
        </p>
      ))}
    </div>
  )
}

function Side({ verdict, value, one }: { verdict: string; value: string | null; one: Criterion }) {
  return (
    <>
      <Verdict one={{ ...one, verdict }} /> <Value value={value} unit={one.unit} />
    </>
  )
}

function Turns({ turning }: { turning: readonly Turning[] }) {
  const language = useLanguage()
  if (turning.length === 0) return <p className="quiet">{t('governance.look-turns-none')}</p>
  return (
    <Table
      className={`${styles.criteria} ${styles.stacked}`}
      heads={[
        growing(t('governance.criterion')),
        right(t('governance.look-today')),
        right(t('governance.look-then')),
        t('governance.threshold'),
      ]}
    >
      {turning.map(({ row, one }) => (
        <tr key={one.id} data-criterion={one.id} data-verdict={one.verdict}>
          <td className={styles.wraps}>
            {criterionWord(one, language)}
            <Because row={row} one={one} />
          </td>
          <td className={styles.number} data-label={t('governance.look-today')}>
            <Side verdict={row.verdict_today} value={row.value_today} one={{ ...one, accepted: [] }} />
          </td>
          <td className={styles.number} data-label={t('governance.look-then')}>
            <Side verdict={one.verdict} value={one.value} one={one} />
          </td>
          <td data-label={t('governance.threshold')}>{thresholdText(one)}</td>
        </tr>
      ))}
    </Table>
  )
}

type LookAheadProps = { site: Site; gate: GateRow; on: string }

/** What the gate would say on that day, in a frame of its own. */
export function LookAhead({ site, gate, on }: LookAheadProps) {
  const language = useLanguage()
  const { data, error, isPending, refetch } = useGet('/api/rollout/gate-on', { site: site.code, gate: gate.gate, on })
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={8} />
  const criteria = criteriaOf(data.items)
  const stops = criteria.filter((one) => one.verdict !== 'green' && one.critical)
  const turning = data.items.flatMap((row, at) => (row.turns && criteria[at] ? [{ row, one: criteria[at] }] : []))
  const stays = criteria.filter((_, at) => data.items[at]?.turns !== true)
  const told = { gate: gate.gate, site: site.code, day: day(on) }
  return (
    <div className={styles.ahead} data-look-ahead={stops.length === 0 ? 'passed' : 'refused'} data-on={on}>
      <div className={styles.verdict}>
        <StateBadge state="look-ahead" mood="wait">
          {t('governance.look-mark')}
        </StateBadge>
        <p>
          <b>{t(stops.length === 0 ? 'governance.look-pass' : 'governance.look-refuse', told)}</b>{' '}
          {stops.length > 0
            ? t('governance.red-are', {
                red: stops.map((one) => criterionWord(one, language)).join(', '),
                n: stops.length,
                all: criteria.length,
              })
            : null}
        </p>
        <p className={styles.rest}>{t('governance.look-rest')}</p>
      </div>
      <Section title={t('governance.look-turns')}>
        <Turns turning={turning} />
      </Section>
      {stays.length > 0 ? (
        <Section title={t('governance.look-stays')}>
          <Criteria criteria={stays} />
        </Section>
      ) : null}
    </div>
  )
}
