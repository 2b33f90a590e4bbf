// What a plan does, readable: new, changed, ending, put off, each with values, reason and owner; and what it leaves alone.
import { choiceWord, t, useLanguage } from '../../i18n/index.ts'
import { Section } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Table } from '../../parts/table.tsx'
import { CHANGES, type Item, itemsOf, type Kept, keptOf, type Left, leftOf, type Review } from './plan-parts.ts'
import styles from './rollout.module.css'
import { Change, ConfigValue, ObjectFields } from './value.tsx'
import { keyText, reasonWord, useWords, type Words } from './words.ts'

const LOCAL = 'the template lets a site choose'

function Name({ one, words }: { one: { kind: string; key: string }; words: Words }) {
  return (
    <>
      {words.kind(one.kind)} <span className={`code ${styles.key}`}>{keyText(one.key)}</span>
    </>
  )
}

/** The values of a step: old → new of each field, or all that an object says that comes or goes. */
function Values({ item, words }: { item: Item; words: Words }) {
  if (item.fields.length > 0) {
    return (
      <dl className={styles.values}>
        {item.fields.map((one) => (
          <div key={one.field}>
            <dt>{words.field(item.kind, one.field)}</dt>
            <dd>
              <Change from={one.from} to={one.to} kind={words.fieldKind(item.kind, one.field)} />
            </dd>
          </div>
        ))}
      </dl>
    )
  }
  return <ObjectFields kind={item.kind} fields={item.object.fields} words={words} />
}

function Steps({ change, items, words }: { change: Item['change']; items: readonly Item[]; words: Words }) {
  const title = `${t(`rollout.${change}`)} · ${items.length}`
  return (
    <Section title={title} beside={<span className={styles.aside}>{t(`rollout.${change}-why`)}</span>}>
      <Table
        className={styles.steps}
        heads={[t('rollout.object'), t('rollout.value'), t('rollout.why'), t('rollout.owner')]}
      >
        {items.map((item) => (
          <tr key={`${item.kind} ${item.key}`}>
            <td>
              <Name one={item} words={words} />
            </td>
            <td>
              <Values item={item} words={words} />
            </td>
            <td className={styles.reason}>{reasonWord(item.reason)}</td>
            <td>{choiceWord(item.owner)}</td>
          </tr>
        ))}
      </Table>
    </Section>
  )
}

function KeptTable({ rows, words }: { rows: readonly Kept[]; words: Words }) {
  return (
    <Section
      title={`${t('rollout.kept')} · ${rows.length}`}
      beside={<span className={styles.aside}>{t('rollout.kept-why')}</span>}
    >
      <Table
        className={`${styles.steps} ${styles.kept}`}
        heads={[t('rollout.object'), t('rollout.field'), t('rollout.at-site'), t('rollout.by')]}
      >
        {rows.map((one) => (
          <tr key={`${one.kind} ${one.key} ${one.field}`}>
            <td>
              <Name one={one} words={words} />
            </td>
            <td>{one.field === null ? t('rollout.whole') : words.field(one.kind, one.field)}</td>
            <td>
              <ConfigValue value={one.value} />
            </td>
            <td>{one.by === LOCAL ? t('rollout.local') : <span className="code">{one.by}</span>}</td>
          </tr>
        ))}
      </Table>
    </Section>
  )
}

function LeftTable({ rows, words }: { rows: readonly Left[]; words: Words }) {
  return (
    <Section
      title={`${t('rollout.left')} · ${rows.length}`}
      beside={<span className={styles.aside}>{t('rollout.left-why')}</span>}
    >
      <Table
        className={`${styles.steps} ${styles.left}`}
        heads={[t('rollout.object'), t('rollout.field'), t('rollout.in-template'), t('rollout.at-site'), '']}
      >
        {rows.map((one) => (
          <tr key={`${one.kind} ${one.key} ${one.field}`}>
            <td>
              <Name one={one} words={words} />
            </td>
            <td>{one.field === null ? t('rollout.whole') : words.field(one.kind, one.field)}</td>
            <td>
              {one.template === null ? (
                <span className="quiet">{t('rollout.not-in-template')}</span>
              ) : (
                <ConfigValue value={one.template} />
              )}
            </td>
            <td>
              {one.live === null ? (
                <span className="quiet">{t('rollout.not-there')}</span>
              ) : (
                <ConfigValue value={one.live} />
              )}
            </td>
            <td>
              {one.conflict ? (
                <StateBadge state="conflict" mood="bad">
                  {t('rollout.conflict')}
                </StateBadge>
              ) : null}
            </td>
          </tr>
        ))}
      </Table>
    </Section>
  )
}

/** All parts of a plan that have something in them. */
export function PlanDiff({ plan }: { plan: Review }) {
  useLanguage()
  const words = useWords()
  const [items, left, kept] = [itemsOf(plan), leftOf(plan), keptOf(plan)]
  return (
    <>
      {items.length === 0 ? (
        <div className={styles.nothing}>
          <b>{t(left.length === 0 ? 'rollout.empty-plan' : 'rollout.no-steps')}</b>
          <p className="quiet">{t('rollout.empty-plan-rest')}</p>
        </div>
      ) : null}
      {CHANGES.map((change) => {
        const own = items.filter((one) => one.change === change)
        return own.length > 0 ? <Steps key={change} change={change} items={own} words={words} /> : null
      })}
      {left.length > 0 ? <LeftTable rows={left} words={words} /> : null}
      {kept.length > 0 ? <KeptTable rows={kept} words={words} /> : null}
    </>
  )
}
