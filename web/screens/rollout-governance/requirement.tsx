// One requirement beside the workbook: what is needed, how it is met and on which evidence, what an earlier site answered, and its verbs.
import { Link } from '@tanstack/react-router'
import { documentPath } from '../../client/descriptions.ts'
import type { components } from '../../generated/api.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { quantity } from '../../i18n/format.ts'
import { choiceWord, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { type Mood, StateBadge } from '../../parts/state-badge.tsx'
import styles from './governance.module.css'

type Row = components['schemas']['rollout.workbook.row']

// What the standard meets is as it should be; what is built is rare and wants to be seen.
const MOODS: Readonly<Record<string, Mood>> = {
  ...{ adopt: 'good', configure: 'good', 'process-change': 'good', defer: 'over' },
  ...{ extend: 'info', integrate: 'info', customise: 'bad' },
}

/** By which road a requirement is met, or that nobody has said yet. */
export function Answer({ one }: { one: Row }) {
  useLanguage()
  if (one.answer === null)
    return (
      <StateBadge state="open" mood="wait">
        {t('governance.unanswered')}
      </StateBadge>
    )
  return (
    <StateBadge state={one.answer} mood={MOODS[one.answer] ?? 'idle'}>
      {choiceWord(one.answer)}
    </StateBadge>
  )
}

type Pair = readonly [string, string | null]

export function Requirement({ one, close, again }: { one: Row; close: () => void; again: () => void }) {
  useLanguage()
  const subjects = [{ id: one.id, number: one.number, state: one.state, version: one.version }]
  const pairs: readonly Pair[] = [
    [t('governance.detail'), one.detail],
    [t('governance.capability'), one.capability],
    [t('governance.evidence'), one.evidence],
    [t('governance.cause'), one.cause ? choiceWord(one.cause) : null],
    [t('governance.scenario'), one.scenario],
    [t('governance.worth'), one.business_value === null ? null : `${one.business_value} / 5`],
    [t('governance.effort'), one.effort === null ? null : quantity(one.effort)],
    [t('governance.control-impact'), one.control_impact ? choiceWord(one.control_impact) : null],
    [t('governance.repeatability'), one.repeatability === null ? null : `${one.repeatability} / 5`],
    [t('governance.decision'), one.decision],
    [t('governance.deviation'), one.deviation],
    [t('governance.decided-by'), one.decided_by],
    [t('governance.taken-over'), one.taken_over],
    [t('governance.in-scope'), t(one.in_baseline ? 'common.yes' : 'common.no')],
  ]
  return (
    <aside className={styles.detail} aria-label={one.number}>
      <header>
        <h2>{one.title}</h2>
        <Button tone="quiet" icon="close" aria-label={t('governance.close')} onClick={close} />
      </header>
      <p>
        <Answer one={one} />{' '}
        <Link to={documentPath('rollout.requirement', one.id)} className="code">
          {one.number}
        </Link>
      </p>
      <dl className={styles.pairs}>
        {pairs.flatMap(([name, value]) =>
          value ? [<dt key={`${name} name`}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>] : [],
        )}
      </dl>
      {one.precedent && one.state === 'open' ? (
        <p className="quiet">
          {t('governance.precedent-says', { site: one.precedent_site ?? '', answer: choiceWord(one.precedent) })}
        </p>
      ) : null}
      {one.locked ? <p className="quiet">{t('governance.locked')}</p> : null}
      <div className={styles.verbs}>
        {one.precedent && one.state === 'open' && !one.locked ? (
          <VerbButton document="rollout.requirement" verb="reuse" subjects={subjects} tone="primary" onDone={again} />
        ) : null}
        <VerbButton
          document="rollout.requirement"
          verb="classify"
          subjects={subjects}
          values={{
            ...(one.answer ? { answer: one.answer } : {}),
            ...(one.capability ? { capability: one.capability } : {}),
            ...(one.evidence ? { evidence: one.evidence } : {}),
          }}
          onDone={again}
        />
        <VerbButton document="rollout.requirement" verb="drop" subjects={subjects} onDone={again} />
      </div>
    </aside>
  )
}
