// The rules that a role would break: what meets what, from which roles, who holds both already, and what covers it.
import type { Answer } from '../../client/http.ts'
import { may } from '../../client/session.ts'
import { day } from '../../i18n/format.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { StateBadge } from '../../parts/state-badge.tsx'
import styles from './separation.module.css'
import { WaiverForm } from './waiver-form.tsx'
import { namesOf, permissionWord, type Side, sidesOf } from './words.ts'

export type Clash = Answer<'/api/rollout/clashes', 'get'>['items'][number]
type Roles = ReadonlyMap<string, string>

function SideOf({ sides, roles }: { sides: readonly Side[]; roles: Roles }) {
  useLanguage()
  return (
    <ul className={styles.side}>
      {sides.map((one) => (
        <li key={`${one.role} ${one.isNew}`} data-new={one.isNew}>
          {one.permissions.map((permission) => (
            <b key={permission}>{permissionWord(permission)}</b>
          ))}
          <span>
            {one.isNew
              ? t('separation.by-new', { role: roles.get(one.role) ?? one.role })
              : t('separation.by-held', { role: roles.get(one.role) ?? one.role })}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Covered({ clash }: { clash: Clash }) {
  useLanguage()
  const { until, control, valid } = Object(clash.waiver)
  if (typeof until !== 'string') return null
  return (
    <p className="quiet">
      {t(valid === true ? 'separation.waived-until' : 'separation.waiver-over', { day: day(until) })}
      {typeof control === 'string' && control !== '' ? ` ${control}` : ''}
    </p>
  )
}

/** `account` is for whom a waiver could be asked; null where nobody is to get the role. */
type ListProps = { clashes: readonly Clash[]; roles: Roles; account: string | null }

/** Every clash as a card; one that is waived says until when, the others how to go on. */
export function ClashList({ clashes, roles, account }: ListProps) {
  useLanguage()
  return (
    <ul className={styles.clashes}>
      {clashes.map((one) => {
        const names = namesOf(one.names)
        return (
          <li key={`${one.separation} ${one.account}`} className={styles.clash} data-waived={one.waived}>
            <header>
              <StateBadge state={one.waived ? 'waived' : 'clash'} mood={one.waived ? 'good' : 'bad'}>
                {one.separation}
              </StateBadge>
              <b>{one.risk}</b>
              {account === null && one.name ? (
                <span className="quiet">{t('separation.in-account', { name: one.name })}</span>
              ) : null}
            </header>
            <div className={styles.sides}>
              <SideOf sides={sidesOf(one.first)} roles={roles} />
              <span className={styles.versus}>{t('separation.together-with')}</span>
              <SideOf sides={sidesOf(one.second)} roles={roles} />
            </div>
            <p className="quiet">
              {t('separation.owner', { role: roles.get(one.owner) ?? one.owner })}{' '}
              {one.others === 0 ? t('separation.nobody-else') : counted('separation.others', one.others)}
              {names.length > 0 ? ` ${names.join(', ')}.` : ''}
            </p>
            <Covered clash={one} />
            {one.waived || account === null || !may('rollout.access-waiver.ask') ? null : (
              <WaiverForm account={account} separation={one.separation} />
            )}
          </li>
        )
      })}
    </ul>
  )
}
