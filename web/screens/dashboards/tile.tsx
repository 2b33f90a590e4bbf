// A key figure as a tile: its value and how it stands to its target in words and shape, its trend, its definition on asking.
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useGet } from '../../client/questions.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { ProblemNote, Skeleton } from '../../parts/page.tsx'
import { useWarehouse } from '../../shell/place.ts'
import { Spark } from './chart.tsx'
import { type Definition, daysOf, pointsOf, type Role, standingOf, type Time, told, toldShort } from './figures.ts'
import styles from './tile.module.css'
import { formulaOf, nameOf, roleWord } from './words.ts'

/** The tile; the whole of it leads to the figure and its records, the question mark says how it is reckoned. */
export function Tile({ definition, time, role }: { definition: Definition; time: Time; role: Role }) {
  useLanguage()
  const id = useId()
  const warehouse = useWarehouse()
  const days = daysOf(time)
  const narrowed = definition.by_warehouse && warehouse ? { warehouse } : {}
  const { data, error, isPending, refetch } = useGet('/api/insight/kpi', { id: definition.id, ...days, ...narrowed })
  const figure = data?.items[0]
  const name = nameOf(definition)
  const { unit } = definition
  return (
    <article className={styles.tile} data-kpi={definition.id}>
      <header>
        <h2>
          <Link
            to={`/dashboards/figure/${definition.id}`}
            search={{ time, role }}
            className={styles.link}
            {...(figure ? { 'aria-describedby': `${id}-value` } : {})}
          >
            {name}
          </Link>
        </h2>
        <span className={styles.why}>
          <button
            type="button"
            aria-label={t('kpi.how', { name })}
            aria-describedby={id}
            onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
          >
            ?
          </button>
          <span role="tooltip" id={id} className={styles.definition}>
            {formulaOf(definition)}
            <small>{t('kpi.owner', { spec: definition.spec, role: roleWord(definition.owner) })}</small>
          </span>
        </span>
      </header>
      {error ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : isPending || !figure ? (
        <Skeleton lines={3} />
      ) : (
        <>
          <p className={styles.value} id={`${id}-value`}>
            <b>
              {figure.value === null
                ? '–'
                : unit === 'money'
                  ? toldShort(figure.value, unit, figure.currency)
                  : told(figure.value, unit, figure.currency)}
            </b>
            <Standing
              standing={standingOf(figure, definition.better)}
              target={figure.target === null ? null : told(figure.target, unit, figure.currency)}
              better={definition.better}
            />
          </p>
          <Spark
            points={pointsOf(figure.points)}
            unit={unit}
            currency={figure.currency}
            grain={days.grain}
            target={figure.target}
          />
        </>
      )}
    </article>
  )
}

type StandingProps = { standing: ReturnType<typeof standingOf>; target: string | null; better: string }

/** The target, with a mark of its own for at it, near it and away from it. */
export function Standing({ standing, target, better }: StandingProps) {
  if (target === null) return <span className={styles.aim}>{t('kpi.no-target')}</span>
  return (
    <span className={`${styles.aim} ${styles[standing]}`} data-standing={standing}>
      <i aria-hidden="true" />
      {standing === 'none' ? null : <span className="only-heard">{t(`kpi.is-${standing}`)} </span>}
      {t(better === 'up' ? 'kpi.at-least' : 'kpi.at-most', { value: target })}
    </span>
  )
}
