// Composing a role: its permissions ticked or not, and at once every rule that it would break by itself or in whoever holds it.
import { useDeferredValue, useState } from 'react'
import { useGet } from '../../client/questions.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { SelectField, TextField } from '../../parts/field.tsx'
import { ProblemNote, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { useAsked } from '../finance/use-asked.ts'
import { ClashList } from './clash-list.tsx'
import styles from './separation.module.css'
import { permissionWord } from './words.ts'

/** Nothing is changed here: roles come from the template. This says whether a change of it would hold. */
export function Compose() {
  useLanguage()
  const [asked, go] = useAsked()
  const { data, error, isPending, refetch } = useGet('/api/access/role', {})
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={10} />
  const roles = rolesOf(data)
  const chosen = roles.find((one) => one.code === asked.role) ?? roles[0]
  if (!chosen) return null
  const every = [...new Set(roles.flatMap((one) => one.permissions))].sort()
  return (
    <div className={styles.simulator}>
      <div className={styles.form}>
        <SelectField
          label={t('separation.role')}
          value={chosen.code}
          options={roles.map((one) => ({ value: one.code, text: one.name }))}
          onChange={(event) => go({ role: event.target.value })}
        />
      </div>
      <Composed
        key={chosen.code}
        role={chosen}
        every={every}
        names={new Map(roles.map((one) => [one.code, one.name]))}
      />
    </div>
  )
}

type Role = { code: string; name: string; permissions: readonly string[] }

/** The roles as the server lists them; its description says only that they are objects. */
function rolesOf(data: unknown): readonly Role[] {
  const items: unknown = Object(data).items
  return (Array.isArray(items) ? items : []).flatMap((one: unknown) => {
    const { code, name, permissions } = Object(one)
    return typeof code === 'string' && Array.isArray(permissions)
      ? [{ code, name: String(name), permissions: permissions.map(String) }]
      : []
  })
}

function Composed({
  role,
  every,
  names,
}: {
  role: Role
  every: readonly string[]
  names: ReadonlyMap<string, string>
}) {
  useLanguage()
  const [held, setHeld] = useState<ReadonlySet<string>>(() => new Set(role.permissions))
  const [wanted, setWanted] = useState('')
  const permissions = useDeferredValue([...held].sort().join(','))
  const { data, error, refetch } = useGet('/api/rollout/role-clashes', {
    role: role.code,
    permissions: permissions || '-',
  })
  const rest = every.filter((one) => !held.has(one))
  const found = wanted.trim() === '' ? [] : rest.filter((one) => matches(one, wanted)).slice(0, 12)
  const turn = (permission: string) =>
    setHeld(
      (before) =>
        new Set(before.has(permission) ? [...before].filter((one) => one !== permission) : [...before, permission]),
    )
  return (
    <div className={styles.found}>
      {error ? <ProblemNote error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <p className={styles.verdict} role="status">
          <StateBadge
            state={data.items.length === 0 ? 'clean' : 'clash'}
            mood={data.items.length === 0 ? 'good' : 'bad'}
          >
            {t(data.items.length === 0 ? 'separation.no-clash' : 'separation.clashes')}
          </StateBadge>
          <span>
            {data.items.length === 0
              ? t('separation.role-clean', { role: role.name })
              : counted('separation.role-breaks', data.items.length, { role: role.name })}
          </span>
        </p>
      ) : null}
      <ClashList clashes={data?.items ?? []} roles={names} account={null} />
      <TextField
        label={t('separation.add-permission')}
        value={wanted}
        placeholder={t('separation.add-hint')}
        onChange={(event) => setWanted(event.target.value)}
      />
      <Permissions of={found} held={held} turn={turn} />
      <h2 className={styles.heading}>{t('separation.permissions', { n: held.size })}</h2>
      <Permissions of={[...new Set([...role.permissions, ...held])].sort()} held={held} turn={turn} />
    </div>
  )
}

const matches = (permission: string, wanted: string): boolean =>
  `${permission} ${permissionWord(permission)}`.toLowerCase().includes(wanted.trim().toLowerCase())

type PermissionsProps = { of: readonly string[]; held: ReadonlySet<string>; turn: (permission: string) => void }

const Permissions = ({ of, held, turn }: PermissionsProps) => (
  <ul className={styles.permissions}>
    {of.map((one) => (
      <li key={one}>
        <label>
          <input type="checkbox" checked={held.has(one)} onChange={() => turn(one)} /> {permissionWord(one)}
        </label>
      </li>
    ))}
  </ul>
)
