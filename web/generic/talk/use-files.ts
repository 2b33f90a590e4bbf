// The files beside a document, and those on their way there: each under one key, until it is there or put away.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DocumentText } from '../../client/descriptions.ts'
import { type Answer, get, newKey, post } from '../../client/http.ts'
import { Problem } from '../../client/problem.ts'
import { client, type One } from '../../client/questions.ts'
import { companyCode } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import { upload } from '../../client/upload.ts'
import { t } from '../../i18n/index.ts'

export type Kept = Answer<'/api/attachments', 'get'>['items'][number]
export type Sending = { key: string; file: File; share: number; error?: unknown }

/** No company lets a file be larger; one that is needs not even be sent. */
const MOST = 16 * 1_048_576

/** The files of a document, oldest first, the ones taken back among them. */
export function useKept(doc: DocumentText, one: One): readonly Kept[] {
  const company = useStore(companyCode)
  const found = useQuery({
    queryKey: ['history', company, doc.name, one.id, 'files'],
    queryFn: async ({ signal }) =>
      (await get('/api/attachments', { query: { document: doc.name, id: one.id }, signal })).items,
  })
  return found.data ?? []
}

const readAgain = (doc: DocumentText, one: One) =>
  client.invalidateQueries({ queryKey: ['history', companyCode.get(), doc.name, one.id] })

const tooLarge = (file: File) =>
  new Problem({
    type: 'about:blank',
    title: '',
    status: 413,
    detail: t('file.too-large', { name: file.name }),
    code: 'ATTACHMENT_TOO_LARGE',
    retry: 'no',
    instance: '',
  })

/** Files on their way, one after the other as they come. */
export function useSending(doc: DocumentText, one: One) {
  const [sending, setSending] = useState<readonly Sending[]>([])
  const change = (key: string, next: Partial<Sending>) =>
    setSending((all) => all.map((each) => (each.key === key ? { ...each, ...next } : each)))
  const away = (key: string) => setSending((all) => all.filter((each) => each.key !== key))
  const send = async ({ key, file }: Sending) => {
    setSending((all) => all.map((each) => (each.key === key ? { key, file, share: 0 } : each)))
    try {
      if (file.size > MOST) throw tooLarge(file)
      const query = { document: doc.name, id: one.id, name: file.name }
      await upload('/api/attachments', file, { query, key, onProgress: (share) => change(key, { share }) })
      away(key)
    } catch (error) {
      change(key, { error })
    }
    await readAgain(doc, one)
  }
  const add = async (files: readonly File[]) => {
    const more = files.map((file): Sending => ({ key: newKey(), file, share: 0 }))
    setSending((all) => [...all, ...more])
    for (const next of more) await send(next)
  }
  return { sending, add, send, away }
}

/** Takes one's own file back, under the key of this one intent. */
export async function takeBack(doc: DocumentText, one: One, attachment: string, reason: string, key: string) {
  await post('/api/attachments/take-back', { attachment, reason }, { key })
  await readAgain(doc, one)
}
