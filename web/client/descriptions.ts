// What the documents are: fetched once per company and kept, because every generic screen is drawn from it.
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { knowLabels } from '../i18n/refusal.ts'
import { read } from './http.ts'
import { nameOnly } from './names.ts'
import { companyCode } from './session.ts'
import { useStore } from './store.ts'

export type FieldKind =
  | 'text'
  | 'code'
  | 'integer'
  | 'quantity'
  | 'money'
  | 'price'
  | 'percent'
  | 'date'
  | 'instant'
  | 'boolean'
  | 'choice'
  | 'ref'
  | 'json'
export type Operator = 'eq' | 'in' | 'from' | 'to' | 'prefix'

export type FieldText = {
  name: string
  kind: FieldKind
  label?: string
  of?: string
  choices?: readonly string[]
  optional?: true
  /** A percentage that travels as a fraction: 0.19 is 19 percent. */
  fraction?: true
}
export type HeadField = FieldText & { operators: readonly Operator[]; sortable: boolean }

/** A JSON Schema as verbs describe their input; only the members that forms read. */
export type InputSchema = {
  type?: string
  properties?: Readonly<Record<string, InputSchema>>
  required?: readonly string[]
  items?: InputSchema
  anyOf?: readonly InputSchema[]
  const?: unknown
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  description?: string
  'x-entity'?: string
}

export type VerbText = {
  verb: string
  may: string
  label?: string
  creates: boolean
  from: readonly string[]
  to: readonly string[]
  reason: boolean
  approval: string | null
  input: InputSchema
}

export type DocumentText = {
  name: string
  label: string
  role: 'transaction' | 'master' | 'configuration'
  shared: boolean
  /** The field that holds the number or code, and the one that holds the name. */
  numbered: string
  title: string | null
  states: readonly string[]
  editableIn: readonly string[]
  fields: readonly HeadField[]
  lines: readonly FieldText[] | null
  list: { columns: readonly string[]; searchable: boolean; sort: string }
  verbs: readonly VerbText[]
}

export type QuestionText = { name: string; title: string; parameters: InputSchema }
export type Descriptions = {
  documents: readonly DocumentText[]
  questions: readonly QuestionText[]
  byName: ReadonlyMap<string, DocumentText>
}

const fetchDescriptions = async (): Promise<Descriptions> => {
  // The server makes this answer from the same descriptions as its routes; a journey test holds the two together.
  const { documents, questions } = (await read('/api/descriptions')) as Omit<Descriptions, 'byName'>
  nameOnly(documents.map((one) => one.name))
  knowLabels(documents)
  return { documents, questions, byName: new Map(documents.map((one) => [one.name, one])) }
}

export const descriptionsQuery = (company: string | null) =>
  queryOptions({
    queryKey: ['descriptions', company],
    queryFn: fetchDescriptions,
    staleTime: Infinity,
    gcTime: Infinity,
  })

/** All descriptions; suspends while they are on their way, which happens once. */
export function useDescriptions(): Descriptions {
  return useSuspenseQuery(descriptionsQuery(useStore(companyCode))).data
}

/** One description, or undefined when there is none that the person may read. */
export const useDescription = (name: string): DocumentText | undefined => useDescriptions().byName.get(name)

/** The address of a document in the API: 'sales.order' is at /api/sales/order. */
export const apiPath = (name: string): string => `/api/${name.replaceAll('.', '/')}`

/** The address of a document's list in the app, and of one of them. */
export const listPath = (name: string): string => `/${name.replace('.', '/')}`
export const documentPath = (name: string, id: string): string => `${listPath(name)}/${encodeURIComponent(id)}`
export const importPath = (name: string): string => `${listPath(name)}/import`
export const newPath = (name: string): string => `${listPath(name)}/new`
