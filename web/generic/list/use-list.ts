// The rows of a list: page after page by key, with the names of what they refer to already there when they are drawn.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { apiPath, type DocumentText } from '../../client/descriptions.ts'
import { read } from '../../client/http.ts'
import { loadNames } from '../../client/names.ts'
import type { One } from '../../client/questions.ts'
import { companyCode } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import { looseRefs } from '../../parts/loose-ref.tsx'
import { type ListState, listParameters } from './state.ts'

type Page = { items: readonly One[]; next?: string; total?: number; totalIsAtLeast?: true }

/** Rows in one request; about two screens. */
const PAGE = '100'

/** The references of rows, so that a list never shows an id first and a name later. */
const refsOf = (doc: DocumentText, columns: readonly string[], rows: readonly One[]) =>
  doc.fields
    .filter((field) => columns.includes(field.name))
    .flatMap((field) =>
      rows.flatMap((row) => {
        const id = row[field.name]
        if (field.kind !== 'ref') return looseRefs(field.name, id)
        return field.of && typeof id === 'string' ? [[field.of, id] as const] : []
      }),
    )

/** The list of a document in a state: its rows so far, how many there are, and how to get more. */
export function useList(doc: DocumentText, state: ListState) {
  const company = useStore(companyCode)
  const parameters = listParameters(state)
  const query = useInfiniteQuery({
    queryKey: ['list', company, doc.name, parameters],
    queryFn: async ({ pageParam, signal }): Promise<Page> => {
      const more = pageParam ? { cursor: pageParam } : { total: 'true' }
      // Every list has this shape; what stands in a row is what the description says.
      const page = (await read(apiPath(doc.name), { query: { ...parameters, ...more, limit: PAGE }, signal })) as Page
      await loadNames(refsOf(doc, state.columns, page.items))
      return page
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
  const pages = query.data?.pages ?? []
  const first = pages[0]
  return {
    query,
    rows: pages.flatMap((page) => page.items),
    total: first?.total,
    totalIsAtLeast: first?.totalIsAtLeast === true,
  }
}
