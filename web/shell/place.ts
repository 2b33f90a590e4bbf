// Where one works: the warehouse that was chosen for a company, null for all that one may see.
import { currentCompany } from '../client/session.ts'
import { store, useStore } from '../client/store.ts'

const STORED = 'tradewright.warehouse.'
const chosen = store<Readonly<Record<string, string | null>>>({})

const ofCompany = (code: string): string | null => chosen.get()[code] ?? localStorage.getItem(STORED + code)

/** The id of the chosen warehouse, or null. */
export function useWarehouse(): string | null {
  const all = useStore(chosen)
  const { code } = currentCompany()
  return code in all ? (all[code] ?? null) : ofCompany(code)
}

/** Works in a warehouse from now on; null for all. */
export function chooseWarehouse(id: string | null): void {
  const { code } = currentCompany()
  if (id === null) localStorage.removeItem(STORED + code)
  else localStorage.setItem(STORED + code, id)
  chosen.set({ ...chosen.get(), [code]: id })
}
