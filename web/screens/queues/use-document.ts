// A document that a pane shows beside what it is about, where there is one and the reader may read it.
import { useQuery } from '@tanstack/react-query'
import { useDescription } from '../../client/descriptions.ts'
import { oneQuery } from '../../client/questions.ts'
import { companyCode } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'

/** As `useOne`, but asks nothing for a document that is not there yet or not for these eyes. */
export function useDocument(name: string, id: string | null) {
  const readable = useDescription(name) !== undefined
  return useQuery({ ...oneQuery(useStore(companyCode), name, id ?? ''), enabled: id !== null && readable })
}
