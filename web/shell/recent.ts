// What the person opened lately, on this device and in this company; the palette and the home screen offer it again.
import { companyCode } from '../client/session.ts'
import { store } from '../client/store.ts'

export type Recent = { document: string; id: string; number: string; title: string | null }

const MOST = 12
const keyOf = () => `tradewright.recent.${companyCode.get() ?? ''}`
const read = (): readonly Recent[] => JSON.parse(localStorage.getItem(keyOf()) ?? '[]')

export const recent = store<readonly Recent[]>([])
companyCode.listen(() => recent.set(read()))

/** Puts a document on top of what was opened lately. */
export function remember(opened: Recent): void {
  const rest = read().filter((one) => one.id !== opened.id)
  const next = [opened, ...rest].slice(0, MOST)
  localStorage.setItem(keyOf(), JSON.stringify(next))
  recent.set(next)
}
