// One object that has drifted: template and site side by side, who did it and how, and the three answers to it.
import { instant } from '../../i18n/format.ts'
import { choiceWord, counted, t, useLanguage } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { right, Table } from '../../parts/table.tsx'
import { AdoptButton } from './adopt.tsx'
import type { Drift, DriftedObject } from './drifted.ts'
import styles from './rollout.module.css'
import { summaryOf, usePlan } from './use-plan.ts'
import { ObjectFields, SideValue } from './value.tsx'
import { WaiveButton } from './waive.tsx'
import { differenceText, howWord, keyText, type Words } from './words.ts'

type Props = { site: string; object: DriftedObject; words: Words; mayPlan: boolean }

/** What became of the object as a whole stands where a field would. */
const fieldText = (one: Drift, words: Words): string =>
  one.field !== null ? words.field(one.kind, one.field) : t(`rollout.${one.what === 'added' ? 'added' : 'missing'}`)

function Side({ one, side, words }: { one: Drift; side: 'template' | 'live'; words: Words }) {
  const gone = one.field === null && one[side] === null
  if (gone) {
    return <span className="quiet">{t(side === 'template' ? 'rollout.not-in-template' : 'rollout.not-there')}</span>
  }
  if (one.field === null) return <ObjectFields kind={one.kind} fields={one[side]} words={words} />
  const other = side === 'template' ? one.live : one.template
  return <SideValue value={one[side]} other={other} kind={words.fieldKind(one.kind, one.field)} />
}

function Who({ one, words }: { one: Drift; words: Words }) {
  return (
    <>
      {one.who ?? t('rollout.nobody')}
      <small>
        {one.at ? `${instant(one.at)} · ` : ''}
        {howWord(one.how, words)}
      </small>
    </>
  )
}

function Revert({ site, object }: Pick<Props, 'site' | 'object'>) {
  const planned = usePlan(site)
  return (
    <ActButton
      act={{
        ...planned({ revert: [`${object.kind} ${object.key}`] }),
        text: t('rollout.revert'),
        says: (done) => (
          <>
            <p>{t('rollout.revert-says')}</p>
            <p className="quiet">{counted('rollout.steps', summaryOf(done)?.steps ?? 0)}</p>
          </>
        ),
      }}
    />
  )
}

/** The object with its rows. Taking back is for the object as a whole, the other answers are for each value. */
export function DriftObject({ site, object, words, mayPlan }: Props) {
  useLanguage()
  const name = differenceText(object, words)
  return (
    <section className={styles.object} aria-label={name}>
      <header>
        <h3>
          {words.kind(object.kind)} <span className="code">{keyText(object.key)}</span>
        </h3>
        <span className="quiet">{choiceWord(object.rows[0]?.owner ?? '')}</span>
        {object.rows.some((one) => one.conflict) ? (
          <StateBadge state="conflict" mood="bad">
            {t('rollout.conflict')}
          </StateBadge>
        ) : null}
        {mayPlan ? (
          <span className={styles.answer}>
            <Revert site={site} object={object} />
          </span>
        ) : null}
      </header>
      <Table
        className={styles.drift}
        heads={[
          t('rollout.field'),
          t('rollout.in-template'),
          t('rollout.at-site'),
          t('rollout.who'),
          right(t('document.actions')),
        ]}
      >
        {object.rows.map((one) => (
          <tr key={one.field ?? ''}>
            <td>
              {fieldText(one, words)}
              {one.expired ? (
                <StateBadge state="expired" mood="bad">
                  {t('rollout.was-waived', { number: one.expired })}
                </StateBadge>
              ) : null}
            </td>
            <td data-label={t('rollout.in-template')}>
              <Side one={one} side="template" words={words} />
            </td>
            <td data-label={t('rollout.at-site')} className={styles.live}>
              <Side one={one} side="live" words={words} />
            </td>
            <td data-label={t('rollout.who')}>
              <Who one={one} words={words} />
            </td>
            <td className={styles.answers}>
              <AdoptButton site={site} one={one} />
              <WaiveButton site={site} one={one} name={`${name}${one.field ? `, ${fieldText(one, words)}` : ''}`} />
            </td>
          </tr>
        ))}
      </Table>
    </section>
  )
}
