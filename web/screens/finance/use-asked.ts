// What stands in the address of a screen, and changing it without leaving the screen.
import { useNavigate, useRouterState, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

export type Asked = Readonly<Record<string, string | undefined>>

/** The search values and a function that changes some of them; an empty text takes one away. */
export function useAsked(): [Asked, (next: Asked) => void] {
  const search = useSearch({ strict: false }) as Asked
  const path = useRouterState({ select: (state) => state.location.pathname })
  const navigate = useNavigate()
  const text = JSON.stringify(search)
  const go = useCallback(
    (next: Asked) => {
      const all: Asked = { ...JSON.parse(text), ...next }
      const kept = Object.fromEntries(Object.entries(all).filter((one): one is [string, string] => Boolean(one[1])))
      void navigate({ to: path, search: kept, replace: true })
    },
    [navigate, path, text],
  )
  return [search, go]
}
