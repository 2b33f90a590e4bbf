// One's own notices: what they are, and marking them as read.
import type { Answer } from './http.ts'
import { post } from './http.ts'
import { client } from './questions.ts'
import { companyCode } from './session.ts'

export type Notices = Answer<'/api/notices', 'get'>
export type Notice = Notices['items'][number]

/** Beyond this nobody counts, and neither does the server. */
export const COUNTED_MOST = 99

/** How many wait, as short as a bell has room for: '99+' for whatever is more. */
export const bellText = (count: number): string => (count > COUNTED_MOST ? `${COUNTED_MOST}+` : String(count))

/** Everything that shows notices reads them again. */
export const readNoticesAgain = (): Promise<void> =>
  client.invalidateQueries({ queryKey: ['ask', companyCode.get(), '/api/notices'] })

/** Marks one as read. It is no harm when that fails: it stays unread and is marked the next time. */
export async function markRead({ id, readAt }: Notice): Promise<void> {
  if (readAt !== null) return
  try {
    await post('/api/notices/read', { notices: [id] })
  } catch {
    return
  }
  await readNoticesAgain()
}

/** Marks all as read that are not newer than `until`: what came meanwhile has not been seen. */
export async function markAllRead(until: string): Promise<void> {
  await post('/api/notices/read-all', { until })
  await readNoticesAgain()
}
