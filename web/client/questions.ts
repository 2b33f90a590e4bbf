// Reading for screens: a document, a question, any typed address, each cached and refreshed by what happens on the server.
import { QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { apiPath } from './descriptions.ts'
import { type Answer, get, type PathOf, type Query, read } from './http.ts'
import { Problem } from './problem.ts'
import { companyCode } from './session.ts'
import { useStore } from './store.ts'

export type Row = Readonly<Record<string, unknown>>
export type One = Row & { id: string; number: string; state: string; version: number; lines?: readonly Row[] }
export type HistoryLine = {
  at: string
  by: { id: string; name: string | null }
  verb: string
  from: string | null
  to: string
  channel: string
  reason?: string
  changes?: unknown
  input?: unknown
}

/** Refusals are answers, so only what may pass by itself is tried again. */
const mayPass = (error: unknown) => error instanceof Problem && error.retry === 'yes'

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      gcTime: 10 * 60_000,
      retry: (times, error) => times < 2 && mayPass(error),
      refetchOnWindowFocus: true,
    },
  },
})

/** One document with its lines, by id or number. */
export const oneQuery = (company: string | null, name: string, id: string) =>
  queryOptions({
    queryKey: ['one', company, name, id],
    // Every GET of a document has these members; the rest is what its description says.
    queryFn: async ({ signal }) => (await read(`${apiPath(name)}/{id}`, { params: { id }, signal })) as One,
  })

export const useOne = (name: string, id: string) => useQuery(oneQuery(useStore(companyCode), name, id))

/** Who did what to a document, oldest first. */
export const useHistory = (name: string, id: string) => {
  const company = useStore(companyCode)
  return useQuery({
    queryKey: ['history', company, name, id],
    queryFn: async ({ signal }) =>
      ((await read(`${apiPath(name)}/{id}/history`, { params: { id }, signal })) as { items: readonly HistoryLine[] })
        .items,
  })
}

type Options = { enabled?: boolean; refetchInterval?: number }

/** Any typed address: `useGet('/api/sales/backlog', { warehouse })`. Refreshed when something happens in the company. */
export function useGet<P extends PathOf<'get'>>(path: P, query: Query<P, 'get'>, options: Options = {}) {
  const company = useStore(companyCode)
  return useQuery<Answer<P, 'get'>>({
    queryKey: ['ask', company, path, query],
    queryFn: ({ signal }) => get(path, { query, signal }),
    ...options,
  })
}

/** Reads documents again, under whatever key they were asked for: an address may hold the number instead of the id. */
export function readOnesAgain(document: string, ids: readonly string[]): void {
  const wanted = new Set(ids)
  void client.invalidateQueries({
    queryKey: ['one', companyCode.get(), document],
    predicate: ({ queryKey, state }) => {
      // What is kept under this key is what `oneQuery` read.
      const one = state.data as One | undefined
      return wanted.has(String(queryKey[3])) || (one !== undefined && wanted.has(one.id))
    },
  })
}

/** Something was done to a document: whatever shows it is read again. Questions are all taken to depend on it. */
export function touched(document: string, ids: readonly string[]): void {
  const company = companyCode.get()
  void client.invalidateQueries({ queryKey: ['list', company, document] })
  readOnesAgain(document, ids)
  for (const id of ids) {
    void client.invalidateQueries({ queryKey: ['history', company, document, id] })
  }
  void client.invalidateQueries({ queryKey: ['ask', company] })
}
