// A verb as a screen uses it: try it without changing anything, then do it once, however often it has to be asked.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useDeferredValue, useRef, useState } from 'react'
import { apiPath } from '../../client/descriptions.ts'
import { newKey, send } from '../../client/http.ts'
import { forgetName } from '../../client/names.ts'
import { asProblem, Problem, type ProblemDetails } from '../../client/problem.ts'
import { touched } from '../../client/questions.ts'
import { companyCode } from '../../client/session.ts'

export type Subject = { id: string; number: string; state: string; version?: number }

/** What a verb says: the documents, their numbers when they are new, where they ended up, and its own words. */
export type VerbAnswer = {
  ids: readonly string[]
  numbers?: readonly string[]
  states?: Readonly<Record<string, string>>
  result?: unknown
  dryRun?: true
  replayed?: true
}

/** What became of one document when each is done for itself. */
export type Each = { id?: string; at?: number; ok: boolean; answer?: VerbAnswer; refusal?: Problem }

export type Request = {
  document: string
  verb: string
  /** Existing documents, or none for a verb that creates. */
  subjects: readonly Subject[]
  /** What the verb takes beside the ids; for a verb that creates, the documents under `documents`. */
  input: Readonly<Record<string, unknown>>
  reason?: string
  /** Each document for itself, so that one refusal does not stop the others. */
  each?: boolean
}

function bodyOf({ subjects, input, reason, each }: Request): Record<string, unknown> {
  const versions = Object.fromEntries(
    subjects.flatMap((one) => (one.version === undefined ? [] : [[one.id, one.version]])),
  )
  return {
    ...input,
    ...(subjects.length > 0 ? { ids: subjects.map((one) => one.id), versions } : {}),
    ...(reason ? { reason } : {}),
    ...(each ? { each: true } : {}),
  }
}

type Answered = VerbAnswer | { results: readonly (Omit<Each, 'refusal'> & { refusal?: ProblemDetails })[] }

/** Whatever was answered as a list: one entry for all when they were done together. */
function eachOf(answer: Answered): readonly Each[] {
  if (!('results' in answer)) return [{ ok: true, answer }]
  return answer.results.map(({ refusal, ...rest }) => ({
    ...rest,
    ...(refusal ? { refusal: new Problem(refusal) } : {}),
  }))
}

/** Asks what a verb would do. Throws the Problem that would refuse it. */
export async function preview(request: Request, signal?: AbortSignal): Promise<readonly Each[]> {
  const path = `${apiPath(request.document)}/${request.verb}`
  // The server answers every verb in one of these two shapes.
  return eachOf((await send(path, bodyOf(request), { dryRun: true, ...(signal ? { signal } : {}) })) as Answered)
}

/** What a request would do, asked again as one types; nothing is asked before `ready`, when what is needed is there. */
export function usePreview(request: Request, ready: boolean) {
  const asked = useDeferredValue(JSON.stringify(request))
  return useQuery({
    queryKey: ['preview', companyCode.get(), asked],
    queryFn: ({ signal }) => preview(JSON.parse(asked), signal),
    enabled: ready,
    retry: false,
    staleTime: 5_000,
    gcTime: 10_000,
    placeholderData: keepPreviousData,
  })
}

/** Does it, under a key. Everything that shows these documents is read again. */
export async function perform(request: Request, key: string): Promise<readonly Each[]> {
  const path = `${apiPath(request.document)}/${request.verb}`
  const done = eachOf((await send(path, bodyOf(request), { key })) as Answered)
  const ids = request.subjects.map((one) => one.id)
  for (const id of ids) forgetName(request.document, id)
  touched(request.document, [...ids, ...done.flatMap((one) => one.answer?.ids ?? [])])
  return done
}

export type Doing = { state: 'idle' | 'busy' | 'done' } | { state: 'failed'; problem: Problem }

/** Doing a verb from a component: the key is kept for every further try of the same request, and only for it. */
export function usePerform() {
  const [doing, setDoing] = useState<Doing>({ state: 'idle' })
  const intent = useRef({ text: '', key: '' })
  const run = useCallback(async (request: Request): Promise<readonly Each[] | undefined> => {
    const text = JSON.stringify(request)
    if (intent.current.text !== text) intent.current = { text, key: newKey() }
    setDoing({ state: 'busy' })
    try {
      const done = await perform(request, intent.current.key)
      intent.current = { text: '', key: '' }
      setDoing({ state: 'done' })
      return done
    } catch (error) {
      setDoing({ state: 'failed', problem: asProblem(error) })
      return undefined
    }
  }, [])
  return { doing, run }
}
