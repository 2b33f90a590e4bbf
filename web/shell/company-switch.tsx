// For which company and in which warehouse one works. Only those that the person's grants reach are offered.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { get } from '../client/http.ts'
import { chooseCompany, companyCode, currentCompany, may, session } from '../client/session.ts'
import { useStore } from '../client/store.ts'
import { t } from '../i18n/index.ts'
import { Icon } from '../parts/icon.tsx'
import { Menu, type MenuItem } from '../parts/pop.tsx'
import styles from './frame.module.css'
import { chooseWarehouse, useWarehouse } from './place.ts'

/** The warehouses of the company that the person may see. */
export function useWarehouses() {
  const company = useStore(companyCode)
  return useQuery({
    queryKey: ['list', company, 'company.warehouse', 'all'],
    queryFn: () => get('/api/company/warehouse', { query: { limit: 200 } }),
    enabled: may('company.warehouse.read'),
    staleTime: 5 * 60_000,
  })
}

/** The companies and warehouses that somebody may choose from. */
function usePlaces(): readonly MenuItem[] {
  const navigate = useNavigate()
  const company = currentCompany()
  const chosen = useWarehouse()
  const warehouses = useWarehouses().data?.items ?? []
  const companies = session.get()?.companies ?? []
  const change = (code: string) => {
    if (code === company.code) return
    chooseCompany(code)
    // Where one was belongs to the other company, so one starts afresh.
    void navigate({ to: '/', search: companies.length > 1 ? { company: code } : {} })
  }
  return [
    ...companies.map((one, at) => ({
      key: one.code,
      text: `${one.code} · ${one.name}`,
      chosen: one.code === company.code,
      ...(at === 0 ? { heading: t('shell.company') } : {}),
      onChoose: () => change(one.code),
    })),
    ...(warehouses.length === 0
      ? []
      : [
          {
            key: 'all',
            text: t('shell.all-warehouses'),
            heading: t('shell.warehouse'),
            chosen: chosen === null,
            onChoose: () => chooseWarehouse(null),
          },
        ]),
    ...warehouses.map((one) => ({
      key: one.id,
      text: `${one.code} · ${one.name}`,
      chosen: chosen === one.id,
      onChoose: () => chooseWarehouse(one.id),
    })),
  ]
}

/** The button that says where one works, and its menu. */
export function CompanySwitch() {
  const items = usePlaces()
  const chosen = useWarehouse()
  const warehouse = useWarehouses().data?.items.find((one) => one.id === chosen)
  const company = useStore(companyCode) ? currentCompany() : undefined
  return (
    <Menu
      items={items}
      target={
        <button
          type="button"
          className={styles.company}
          aria-label={`${company?.name} ${warehouse?.name ?? t('shell.all-warehouses')}, ${t('shell.company')}`}
        >
          <Icon name="warehouse" />
          <span>
            <b>{company?.name}</b> <small>{warehouse?.name ?? t('shell.all-warehouses')}</small>
          </span>
          <Icon name="down" size={12} />
        </button>
      }
    />
  )
}
